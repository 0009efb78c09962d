using System.Data.Common;
using System.Text.Json;
using DbUp;
using DbUp.Engine;
using DbUp.Sqlite;
using DbUp.Sqlite.Helpers;
using Microsoft.Data.Sqlite;

namespace ContributionEngine.Storage;

/// <summary>The embedded default: one file, one writer, no server.</summary>
public sealed class Sqlite(string path) : Dialect
{
    private const int ConstraintUnique = 2067;
    private const int ConstraintPrimaryKey = 1555;
    private const int BusySeconds = 10;

    public override string Name => "sqlite";

    public string Path { get; } = path;

    public override IReadOnlyDictionary<string, string> TypeWords { get; } = new Dictionary<string, string>
    {
        ["id"] = "integer", ["money"] = "integer", ["date"] = "text", ["instant"] = "text",
        ["word"] = "text", ["line"] = "text", ["text"] = "text", ["bytes"] = "blob",
    };

    public override string AnyOf(string parameter) => $"(select value from json_each({parameter}))";

    public override object Array<T>(IEnumerable<T> values) => JsonSerializer.Serialize(values);

    public override string PairsOf(string parameter) =>
        $"(select json_extract(value, '$[0]') as id, json_extract(value, '$[1]') as amount from json_each({parameter}))";

    public override object Pairs(IEnumerable<KeyValuePair<long, long>> pairs) =>
        JsonSerializer.Serialize(pairs.Select(pair => new[] { pair.Key, pair.Value }));

    public override string Limit(string count) => $"limit {count}";

    public override DbConnection Connect() => new SqliteConnection(new SqliteConnectionStringBuilder
    {
        DataSource = Path,
        DefaultTimeout = BusySeconds,
        ForeignKeys = true,
    }.ToString());

    public override async Task<DbTransaction> BeginWrite(DbConnection connection, CancellationToken stop)
    {
        await Pragma(connection, "pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -16000; pragma temp_store = memory;", stop);
        return ((SqliteConnection)connection).BeginTransaction(deferred: false);
    }

    // Ugly on purpose: one prepared statement whose parameters are set by position, measured at twice the rows of Dapper's execute.
    public override Task BulkInsert(DbTransaction transaction, BulkTarget target, IEnumerable<object?[]> rows)
    {
        using var command = (SqliteCommand)transaction.Connection!.CreateCommand();
        command.Transaction = (SqliteTransaction)transaction;
        var names = target.Columns.Select((_, i) => $"@p{i}").ToArray();
        command.CommandText = $"insert into {target.Table} ({string.Join(", ", target.Columns)}) values ({string.Join(", ", names)})";
        var parameters = names.Select(name => command.Parameters.Add(new SqliteParameter { ParameterName = name })).ToArray();
        foreach (var row in rows)
        {
            for (var i = 0; i < parameters.Length; i++) parameters[i].Value = row[i] ?? DBNull.Value;
            command.ExecuteNonQuery();
        }

        return Task.CompletedTask;
    }

    public override bool IsDuplicate(Exception failure) =>
        failure is SqliteException { SqliteExtendedErrorCode: ConstraintUnique or ConstraintPrimaryKey };

    public override Task Migrate(CancellationToken stop)
    {
        using var connection = (SqliteConnection)Connect();
        connection.Open();
        var upgrade = DeployChanges.To.SqliteDatabase(new SharedConnection(connection))
            .WithScripts(Migrations.For(this).Select(script => new SqlScript(script.Name, script.Text)))
            .WithVariables(TypeWords.ToDictionary())
            .WithTransaction()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        return upgrade.Successful ? Task.CompletedTask : Task.FromException(upgrade.Error);
    }

    private static async Task Pragma(DbConnection connection, string text, CancellationToken stop)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        await command.ExecuteNonQueryAsync(stop);
    }
}
