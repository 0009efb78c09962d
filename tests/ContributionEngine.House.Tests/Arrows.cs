namespace ContributionEngine.House.Tests;

/// <summary>Core is known by Files and Storage, these by Engine, that by Messaging, FundGateway and Web, and all by Host.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class Arrows
{
    private static readonly Dictionary<string, string[]> Knows = new()
    {
        ["Core"] = [],
        ["Files"] = ["Core"],
        ["Storage"] = ["Core"],
        ["Engine"] = ["Core", "Files", "Storage"],
        ["Messaging"] = ["Core", "Files", "Storage", "Engine"],
        ["FundGateway"] = ["Core", "Files", "Storage", "Engine"],
        ["Web"] = ["Core", "Files", "Storage", "Engine"],
        ["Host"] = ["Core", "Files", "Storage", "Engine", "Messaging", "FundGateway", "Web"],
    };

    private static readonly string[] AllProjects = [.. Knows.Keys];

    [Test]
    public void Every_project_of_src_has_its_place() => Rule.Holds(House.Projects
        .Where(project => project.IsProduct && !Knows.ContainsKey(project.Name))
        .Select(project => new Offence(project.Path, project.Name, "the house has no such room")));

    [Test]
    public void Project_references_point_only_to_what_may_be_known() => Rule.Holds(
        from project in House.Projects
        where project.IsProduct
        from reference in project.References
        where !Knows.GetValueOrDefault(project.Name, []).Contains(reference)
        select new Offence(project.Path, $"{project.Name} {reference}", $"{project.Name} may not know {reference}"));

    [Test]
    public void Code_names_only_projects_that_it_may_know() => Rule.Holds(
        from source in House.Product
        from named in source.DottedNames()
        from project in AllProjects
        where project != source.Project && IsIn(named.Name, House.Prefix + project) && !Knows.GetValueOrDefault(source.Project, []).Contains(project)
        select new Offence(source.At(named.Node), $"{source.Project} {project}", $"{source.Project} may not know {project}"));

    [Test]
    public void Tests_do_not_lean_on_each_other() => Rule.Holds(
        from project in House.Projects
        from reference in project.References
        where reference.EndsWith(".Tests", StringComparison.Ordinal) || (project.IsProduct && reference == "Testing")
        select new Offence(project.Path, $"{project.Name} {reference}", $"{project.Name} may not know {reference}"));

    internal static bool IsIn(string name, string space) => name == space || name.StartsWith(space + ".", StringComparison.Ordinal);
}
