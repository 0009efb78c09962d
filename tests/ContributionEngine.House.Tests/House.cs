using System.Diagnostics;
using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp;

namespace ContributionEngine.House.Tests;

/// <summary>The repository as the rules see it: read and parsed once, shared by every test.</summary>
internal static class House
{
    public const string Prefix = "ContributionEngine.";

    private static readonly string[] NotOurs = ["bin", "obj", ".git", "TestResults"];
    private static readonly Lazy<IReadOnlyList<Source>> Parsed = new(Parse);
    private static readonly Lazy<IReadOnlyList<string>> Listed = new(List);
    private static readonly Lazy<IReadOnlyList<Project>> Loaded = new(() => [.. FilesIn("src", "*.csproj").Concat(FilesIn("tests", "*.csproj")).Select(Load)]);

    public static string Root { get; } = Find();

    /// <summary>Every C# file of src and tests.</summary>
    public static IReadOnlyList<Source> Sources => Parsed.Value;

    /// <summary>Every C# file of src.</summary>
    public static IEnumerable<Source> Product => Sources.Where(source => source.IsProduct);

    public static IReadOnlyList<Project> Projects => Loaded.Value;

    /// <summary>The files under version control, by path from the root; every file that is not built when there is no Git.</summary>
    public static IReadOnlyList<string> Tracked => Listed.Value;

    public static string Full(string path) => Path.Combine(Root, path);

    public static bool Has(string path) => File.Exists(Full(path)) || Directory.Exists(Full(path));

    public static string Text(string path) => File.ReadAllText(Full(path)).ReplaceLineEndings("\n");

    /// <summary>Paths from the root of the files of a folder, in order; none when the folder is missing.</summary>
    public static IEnumerable<string> FilesIn(string folder, string pattern) => !Directory.Exists(Full(folder)) ? [] :
        Directory.EnumerateFiles(Full(folder), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(NotOurs.Contains))
            .Order(StringComparer.Ordinal);

    private static Source[] Parse() => [.. FilesIn("src", "*.cs").Concat(FilesIn("tests", "*.cs")).AsParallel().AsOrdered().Select(path =>
    {
        var text = Text(path);
        return new Source(path, text, CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview), path));
    })];

    private static Project Load(string path) => new(path, XDocument.Load(Full(path)).Root!);

    private static IReadOnlyList<string> List()
    {
        if (!Has(".git")) return [.. FilesIn("", "*")];
        using var git = Process.Start(new ProcessStartInfo("git", ["ls-files"]) { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true });
        var names = git!.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return git.ExitCode == 0 && names.Length > 0 ? [.. names.Where(Has)] : [.. FilesIn("", "*")];
    }

    private static string Find()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "ContributionEngine.sln"))) at = at.Parent ?? throw new InvalidOperationException("The tests run inside the repository.");
        return at.FullName;
    }
}
