using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContributionEngine.House.Tests;

/// <summary>One C# file, parsed.</summary>
/// <param name="Path">From the root, with slashes.</param>
internal sealed record Source(string Path, string Text, SyntaxTree Tree)
{
    public bool IsProduct => Path.StartsWith("src/", StringComparison.Ordinal);

    /// <summary>Without the prefix that all share: <c>Core</c>, <c>Core.Tests</c>.</summary>
    public string Project => Path.Split('/')[1][House.Prefix.Length..];

    public CompilationUnitSyntax Root => Tree.GetCompilationUnitRoot();

    public int LineCount => Text.TrimEnd('\n').Split('\n').Length;

    public IEnumerable<T> All<T>() where T : SyntaxNode => Root.DescendantNodes().OfType<T>();

    public string At(SyntaxNode node) => At(node.GetLocation());

    public string At(SyntaxToken token) => At(token.GetLocation());

    public string At(Location location) => $"{Path}:{location.GetLineSpan().StartLinePosition.Line + 1}";

    /// <summary>Namespaces and types that the file names with a dot or a using directive, whole.</summary>
    public IEnumerable<(string Name, SyntaxNode Node)> DottedNames() => Root.DescendantNodes()
        .Where(node => node is UsingDirectiveSyntax || (node is QualifiedNameSyntax or MemberAccessExpressionSyntax && node.Parent is not (QualifiedNameSyntax or MemberAccessExpressionSyntax or UsingDirectiveSyntax)))
        .Where(node => !node.Ancestors().Any(above => above is UsingDirectiveSyntax || (above is BaseNamespaceDeclarationSyntax space && space.Name.Span.Contains(node.Span))))
        .Select(node => (node is UsingDirectiveSyntax directive ? directive.NamespaceOrType.ToString() : node.ToString(), node));
}
