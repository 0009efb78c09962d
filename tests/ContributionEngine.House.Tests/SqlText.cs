using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContributionEngine.House.Tests;

/// <summary>Where SQL may be written, and what may be put into it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class SqlText
{
    [Test]
    public void There_is_no_sql_outside_Storage() => Rule.Holds(
        from source in House.Product
        where source.Project != "Storage"
        from text in Texts(source)
        where IsSql().IsMatch(Words(text))
        select new Offence(source.At(text), source.Path, "SQL belongs in Storage"));

    [Test]
    public void Sql_stands_in_a_field_and_never_in_a_method() => Rule.Holds(
        from source in House.Product
        where source.Project == "Storage" && !source.Path.Contains("/Dialects/", StringComparison.Ordinal)
        from text in Texts(source)
        where IsSql().IsMatch(Words(text)) && !(text.Ancestors().OfType<FieldDeclarationSyntax>().FirstOrDefault() is { } field && IsFixed(field))
        select new Offence(source.At(text), source.Path, "a statement is a static readonly Sql, so that it can be listed"));

    [Test]
    public void Nothing_but_constants_and_the_dialect_is_put_into_a_statement() => Rule.Holds(
        from source in House.Product
        where source.Project == "Storage"
        from field in source.All<FieldDeclarationSyntax>()
        where IsFixed(field)
        from text in field.DescendantNodes().OfType<InterpolatedStringExpressionSyntax>()
        where IsSql().IsMatch(Words(text)) || field.Declaration.Type.ToString().Contains("Sql", StringComparison.Ordinal)
        from hole in text.Contents.OfType<InterpolationSyntax>()
        where !IsConstant(source, hole.Expression) && !IsDialect(source, hole.Expression)
        select new Offence(source.At(hole), source.Path, $"{hole} is put into a statement"));

    private static IEnumerable<ExpressionSyntax> Texts(Source source) => source.All<ExpressionSyntax>()
        .Where(node => node is InterpolatedStringExpressionSyntax || (node is LiteralExpressionSyntax literal && literal.Token.Value is string));

    private static string Words(ExpressionSyntax text) => text is LiteralExpressionSyntax literal
        ? literal.Token.ValueText
        : string.Concat(((InterpolatedStringExpressionSyntax)text).Contents.Select(part => part is InterpolatedStringTextSyntax plain ? plain.TextToken.ValueText : "x"));

    private static bool IsFixed(FieldDeclarationSyntax field)
    {
        var words = field.Modifiers.Select(word => word.ValueText).ToList();
        return words.Contains("const") || (words.Contains("static") && words.Contains("readonly"));
    }

    private static bool IsConstant(Source source, ExpressionSyntax expression) => Meaning.Of(source).GetConstantValue(expression) is { HasValue: true, Value: string };

    // A member of the dialect that is handed in, with constants as arguments.
    private static bool IsDialect(Source source, ExpressionSyntax expression) =>
        Meaning.Of(source).GetSymbolInfo(expression).Symbol?.ContainingType?.Name == "Dialect"
        && (expression is not InvocationExpressionSyntax call || call.ArgumentList.Arguments.All(argument => IsConstant(source, argument.Expression)));

    [GeneratedRegex(@"^\s*(select\s[\s\S]*\b(from|as)\b|select\s+[@\d]|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|with\s+\w+\s+as\s*\(|merge\s+into\s|create\s+(unique\s+)?(table|index|trigger|view)\s|alter\s+table\s|drop\s+(table|index|view)\s|pragma\s)", RegexOptions.IgnoreCase)]
    private static partial Regex IsSql();
}
