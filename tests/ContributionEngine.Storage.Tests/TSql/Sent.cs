using System.Reflection;
using System.Text.RegularExpressions;
using ContributionEngine.Testing;

namespace ContributionEngine.Storage.Tests;

/// <summary>All T-SQL that the program sends to SQL Server.</summary>
internal static partial class Sent
{
    public static readonly SqlServer Dialect = new("Server=nowhere");

    public static IReadOnlyList<Piece> Migrations { get; } = [.. Storage.Migrations.For(Dialect).Select(script => new Piece(script.Name, script.Text))];

    /// <summary>Every statement, those of the dialect itself among them.</summary>
    public static IReadOnlyList<Piece> Statements { get; } =
    [
        .. StorageFields.Of<Sql>().SelectMany(field => field.Values.Select((sql, i) => new Piece($"{field.Owner}.{field.Name}{(field.Values.Count > 1 ? $"[{i}]" : "")}", sql.For(Dialect)))),
        .. from field in typeof(SqlServer).GetFields(BindingFlags.NonPublic | BindingFlags.Static)
           where field.IsLiteral && field.GetRawConstantValue() is string text && IsStatement().IsMatch(text)
           select new Piece($"{nameof(SqlServer)}.{field.Name}", (string)field.GetRawConstantValue()!),
    ];

    /// <summary>The columns that bulk inserts fill, each as a statement that names them.</summary>
    public static IReadOnlyList<Piece> BulkTargets { get; } =
    [
        .. from field in StorageFields.Of<BulkTarget>()
           from target in field.Values
           select new Piece($"{field.Owner}.{field.Name}", $"select {string.Join(", ", target.Columns)} from {target.Table}"),
    ];

    public static IReadOnlyList<Piece> All { get; } = [.. Migrations, .. Statements, .. BulkTargets];

    [GeneratedRegex(@"^(select|set|exec|declare)\s")]
    private static partial Regex IsStatement();
}
