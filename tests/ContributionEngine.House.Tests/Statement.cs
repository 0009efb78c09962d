using System.Text.RegularExpressions;
using ContributionEngine.Storage;
using ContributionEngine.Testing;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ContributionEngine.House.Tests;

/// <summary>One statement of the program, found in a <c>static readonly</c> field of Storage or in an array, tuple or record inside it.</summary>
internal sealed partial record Statement(string Name, string Where, string Text)
{
    private static readonly Lazy<IReadOnlyList<Statement>> Found = new(() => [.. Fields<Sql>().SelectMany(field => field.Values.Select((sql, i) => new Statement($"{field.Name}{(field.Values.Count > 1 ? $"[{i}]" : "")}", field.Where, sql.For(new Sqlite("")))))]);

    public static IReadOnlyList<Statement> All => Found.Value;

    /// <summary>Names of its parameters, each with the sign before it.</summary>
    public IEnumerable<string> Parameters => Parameter().Matches(Text).Select(match => match.Value).Distinct();

    /// <summary>The static fields of Storage that hold something, with all that they hold.</summary>
    public static IEnumerable<(string Name, string Where, IReadOnlyList<T> Values)> Fields<T>() where T : class =>
        StorageFields.Of<T>().Select(field => ($"{field.Owner}.{field.Name}", Line(field.Owner, field.Name), field.Values));

    private static string Line(string type, string field) =>
        (from source in House.Product
         where source.Project == "Storage"
         from owner in source.All<TypeDeclarationSyntax>()
         where owner.Identifier.Text == type
         from member in owner.Members
         where member is FieldDeclarationSyntax fields ? fields.Declaration.Variables.Any(name => name.Identifier.Text == field) : member is PropertyDeclarationSyntax property && property.Identifier.Text == field
         select source.At(member)).FirstOrDefault() ?? type;

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();
}
