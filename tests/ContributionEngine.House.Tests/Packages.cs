namespace ContributionEngine.House.Tests;

/// <summary>A package is named in the one place that exists to know it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class Packages
{
    private static readonly (string Package, string[] Places)[] Homes =
    [
        ("MassTransit", ["src/ContributionEngine.Messaging/"]),
        ("RabbitMQ", ["src/ContributionEngine.Messaging/", "src/ContributionEngine.FundGateway/Channels/"]),
        ("Polly", ["src/ContributionEngine.FundGateway/", "src/ContributionEngine.Messaging/"]),
        ("SSH.NET", ["src/ContributionEngine.FundGateway/Channels/"]),
        ("Renci", ["src/ContributionEngine.FundGateway/Channels/"]),
        ("Cronos", ["src/ContributionEngine.Engine/"]),
        ("Dapper", ["src/ContributionEngine.Storage/"]),
        ("DbUp", ["src/ContributionEngine.Storage/"]),
        ("Microsoft.Data", ["src/ContributionEngine.Storage/"]),
        ("ExcelDataReader", ["src/ContributionEngine.Files/"]),
        ("Npgsql", ["src/ContributionEngine.Storage/"]),
        ("SQLitePCL", ["src/ContributionEngine.Storage/"]),
        ("DocumentFormat.OpenXml", ["src/ContributionEngine.Files/"]),
        ("QRCoder", ["src/ContributionEngine.Files/"]),
        ("Sylvan", ["src/ContributionEngine.Files/"]),
        ("Spectre.Console", ["src/ContributionEngine.Host/"]),
        ("System.CommandLine", ["src/ContributionEngine.Host/"]),
    ];

    [Test]
    public void Core_has_no_package_of_its_own() => Rule.Holds(
        from project in House.Projects
        where project.Name == "Core"
        from package in project.Packages
        select new Offence(project.Path, package, $"Core takes no packages, and names {package}"));

    [Test]
    public void Project_files_name_a_package_only_in_its_home() => Rule.Holds(
        from project in House.Projects
        where project.IsProduct
        from package in project.Packages
        from home in Homes
        where package.StartsWith(home.Package, StringComparison.OrdinalIgnoreCase) && !home.Places.Any(place => place.StartsWith(project.Path[..(project.Path.LastIndexOf('/') + 1)], StringComparison.Ordinal))
        select new Offence(project.Path, $"{project.Name} {package}", $"{package} belongs in {string.Join(" and ", home.Places)}"));

    [Test]
    public void Code_names_a_package_only_in_its_home() => Rule.Holds(
        from source in House.Product
        from named in source.DottedNames()
        from home in Homes
        where Arrows.IsIn(named.Name, home.Package) && !home.Places.Any(place => source.Path.StartsWith(place, StringComparison.Ordinal))
        select new Offence(source.At(named.Node), $"{source.Path} {home.Package}", $"{home.Package} belongs in {string.Join(" and ", home.Places)}"));
}
