using System.Data;
using System.Data.Common;
using System.Net.Sockets;
using System.Security.Authentication;
using Dapper;
using DbUp;
using Npgsql;
using NpgsqlTypes;

namespace ContributionEngine.Storage;

/// <summary>PostgreSQL: any number of writers; rows go in by binary COPY, arrays by <c>unnest</c>.</summary>
public sealed class PostgreSql : Dialect
{
    /// <summary>Key of the advisory lock under which one host migrates while the others wait.</summary>
    private const long MigrationLock = 0x436f6e7472696275;

    /// <summary>A statement that is not answered by then is given up with its connection.</summary>
    private const int CommandSeconds = 120;

    private const int KeepAliveSeconds = 15;

    /// <summary>How long one statement waits for a lock before the unit of work begins again.</summary>
    private const int LockMilliseconds = 5_000;

    /// <summary>More than there are statements of lists.</summary>
    private const int PlansMax = 200;

    /// <summary>A list's plan is the same whatever its values: planning it anew takes longer than the page, and several processes for fifty rows too.</summary>
    private const string OnePlan = " -c plan_cache_mode=force_generic_plan -c max_parallel_workers_per_gather=0";

    private readonly NpgsqlConnectionStringBuilder settings;
    private readonly string keeping;

    /// <exception cref="ArgumentException">When the text is no connection string.</exception>
    public PostgreSql(string connectionString)
    {
        // What the operator says comes last and counts. A connection keeps nothing that the next unit could see, so it need not be reset for it.
        settings = Settings("", connectionString);
        keeping = Settings(OnePlan, $"Max Auto Prepare={PlansMax};{connectionString}").ConnectionString;
    }

    public override string Name => "postgresql";

    public override string Place => $"database {settings.Database} on {settings.Host}:{settings.Port}";

    public override bool HasOneWriter => false;

    public override IReadOnlyDictionary<string, string> TypeWords { get; } = new Dictionary<string, string>
    {
        ["id"] = "bigint", ["money"] = "bigint", ["date"] = "date", ["instant"] = "timestamptz",
        ["word"] = "text collate \"C\"", ["line"] = "text collate \"C\"", ["text"] = "text", ["bytes"] = "bytea",
        ["random"] = "uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())",
    };

    public override string AnyOf(string parameter) => $"(select unnest({parameter}))";

    public override SqlMapper.ICustomQueryParameter Array<T>(IEnumerable<T> values) => Parameter.Of(values.ToArray());

    // Dapper leaves out a parameter whose own name is not in the text.
    public override string PairsOf(string parameter) => $"(select * /* {parameter} */ from unnest({parameter}_id, {parameter}_amount) as u (id, amount))";

    public override SqlMapper.ICustomQueryParameter Pairs(IEnumerable<KeyValuePair<long, long>> pairs)
    {
        var all = pairs.ToList();
        return new Parameter((command, name) =>
        {
            Parameter.Add(command, $"{name}_id", all.Select(pair => pair.Key).ToArray());
            Parameter.Add(command, $"{name}_amount", all.Select(pair => pair.Value).ToArray());
        });
    }

    public override string Limit(string count) => $"limit {count}";

    public override string Clock(string plusSeconds) => $"(clock_timestamp() + interval '{plusSeconds} seconds')";

    public override string TakeFreeShards => $"""
        update outbox_shard set owner = @owner, epoch = epoch + 1, until = {Clock(Outbox.LeaseSeconds)}
         where shard in (select shard from outbox_shard where owner is null or until < {Clock("0")} order by shard limit @count for update skip locked)
        returning shard
        """;

    public override DbConnection Connect(Purpose purpose) => new NpgsqlConnection(purpose == Purpose.Page ? keeping : settings.ConnectionString);

    public override void Release()
    {
        NpgsqlConnection.ClearPool(new NpgsqlConnection(settings.ConnectionString));
        NpgsqlConnection.ClearPool(new NpgsqlConnection(keeping));
    }

    public override async Task<DbTransaction> Begin(DbConnection connection, Purpose purpose, CancellationToken stop) => purpose switch
    {
        Purpose.Write => await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, stop),
        Purpose.Read => await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop),
        _ => new NoTransaction(connection),
    };

    public override async Task BulkInsert(DbTransaction transaction, BulkTarget target, IEnumerable<object?[]> rows, CancellationToken stop)
    {
        var connection = (NpgsqlConnection)transaction.Connection!;
        await using var copy = await connection.BeginBinaryImportAsync($"copy {target.Table} ({string.Join(", ", target.Columns)}) from stdin (format binary)", stop);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(stop);
            foreach (var cell in row) await Write(copy, cell, stop);
        }

        await copy.CompleteAsync(stop);
    }

    public override Trouble TroubleOf(Exception failure) => failure switch
    {
        PostgresException said => TroubleOf(said.SqlState),
        NpgsqlException { InnerException: AuthenticationException } => Trouble.NotTrusted,
        NpgsqlException { InnerException: IOException or SocketException or TimeoutException or null } => Trouble.Unreachable,
        _ => Trouble.None,
    };

    public override async Task<IReadOnlyList<string>> Applied(CancellationToken stop)
    {
        await using var connection = Connect(Purpose.Read);
        await connection.OpenAsync(stop);
        return await connection.QuerySingleAsync<bool>("select to_regclass('schemaversions') is not null")
            ? (await connection.QueryAsync<string>("select scriptname from schemaversions order by scriptname")).AsList()
            : [];
    }

    public override async Task Migrate(CancellationToken stop)
    {
        await using var connection = Connect(Purpose.Read);
        await connection.OpenAsync(stop);
        // Held by the session: it ends with the connection, also when this process is killed.
        await connection.ExecuteAsync(new CommandDefinition("select pg_advisory_lock(@key)", new { key = MigrationLock }, commandTimeout: 0, cancellationToken: stop));
        await Migrations.Run(DeployChanges.To.PostgresqlDatabase(settings.ConnectionString), this);
        await connection.ExecuteAsync("select pg_advisory_unlock(@key)", new { key = MigrationLock });
    }

    private static NpgsqlConnectionStringBuilder Settings(string options, string said) =>
        new($"Command Timeout={CommandSeconds};Keepalive={KeepAliveSeconds};Options=-c lock_timeout={LockMilliseconds}{options};{said}") { ApplicationName = "contribution-engine", NoResetOnClose = true };

    private static Task Write(NpgsqlBinaryImporter copy, object? cell, CancellationToken stop) => cell switch
    {
        null => copy.WriteNullAsync(stop),
        long number => copy.WriteAsync(number, NpgsqlDbType.Bigint, stop),
        string text => copy.WriteAsync(text, NpgsqlDbType.Text, stop),
        DateOnly day => copy.WriteAsync(day, NpgsqlDbType.Date, stop),
        DateTimeOffset instant => copy.WriteAsync(Values.Kept(instant), NpgsqlDbType.TimestampTz, stop),
        byte[] bytes => copy.WriteAsync(bytes, NpgsqlDbType.Bytea, stop),
        _ => throw new InvalidOperationException($"A cell of {cell.GetType().Name} is not stored."),
    };

    private static Trouble TroubleOf(string sqlState) => sqlState switch
    {
        PostgresErrorCodes.UniqueViolation => Trouble.Duplicate,
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => Trouble.RunAgain,
        PostgresErrorCodes.LockNotAvailable => Trouble.Locked,
        PostgresErrorCodes.DiskFull => Trouble.Full,
        PostgresErrorCodes.ReadOnlySqlTransaction => Trouble.NotWritable,
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification or PostgresErrorCodes.InsufficientPrivilege => Trouble.Denied,
        PostgresErrorCodes.InvalidCatalogName => Trouble.NoDatabase,
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn => Trouble.NoSchema,
        PostgresErrorCodes.StringDataRightTruncation => Trouble.TooLong,
        _ when sqlState.StartsWith("08", StringComparison.Ordinal) || sqlState.StartsWith("57P", StringComparison.Ordinal) || sqlState == PostgresErrorCodes.TooManyConnections => Trouble.Unreachable,
        _ => Trouble.None,
    };
}
