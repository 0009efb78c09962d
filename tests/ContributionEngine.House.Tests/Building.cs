using System.Xml.Linq;

namespace ContributionEngine.House.Tests;

/// <summary>The ground rules of building hold for every project.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class Building
{
    private const string Properties = "Directory.Build.props";
    private const string Versions = "Directory.Packages.props";
    private const string BannedSymbols = "src/BannedSymbols.txt";

    private static readonly XElement Shared = XDocument.Load(House.Full(Properties)).Root!;

    [TestCase("TreatWarningsAsErrors", "true")]
    [TestCase("Nullable", "enable")]
    [TestCase("RestorePackagesWithLockFile", "true")]
    [TestCase("EnforceCodeStyleInBuild", "true")]
    [TestCase("AnalysisLevel", "latest-recommended")]
    public void The_build_is_strict_for_every_project(string property, string value) => Rule.Holds(
        Values(Shared, property).DefaultIfEmpty("nothing").Select(found => (Path: Properties, Found: found))
            .Concat(House.Projects.SelectMany(project => Values(project.Root, property).Select(found => (project.Path, Found: found))))
            .Where(set => set.Found != value)
            .Select(set => new Offence(set.Path, property, $"{property} is {set.Found}, should be {value}")));

    [Test]
    public void No_project_of_src_silences_a_warning() => Rule.Holds(
        from project in House.Projects
        where project.IsProduct
        from name in new[] { "NoWarn", "WarningsNotAsErrors", "WarningLevel" }
        from value in Values(project.Root, name)
        select new Offence(project.Path, project.Name, $"{name} {value}"));

    [TestCase("P:System.DateTime.Now;")]
    [TestCase("P:System.DateTime.UtcNow;")]
    [TestCase("P:System.DateTimeOffset.UtcNow;")]
    [TestCase("P:System.Threading.Tasks.Task`1.Result;")]
    [TestCase("M:System.Threading.Thread.Sleep(System.Int32);")]
    [TestCase("M:System.Math.Round(System.Decimal);")]
    public void A_banned_symbol_stays_banned(string symbol) => Assert.That(House.Text(BannedSymbols).Split('\n'), Has.Some.StartsWith(symbol), BannedSymbols);

    [Test]
    public void The_banned_symbols_are_attached_to_every_project_of_src()
    {
        var group = Shared.Elements("ItemGroup").SingleOrDefault(items => items.Elements("AdditionalFiles").Any(file => ((string?)file.Attribute("Include"))?.EndsWith(BannedSymbols, StringComparison.Ordinal) == true));
        Assert.That(group, Is.Not.Null, $"{Properties} does not attach {BannedSymbols}.");
        Assert.That((string?)group!.Attribute("Condition"), Does.Contain("MSBuildThisFileDirectory)src'"), $"{Properties}: {BannedSymbols} is not for all of src.");
        Assert.That(group.Elements("PackageReference").Select(item => (string?)item.Attribute("Include")), Does.Contain("Microsoft.CodeAnalysis.BannedApiAnalyzers"), Properties);
    }

    [Test]
    public void Every_project_has_a_lock_file() => Rule.Holds(
        from project in House.Projects
        let path = Path.Combine(Path.GetDirectoryName(project.Path)!, "packages.lock.json")
        where !House.Has(path)
        select new Offence(project.Path, project.Name, $"{path} is missing"));

    [Test]
    public void Every_project_is_in_the_solution()
    {
        var solution = House.Text("ContributionEngine.sln").Replace('\\', '/');
        Rule.Holds(House.Projects.Where(project => !solution.Contains($"\"{project.Path}\"", StringComparison.Ordinal)).Select(project => new Offence(project.Path, project.Name, "is not in ContributionEngine.sln")));
    }

    [Test]
    public void Versions_stand_in_one_place() => Rule.Holds(
        from project in House.Projects
        from item in project.Root.Descendants("PackageReference")
        where item.Attribute("Version") is not null || item.Attribute("VersionOverride") is not null || item.Elements().Any(part => part.Name.LocalName.StartsWith("Version", StringComparison.Ordinal))
        select new Offence(project.Path, $"{item.Attribute("Include")?.Value}", $"the version of {item.Attribute("Include")?.Value} belongs in {Versions}"));

    [Test]
    public void Every_package_has_its_version()
    {
        var root = XDocument.Load(House.Full(Versions)).Root!;
        Assert.That(Values(root, "ManagePackageVersionsCentrally"), Is.EqualTo(new[] { "true" }), Versions);
        var known = root.Descendants("PackageVersion").Select(item => (string?)item.Attribute("Include")).ToList();
        Assert.That(known, Is.Unique, Versions);
        Rule.Holds(from project in House.Projects from package in project.Packages where !known.Contains(package) select new Offence(project.Path, package, $"{package} has no version in {Versions}"));
    }

    private static IEnumerable<string> Values(XElement root, string property) => root.Elements("PropertyGroup").Elements(property).Select(element => element.Value);
}
