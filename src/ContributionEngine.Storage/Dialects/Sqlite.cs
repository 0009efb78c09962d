using System.Data.Common;
using System.Text.Json;
using Dapper;
using DbUp;
using DbUp.Sqlite.Helpers;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ContributionEngine.Storage;

/// <summary>The embedded default: one file, one writer, no server.</summary>
public sealed class Sqlite(string path) : Dialect
{
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int IoError = 10;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Constraint = 19;
    private const int NotADatabase = 26;
    private const int ConstraintUnique = 2067;
    private const int ConstraintPrimaryKey = 1555;
    private const int BusySeconds = 10;

    private readonly SqliteConnections connections = new(new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = BusySeconds, ForeignKeys = true, Pooling = false }.ToString());

    public override string Name => "sqlite";

    public string Path { get; } = path;

    public override string Place => Path;

    public override bool HasOneWriter => true;

    public override IReadOnlyDictionary<string, string> TypeWords { get; } = new Dictionary<string, string>
    {
        ["id"] = "integer", ["money"] = "integer", ["date"] = "text", ["instant"] = "text",
        ["word"] = "text", ["line"] = "text", ["text"] = "text", ["bytes"] = "blob",
        ["random"] = "randomblob(32)",
    };

    public override string AnyOf(string parameter) => $"(select value from json_each({parameter}))";

    public override SqlMapper.ICustomQueryParameter Array<T>(IEnumerable<T> values) => Parameter.Of(JsonSerializer.Serialize(values));

    public override string PairsOf(string parameter) =>
        $"(select json_extract(value, '$[0]') as id, json_extract(value, '$[1]') as amount from json_each({parameter}))";

    public override SqlMapper.ICustomQueryParameter Pairs(IEnumerable<KeyValuePair<long, long>> pairs) =>
        Parameter.Of(JsonSerializer.Serialize(pairs.Select(pair => new[] { pair.Key, pair.Value })));

    public override string Limit(string count) => $"limit {count}";

    public override string Clock(string plusSeconds) => $"strftime('%Y-%m-%dT%H:%M:%f000Z', 'now', '{plusSeconds} seconds')";

    public override string TakeFreeShards => $"""
        update outbox_shard set owner = @owner, epoch = epoch + 1, until = {Clock(Outbox.LeaseSeconds)}
         where shard in (select shard from outbox_shard where owner is null or until < {Clock("0")} order by shard limit @count)
        returning shard
        """;

    public override DbConnection Connect(Purpose purpose) => connections.Take();

    public override void Release() => connections.Clear();

    public override async Task<DbTransaction> Begin(DbConnection connection, Purpose purpose, CancellationToken stop)
    {
        if (purpose == Purpose.Page) return new NoTransaction(connection);
        if (purpose == Purpose.Read) return SqliteConnections.Read(connection);
        await Pragma(connection, "pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -20000; pragma temp_store = memory; pragma wal_autocheckpoint = 8000;", stop);
        return ((SqliteConnection)connection).BeginTransaction(deferred: false);
    }

    // Ugly on purpose: one statement bound by position below the provider, measured at two thirds of the time of its parameters.
    public override Task BulkInsert(DbTransaction transaction, BulkTarget target, IEnumerable<object?[]> rows, CancellationToken stop)
    {
        var database = ((SqliteConnection)transaction.Connection!).Handle!;
        var places = string.Join(", ", target.Columns.Select(_ => "?"));
        Done(database, raw.sqlite3_prepare_v2(database, $"insert into {target.Table} ({string.Join(", ", target.Columns)}) values ({places})", out var statement));
        using (statement)
        {
            var days = new Dictionary<DateOnly, string>(); // Few days on many rows: each is spelled once.
            foreach (var row in rows)
            {
                for (var i = 0; i < row.Length; i++) Done(database, Bind(statement, i + 1, row[i] is DateOnly day ? Spelled(day) : row[i]));
                var stepped = raw.sqlite3_step(statement);
                if (stepped != raw.SQLITE_DONE) Done(database, stepped);
                raw.sqlite3_reset(statement);
            }

            string Spelled(DateOnly day) => days.TryGetValue(day, out var text) ? text : days[day] = Values.Text(day);
        }

        return Task.CompletedTask;
    }

    private static int Bind(sqlite3_stmt statement, int place, object? cell) => cell switch
    {
        null => raw.sqlite3_bind_null(statement, place),
        long number => raw.sqlite3_bind_int64(statement, place, number),
        string text => raw.sqlite3_bind_text(statement, place, text),
        DateTimeOffset instant => raw.sqlite3_bind_text(statement, place, Values.Text(instant)),
        byte[] bytes => raw.sqlite3_bind_blob(statement, place, bytes),
        _ => throw new InvalidOperationException($"A cell of {cell.GetType().Name} is not stored."),
    };

    private static void Done(sqlite3 database, int code) => SqliteException.ThrowExceptionForRC(code, database);

    public override Trouble TroubleOf(Exception failure) => failure is not SqliteException fault ? Trouble.None : fault.SqliteErrorCode switch
    {
        Constraint when fault.SqliteExtendedErrorCode is ConstraintUnique or ConstraintPrimaryKey => Trouble.Duplicate,
        Full => Trouble.Full,
        IoError or ReadOnly => Trouble.NotWritable,
        Busy => Trouble.InUse,
        NotADatabase or CannotOpen => Trouble.Unreadable,
        _ => Trouble.None,
    };

    public override async Task<IReadOnlyList<string>> Applied(CancellationToken stop)
    {
        await using var connection = Connect(Purpose.Read);
        await connection.OpenAsync(stop);
        return await connection.QuerySingleAsync<long>("select count(*) from sqlite_master where name = 'SchemaVersions'") == 0
            ? []
            : (await connection.QueryAsync<string>("select ScriptName from SchemaVersions order by ScriptName")).AsList();
    }

    public override Task Migrate(CancellationToken stop)
    {
        // A connection of its own: the migrations' tool gives a command its parameters before its text.
        using var connection = connections.Plain();
        connection.Open();
        return Migrations.Run(DeployChanges.To.SqliteDatabase(new SharedConnection(connection)), this);
    }

    private static async Task Pragma(DbConnection connection, string text, CancellationToken stop)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        await command.ExecuteNonQueryAsync(stop);
    }
}
