using System.CommandLine;
using System.Globalization;
using System.Text;
using ContributionEngine.Storage;

namespace ContributionEngine.House.Tests;

/// <summary>What the program generates is checked in, so that a change of it shows in review.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class Snapshots
{
    private const string Switch = "CONTRIBUTION_ENGINE_WRITE_SNAPSHOTS";
    private const string Again = $"Generated: run tests/ContributionEngine.House.Tests with {Switch}=1 to write it again.";

    private const string SchemaObjects = """
        select sql from sqlite_master where sql is not null and name not like 'sqlite\_%' escape '\'
         order by tbl_name, case type when 'table' then 1 when 'index' then 2 when 'view' then 3 else 4 end, name
        """;

    [Test]
    public void The_schema_of_sqlite_is_as_reviewed()
    {
        var text = new StringBuilder($"-- {Again}\n");
        using var connection = FreshDatabase.Open();
        using var command = connection.CreateCommand();
        command.CommandText = SchemaObjects;
        using var rows = command.ExecuteReader();
        while (rows.Read()) text.Append('\n').Append(rows.GetString(0).ReplaceLineEndings("\n").Trim()).Append(";\n");
        Compare("deploy/schema/sqlite.sql", text.ToString());
    }

    // A server is not at hand in every run, so here it is the migrations with the type words as the dialect spells them.
    [TestCase("sqlserver")]
    [TestCase("postgresql")]
    public void The_schema_of_a_server_is_as_reviewed(string name)
    {
        Dialect dialect = name == "sqlserver" ? new SqlServer("Server=nowhere") : new PostgreSql("Host=nowhere");
        var scripts = Migrations.For(dialect).Select(script => $"\n-- {script.Name}\n\n{script.Text.ReplaceLineEndings("\n").Trim()}\n");
        Compare($"deploy/schema/{name}.sql", $"-- {Again}\n{string.Concat(scripts)}");
    }

    [Test]
    public void The_help_of_every_command_is_as_reviewed()
    {
        var text = new StringBuilder($"<!-- {Again} -->\n\n# Commands\n\nThe help of every command, as the program prints it.\n");
        foreach (var path in Paths(Host.Commands.Root(), []))
        {
            text.Append('\n').Append('#', path.Length == 0 ? 2 : path.Length + 1).Append(CultureInfo.InvariantCulture, $" {string.Join(' ', ["contribution-engine", .. path])}\n\n```text\n{Help(path)}\n```\n");
        }

        Compare("docs/cli.md", text.ToString());
    }

    private static IEnumerable<string[]> Paths(Command command, string[] path) =>
        [path, .. command.Subcommands.SelectMany(verb => Paths(verb, [.. path, verb.Name]))];

    // Here the program runs inside the tests, whose executable has another name.
    private static string Help(string[] path)
    {
        using var printed = new StringWriter();
        Host.Commands.Root().Parse([.. path, "--help"]).Invoke(new InvocationConfiguration { Output = printed, EnableDefaultExceptionHandler = false });
        var lines = printed.ToString().ReplaceLineEndings("\n").Replace($"  {RootCommand.ExecutableName} ", "  contribution-engine ", StringComparison.Ordinal).Split('\n');
        return string.Join('\n', lines.Select(line => line.TrimEnd())).Trim('\n');
    }

    internal static void Compare(string path, string generated)
    {
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(House.Full(path))!);
            File.WriteAllText(House.Full(path), generated);
        }

        if (!House.Has(path)) Assert.Fail($"{path} is missing; write it with {Switch}=1.");
        var (kept, fresh) = (House.Text(path).Split('\n'), generated.Split('\n'));
        var first = Enumerable.Range(0, Math.Max(kept.Length, fresh.Length)).FirstOrDefault(i => kept.ElementAtOrDefault(i) != fresh.ElementAtOrDefault(i), -1);
        if (first >= 0) Assert.Fail($"{path}:{first + 1}: has «{kept.ElementAtOrDefault(first)}», the program gives «{fresh.ElementAtOrDefault(first)}»; write it again with {Switch}=1 and look at the difference.");
    }
}
