using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContributionEngine.House.Tests;

/// <summary>The forms that code may take.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class Forms
{
    private static readonly string[] Open = ["TODO", "FIXME"];

    private static readonly string[] Impure =
    [
        "Task", "ValueTask", "TimeProvider", "Stopwatch", "Thread", "Timer", "File", "Directory", "FileStream", "Path", "FileInfo", "DirectoryInfo", "Console", "Environment", "HttpClient", "Random", "Process",
    ];


    [Test]
    public void Classes_are_sealed_static_or_abstract() => Rule.Holds(
        from source in House.Sources
        from type in source.All<TypeDeclarationSyntax>()
        where type is ClassDeclarationSyntax || (type is RecordDeclarationSyntax record && !record.ClassOrStructKeyword.IsKind(SyntaxKind.StructKeyword))
        where !type.Modifiers.Any(modifier => modifier.Kind() is SyntaxKind.SealedKeyword or SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword)
        select new Offence(source.At(type), type.Identifier.Text, $"{type.Identifier.Text} is open to heirs"));

    [Test]
    public void An_interface_has_two_implementations() => Rule.Holds(
        from source in House.Product
        from type in source.All<InterfaceDeclarationSyntax>()
        let name = type.Identifier.Text
        let count = House.Product.SelectMany(other => other.All<TypeDeclarationSyntax>()).Count(other => other.BaseList?.Types.Any(heir => Plain(heir.Type) == name) == true)
        where count < 2
        select new Offence(source.At(type), name, $"{name} has {count} implementations in the product"));

    [Test]
    public void The_executable_shows_nothing_to_others() => Rule.Holds(
        from source in House.Product
        where source.Project == "Host"
        from type in source.Root.Members.SelectMany(member => member is BaseNamespaceDeclarationSyntax space ? [.. space.Members] : new[] { member }).OfType<BaseTypeDeclarationSyntax>()
        where type.Modifiers.Any(SyntaxKind.PublicKeyword)
        select new Offence(source.At(type), type.Identifier.Text, $"{type.Identifier.Text} is public in the executable"));

    [Test]
    public void No_catch_is_empty() => Rule.Holds(
        from source in House.Sources
        from clause in source.All<CatchClauseSyntax>()
        where clause.Block.Statements.Count == 0
        select new Offence(source.At(clause), source.Path, "the catch is empty"));

    [Test]
    public void There_are_no_regions_and_no_silenced_warnings() => Rule.Holds(
        from source in House.Sources
        from trivia in source.Root.DescendantTrivia()
        where trivia.Kind() is SyntaxKind.RegionDirectiveTrivia or SyntaxKind.PragmaWarningDirectiveTrivia
        select new Offence(source.At(trivia.GetLocation()), source.Path, trivia.ToString()));

    [Test]
    public void Nothing_is_left_for_later() => Rule.Holds(Remarks().Concat(Stubs()));

    [Test]
    public void Core_counts_without_binary_fractions() => Rule.Holds(
        from source in House.Product
        where source.Project == "Core"
        from token in source.Root.DescendantTokens()
        where token.Kind() is SyntaxKind.DoubleKeyword or SyntaxKind.FloatKeyword || token.Value is double or float || (token.IsKind(SyntaxKind.IdentifierToken) && token.Text is "Double" or "Single" or "Half")
        select new Offence(source.At(token), source.Path, $"{token.Text} in Core"));

    [Test]
    public void Core_is_pure() => Rule.Holds(
        from source in House.Product
        where source.Project == "Core"
        from name in source.All<SimpleNameSyntax>()
        where Impure.Contains(name.Identifier.Text) && Meaning.Of(source).GetSymbolInfo(name).Symbol is INamedTypeSymbol { DeclaringSyntaxReferences.Length: 0 }
        select new Offence(source.At(name), source.Path, $"{name.Identifier.Text} in Core"));

    [Test]
    public void The_public_vocabulary_is_explained() => Rule.Holds(
        from source in House.Product
        where source.Project == "Core" || source.Path.StartsWith("src/ContributionEngine.Engine/Messages/", StringComparison.Ordinal)
        from type in source.All<BaseTypeDeclarationSyntax>()
        where type.AncestorsAndSelf().OfType<BaseTypeDeclarationSyntax>().All(owner => owner.Modifiers.Any(SyntaxKind.PublicKeyword))
        group (Source: source, Type: type) by type.Identifier.Text into parts
        where !parts.Any(part => part.Type.GetLeadingTrivia().Any(trivia => trivia.GetStructure() is DocumentationCommentTriviaSyntax))
        let first = parts.First()
        select new Offence(first.Source.At(first.Type), parts.Key, $"{parts.Key} has no ///"));

    private static IEnumerable<Offence> Remarks() =>
        (from source in House.Sources
         from trivia in source.Root.DescendantTrivia(descendIntoTrivia: false)
         where trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia
         from word in Open
         where trivia.ToFullString().Contains(word, StringComparison.Ordinal)
         select new Offence(source.At(trivia.GetLocation()), source.Path, $"{word} in a comment"))
        .Concat(from path in House.FilesIn("src", "*.sql").Concat(House.FilesIn("src", "*.json")).Concat(House.FilesIn("tests", "*.sh"))
                from word in Open
                where House.Text(path).Contains(word, StringComparison.Ordinal)
                select new Offence(path, path, word));

    private static IEnumerable<Offence> Stubs() =>
        from source in House.Sources
        from name in source.All<SimpleNameSyntax>()
        where name.Identifier.Text == "NotImplementedException" || (name.Identifier.Text is "Ignore" or "Explicit" && name.Parent is AttributeSyntax)
        select new Offence(source.At(name), source.Path, name.Identifier.Text);

    private static string Plain(TypeSyntax type) => type is QualifiedNameSyntax qualified ? qualified.Right.Identifier.Text : (type as SimpleNameSyntax)?.Identifier.Text ?? "";
}
