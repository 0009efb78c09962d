using System.CommandLine;
using ContributionEngine.Core;

namespace ContributionEngine.Host;

/// <summary>Small words for building commands.</summary>
internal static class Make
{
    public static Argument<string> Arg(string name, string description) => new(name) { Description = description };

    public static Option<string> Needed(string name, string description) => new(name) { Description = description, Required = true };

    public static Option<string?> Maybe(string name, string description) => new(name) { Description = description };

    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    public static Command Noun(string name, string description, params Command[] verbs)
    {
        var noun = new Command(name, description);
        foreach (var verb in verbs) noun.Add(verb);
        return noun;
    }

    /// <summary>The refusal of the first file that is not there; null where all are. Refusals: <c>file_missing</c>.</summary>
    public static Refusal? Missing(params IEnumerable<string> paths) => paths.FirstOrDefault(path => !File.Exists(path)) is { } path
        ? Refusal.Usage("file_missing", $"There is no file {path}.") with { Help = "Check the name and the folder." }
        : null;

    /// <summary>The whole text of a named file; the name is checked by the caller's way of handling missing files.</summary>
    public static Task<string> Text(string path, CancellationToken stop) => File.ReadAllTextAsync(path, stop);
}
