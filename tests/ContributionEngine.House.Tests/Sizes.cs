using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContributionEngine.House.Tests;

/// <summary>What a reader takes in at one look.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class Sizes
{
    private const int MethodLinesMax = 40;
    private const int FileLinesMax = 250;
    private const int ProgramLinesMax = 40;
    private const int ParametersMax = 4;
    private const int NestingMax = 3;

    [Test]
    public void Methods_are_short() => Rule.Holds(
        from source in House.Sources
        from body in source.Root.DescendantNodes().Where(node => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax)
        let lines = Lines(body)
        where lines > MethodLinesMax
        select new Offence(source.At(body), Name(body), $"{Name(body)} has {lines} lines, at most {MethodLinesMax}"));

    [Test]
    public void Files_are_short() => Rule.Holds(
        from source in House.Sources
        let most = source.Path.EndsWith("/Program.cs", StringComparison.Ordinal) ? ProgramLinesMax : FileLinesMax
        where source.LineCount > most
        select new Offence($"{source.Path}:{most + 1}", source.Path, $"the file has {source.LineCount} lines, at most {most}"));

    // Members of records are free, what a class is built from counts like them, and an override, or what an interface wants by its name, has its parameters from elsewhere.
    [Test]
    public void Methods_take_few_parameters() => Rule.Holds(
        from source in House.Sources
        from list in source.All<ParameterListSyntax>()
        where list.Parameters.Count > ParametersMax && list.Parent is not (TypeDeclarationSyntax or ParenthesizedLambdaExpressionSyntax or ConstructorDeclarationSyntax { Parent: RecordDeclarationSyntax })
        where list.Parent is not MethodDeclarationSyntax given || (given.ExplicitInterfaceSpecifier is null && !given.Modifiers.Any(word => word.ValueText == "override"))
        select new Offence(source.At(list), Name(list.Parent!), $"{Name(list.Parent!)} takes {list.Parameters.Count} parameters, at most {ParametersMax}"));

    [Test]
    public void Code_is_not_nested_deep() => Rule.Holds(
        from source in House.Sources
        from branch in source.Root.DescendantNodes().Where(IsBranch)
        let depth = branch.AncestorsAndSelf().Count(IsBranch)
        where depth == NestingMax + 1
        let method = branch.Ancestors().First(node => node is MemberDeclarationSyntax)
        select new Offence(source.At(branch), Name(method), $"{Name(method)} is nested {depth} deep, at most {NestingMax}"));

    private static bool IsBranch(SyntaxNode node) => node switch
    {
        IfStatementSyntax => node.Parent is not ElseClauseSyntax,
        ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax => true,
        SwitchStatementSyntax or TryStatementSyntax or LockStatementSyntax or UsingStatementSyntax => true,
        _ => false,
    };

    // Attributes and documentation do not count.
    private static int Lines(SyntaxNode body)
    {
        var first = body.ChildNodesAndTokens().First(part => part.AsNode() is not AttributeListSyntax);
        var span = body.SyntaxTree.GetLineSpan(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(first.SpanStart, body.Span.End));
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static string Name(SyntaxNode node)
    {
        var owner = node.AncestorsAndSelf().OfType<BaseTypeDeclarationSyntax>().FirstOrDefault()?.Identifier.Text;
        return $"{owner}.{Own(node)}".TrimStart('.');
    }

    private static string Own(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        LocalFunctionStatementSyntax local => local.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        AccessorDeclarationSyntax accessor => accessor.Keyword.Text,
        ConstructorDeclarationSyntax => "constructor",
        _ => Microsoft.CodeAnalysis.CSharp.CSharpExtensions.Kind(node).ToString(),
    };
}
