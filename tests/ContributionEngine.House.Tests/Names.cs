using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContributionEngine.House.Tests;

/// <summary>Names say what a thing is in the words of the trade.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class Names
{
    private static readonly HashSet<string> Empty = ["Manager", "Helper", "Helpers", "Processor", "Service", "Services", "Util", "Utils", "Common", "Base", "Impl", "Dto", "Info"];

    private static readonly string[] Tests = ["Test", "TestCase", "TestCaseSource", "Theory"];

    [Test]
    public void Types_have_names_of_the_trade() => Rule.Holds(
        from source in House.Sources
        from type in source.Root.DescendantNodes().Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
        let name = TypeName(type)
        from word in Words(name).Where(Empty.Contains)
        select new Offence(source.At(type), name, $"{name}: «{word}» says nothing"),
        ("BaseRule", "the base of a contribution, what the rate is taken of, is a word of the trade"));

    [Test]
    public void Files_have_names_of_the_trade() => Rule.Holds(
        from path in House.FilesIn("src", "*").Concat(House.FilesIn("tests", "*"))
        from word in Words(Path.GetFileName(path).Split('.')[0]).Where(Empty.Contains)
        select new Offence(path, path, $"«{word}» says nothing"));

    [Test]
    public void Methods_have_no_Async_suffix() => Rule.Holds(
        from source in House.Sources
        from method in source.Root.DescendantNodes().Where(node => node is MethodDeclarationSyntax or LocalFunctionStatementSyntax)
        let name = method is MethodDeclarationSyntax member ? member.Identifier.Text : ((LocalFunctionStatementSyntax)method).Identifier.Text
        where name.EndsWith("Async", StringComparison.Ordinal) && name != "DisposeAsync" && !(method is MethodDeclarationSyntax given && given.Modifiers.Any(word => word.IsKind(SyntaxKind.OverrideKeyword)))
        select new Offence(source.At(method), name, $"{name}: the return type says it already"),
        ("ExecuteAsync", "what an answer has to be called by, as the framework's IResult names it"));

    [Test]
    public void Tests_are_named_by_a_sentence() => Rule.Holds(
        from source in House.Sources
        from method in source.All<MethodDeclarationSyntax>()
        where method.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => Tests.Contains(attribute.Name.ToString()))
        let name = method.Identifier.Text
        where name.Split('_').Length < 3
        select new Offence(source.At(method), name, $"{name} is no sentence with underscores"));

    [Test]
    public void The_folder_of_a_project_is_named_as_the_project() => Rule.Holds(
        from project in House.Projects
        let folder = project.Path.Split('/')[1]
        where folder != House.Prefix + project.Name
        select new Offence(project.Path, project.Name, $"stands in the folder {folder}"));

    internal static string TypeName(SyntaxNode type) => type is BaseTypeDeclarationSyntax named ? named.Identifier.Text : ((DelegateDeclarationSyntax)type).Identifier.Text;

    internal static IEnumerable<string> Words(string name) => Word().Matches(name).Select(match => match.Value);

    [GeneratedRegex("[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")]
    private static partial Regex Word();
}
