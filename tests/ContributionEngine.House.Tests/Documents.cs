using System.Globalization;
using System.Text.RegularExpressions;

namespace ContributionEngine.House.Tests;

/// <summary>What is written down leads somewhere, and only inside the repository.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class Documents
{
    private static readonly string[] Fixed = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"];
    private static readonly string[] Binary = [".png", ".jpg", ".gif", ".ico", ".pdf", ".xlsx", ".zip", ".gz", ".db"];

    private static IEnumerable<string> All => Fixed.Where(House.Has).Concat(House.FilesIn("docs", "*.md"));

    [Test]
    public void Every_relative_link_leads_to_a_file_and_its_anchor() => Rule.Holds(
        from path in All
        from link in Markdown.Read(path).Links()
        where !Address().IsMatch(link.Target)
        let fault = Fault(path, link.Target)
        where fault is not null
        select new Offence($"{path}:{link.Line}", path, fault));

    [Test]
    public void No_file_names_a_place_on_a_machine() => Rule.Holds(Mentions(Machine(), "a path of one machine"));

    [Test]
    public void No_file_names_the_host_of_a_package_registry() => Rule.Holds(Mentions(Registry(), "the host of a package registry"));

    [Test]
    public void Decisions_are_numbered_without_gaps()
    {
        var names = House.FilesIn("docs/decisions", "*.md").Select(path => Path.GetFileName(path)).Where(name => name != "README.md").ToList();
        Rule.Holds(names.Select((name, i) => (Name: name, Number: (i + 1).ToString("D4", CultureInfo.InvariantCulture)))
            .Where(record => !record.Name.StartsWith(record.Number + "-", StringComparison.Ordinal))
            .Select(record => new Offence($"docs/decisions/{record.Name}", record.Name, $"number {record.Number} comes next")));
    }

    private static IEnumerable<Offence> Mentions(Regex pattern, string what) =>
        from path in House.Tracked
        where !Binary.Contains(Path.GetExtension(path)) && !path.EndsWith("packages.lock.json", StringComparison.Ordinal)
        let lines = House.Text(path).Split('\n')
        from i in Enumerable.Range(0, lines.Length)
        where pattern.IsMatch(lines[i])
        select new Offence($"{path}:{i + 1}", path, $"{pattern.Match(lines[i]).Value} is {what}");

    private static string? Fault(string from, string target)
    {
        var (file, anchor) = target.Split('#') is [var name, var mark] ? (name, mark) : (target, "");
        var path = file == "" ? from : Path.GetRelativePath(House.Root, Path.GetFullPath(Path.Combine(House.Root, Path.GetDirectoryName(from)!, Uri.UnescapeDataString(file)))).Replace('\\', '/');
        if (path.StartsWith("..", StringComparison.Ordinal)) return $"{target} leads out of the repository";
        if (!House.Has(path)) return $"{target} is not there";
        if (anchor == "") return null;
        if (path.EndsWith(".md", StringComparison.Ordinal)) return Markdown.Read(path).Anchors().Contains(anchor) ? null : $"{target}: no heading has this anchor";
        return LineAnchor().Match(anchor) is { Success: true } line && Last(line) <= House.Text(path).Split('\n').Length ? null : $"{target}: there is no such line";
    }

    private static int Last(Match line) => int.Parse(line.Groups[2].Success ? line.Groups[2].Value : line.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("^([a-z][a-z0-9+.-]*:|//)", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"^L(\d+)(?:-L(\d+))?$")]
    private static partial Regex LineAnchor();

    [GeneratedRegex(@"(?<![\w.$}~/-])/(?:work|root|home|tmp)/\w[\w./-]*")]
    private static partial Regex Machine();

    [GeneratedRegex(@"\b(?:[\w-]+\.)*(?:nuget\.org|npmjs\.(?:org|com)|pypi\.org|crates\.io|proxy\.golang\.org|pkgs\.dev\.azure\.com|myget\.org|nuget\.pkg\.github\.com)\b")]
    private static partial Regex Registry();
}
