using System.CommandLine;
using ContributionEngine.Core;

namespace ContributionEngine.Host;

/// <summary>What is the same for commands that write a document to a file.</summary>
internal static class Papers
{
    public static readonly Option<string> Out = Make.Needed("--out", "Write to this file");

    public static readonly Option<string?> Language = Make.Maybe("--language", "es | fr | en | pt, also with a country such as pt-BR (default en)");

    public static Option<string> Format(string description, IEnumerable<string> formats)
    {
        var format = Make.Needed("--format", description);
        format.AcceptOnlyFromAmong([.. formats]);
        return format;
    }

    /// <summary>Writes the file and says so.</summary>
    public static Reply Write(Run run, Action<Stream> write, object answer)
    {
        using (var file = File.Create(run.Line.GetRequiredValue(Out))) write(file);
        return new Reply(answer);
    }
}
