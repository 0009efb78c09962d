using System.Text.RegularExpressions;

namespace ContributionEngine.House.Tests;

/// <summary>A call of the program that stands in a deploy file or a document.</summary>
/// <param name="Where">File, and line where there is one.</param>
/// <param name="Words">What follows the program's name.</param>
internal sealed partial record CommandLine(string Where, IReadOnlyList<string> Words)
{
    private const string Program = "contribution-engine";

    private static readonly string[] Callers = [Program, $"/app/{Program}", $"/opt/{Program}/{Program}"];

    /// <summary>Every call in deploy files and documents.</summary>
    public static IEnumerable<CommandLine> All() => OfCompose().Concat(OfKubernetes()).Concat(OfUnits()).Concat(House.FilesIn("docs", "*.md").Except(Generated).Append("README.md").SelectMany(OfDocument));

    // Another test holds it against the program; decisions speak of how things were.
    private static IEnumerable<string> Generated => House.FilesIn("docs/decisions", "*.md").Append("docs/cli.md");

    public static IEnumerable<CommandLine> OfCompose() =>
        from role in Yaml.Read("deploy/compose.yaml")[0].At("services").Entries()
        where role.Value.Text("image").StartsWith(Program, StringComparison.Ordinal)
        select new CommandLine($"deploy/compose.yaml {role.Key}", role.Value.At("command").Texts());

    public static IEnumerable<CommandLine> OfKubernetes() =>
        from path in House.FilesIn("deploy/k8s", "*.yaml")
        from document in Yaml.Read(path)
        from pair in document.Pairs()
        where pair.Key == "args"
        select new CommandLine(path, pair.Value.Texts());

    public static IEnumerable<CommandLine> OfUnits() =>
        from path in House.FilesIn("deploy/systemd", "*.service")
        from line in House.Text(path).Split('\n')
        where line.StartsWith("ExecStart=", StringComparison.Ordinal)
        from call in In(path, line["ExecStart=".Length..])
        select call;

    /// <summary>Calls in code blocks and in code marks.</summary>
    public static IEnumerable<CommandLine> OfDocument(string path)
    {
        var inside = false;
        foreach (var (line, i) in House.Text(path).Split('\n').Select((line, i) => (line, i + 1)))
        {
            var fence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            if (fence) inside = !inside;
            var pieces = fence ? [] : inside ? [line] : Marked().Matches(line).Select(match => match.Groups[1].Value);
            foreach (var call in pieces.SelectMany(piece => In($"{path}:{i}", piece))) yield return call;
        }
    }

    // A line may hold several calls, with pipes and comments between them. Of "docker compose run" and "kubectl exec" the end is ours.
    private static IEnumerable<CommandLine> In(string where, string line)
    {
        foreach (var piece in Between().Split(Comment().Replace(line, "")))
        {
            var words = Word().Matches(Inside().Replace(piece, $"{Program} ")).Select(match => match.Value.Trim('"', '\'')).ToList();
            if (words.Count > 1 && Callers.Contains(words[0]) && words[1] != "...") yield return new CommandLine(where, words[1..]);
        }
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Marked();

    [GeneratedRegex(@"\s#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s*(?:\||&&|;|>)\s*")]
    private static partial Regex Between();

    [GeneratedRegex(@"^\s*(?:docker compose run --rm cli|kubectl exec .* -- /app/contribution-engine)\s+")]
    private static partial Regex Inside();

    [GeneratedRegex("""
        "[^"]*"|'[^']*'|\S+
        """)]
    private static partial Regex Word();
}
