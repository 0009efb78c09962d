using System.Reflection;
using System.Text.RegularExpressions;
using ContributionEngine.Storage;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.Data.Sqlite;

namespace ContributionEngine.House.Tests;

/// <summary>Every statement is portable text that the schema knows.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class Statements
{
    // Ten differences of SQL text and values, and nine of the drivers: what can be written once in portable text has no place in it.
    private const int DialectMembersMax = 19;

    [Test]
    public void Every_field_that_is_declared_for_statements_was_found()
    {
        var found = Statement.Fields<Sql>().Select(field => field.Where).ToHashSet();
        Rule.Holds(
            from source in House.Product
            where source.Project == "Storage"
            from field in source.All<FieldDeclarationSyntax>()
            where HoldsSql().IsMatch(field.Declaration.Type.ToString()) && !found.Contains(source.At(field))
            select new Offence(source.At(field), source.Path, "a statement is a static readonly Sql, so that it can be listed"));
    }

    [Test]
    public void Every_statement_is_understood_by_a_fresh_database()
    {
        using var connection = FreshDatabase.Open();
        Rule.Holds(Statement.All.Select(statement => new Offence(statement.Where, statement.Name, $"{statement.Name}: {Fault(connection, statement.Text, statement.Parameters)}")).Where(offence => !offence.Why.EndsWith(": ", StringComparison.Ordinal)));
    }

    [Test]
    public void Every_bulk_insert_fills_columns_that_are_there()
    {
        using var connection = FreshDatabase.Open();
        Rule.Holds(
            from field in Statement.Fields<BulkTarget>()
            from target in field.Values
            let fault = Fault(connection, $"insert into {target.Table} ({string.Join(", ", target.Columns)}) values ({string.Join(", ", target.Columns.Select(_ => "null"))})", [])
            where fault != ""
            select new Offence(field.Where, field.Name, $"{field.Name}: {fault}"));
    }

    [Test]
    public void Names_are_lower_snake_case_and_unquoted_and_keywords_lower_case() => Rule.Holds(
        from text in Statement.All.Select(statement => (statement.Where, statement.Name, statement.Text)).Concat(Migrations.For(new Sqlite("")).Select(script => (Where: $"src/ContributionEngine.Storage/Migrations/{script.Name}", script.Name, script.Text)))
        from Match word in Word().Matches(Aside().Replace(text.Text, " "))
        where !Plain().IsMatch(word.Value)
        select new Offence(text.Where, $"{text.Name} {word.Value}", $"{text.Name}: {word.Value} is not plain lower snake_case"));

    [Test]
    public void Migrations_are_numbered_once_and_in_order() => Rule.Holds(
        from path in House.FilesIn("src/ContributionEngine.Storage/Migrations", "*")
        let name = Migration().Match(Path.GetFileName(path))
        group (Path: path, Dialect: name.Groups["dialect"].Value, name.Success) by name.Groups["number"].Value into same
        where same.Any(file => !file.Success || (file.Dialect == "" && same.Count() > 1)) || same.DistinctBy(file => file.Dialect).Count() < same.Count()
        select new Offence(same.First().Path, same.First().Path, $"{string.Join(", ", same.Select(file => file.Path))}: a number stands for one NNNN_x.sql, or for one NNNN_x.dialect.sql each"));

    [Test]
    public void The_dialect_stays_a_short_list() =>
        Assert.That(typeof(Dialect).GetMembers().Where(member => member is PropertyInfo or MethodInfo { IsAbstract: true, IsSpecialName: false }).Select(member => member.Name).ToList(), Has.Count.LessThanOrEqualTo(DialectMembersMax));

    // The message of the database, or nothing when it understands the statement.
    private static string Fault(SqliteConnection connection, string text, IEnumerable<string> parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "explain " + text;
        foreach (var name in parameters) command.Parameters.AddWithValue(name, DBNull.Value);
        try
        {
            using var plan = command.ExecuteReader();
            return "";
        }
        catch (SqliteException fault)
        {
            return fault.Message;
        }
    }

    [GeneratedRegex(@"\bSql\b")]
    private static partial Regex HoldsSql();

    // Text in single quotes, comments, parameters and the type words of migrations.
    [GeneratedRegex(@"'(?:[^']|'')*'|--[^\n]*|@\w+|\$\w+\$")]
    private static partial Regex Aside();

    [GeneratedRegex("""[A-Za-z_]\w*|["`\[\]]""")]
    private static partial Regex Word();

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^(?<number>\d{4})_[a-z0-9_]+(?:\.(?<dialect>sqlite|sqlserver|postgresql))?\.sql$")]
    private static partial Regex Migration();
}
