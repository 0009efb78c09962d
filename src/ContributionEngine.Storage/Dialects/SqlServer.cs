using System.Data;
using System.Data.Common;
using System.Data.SqlTypes;
using System.Security.Authentication;
using Dapper;
using DbUp;
using Microsoft.Data.SqlClient;
using Microsoft.Data.SqlClient.Server;

namespace ContributionEngine.Storage;

/// <summary>SQL Server: any number of writers; rows go in by bulk copy, arrays as table-valued parameters.</summary>
public sealed class SqlServer : Dialect
{
    /// <summary>A statement that is not answered by then is given up.</summary>
    private const int CommandSeconds = 120;

    /// <summary>How long one statement waits for a lock before the unit of work begins again.</summary>
    private const string LockMilliseconds = "5000";

    /// <summary>Name of the application lock under which one host migrates while the others wait.</summary>
    private const string MigrationLock = "contribution-engine migrations";

    /// <summary>Text is compared by its code units, as everywhere: neither case nor accents are overlooked.</summary>
    private const string Binary = "collate Latin1_General_100_BIN2";

    /// <summary>Characters of the longest column that a list of words is compared with.</summary>
    private const int WordMax = 400;

    private const int EnglishLocale = 1033;

    /// <summary>From this severity on the connection is gone.</summary>
    private const int Fatal = 20;

    private const string WaitForLocks = $"set lock_timeout {LockMilliseconds}";

    // Held by the session: it ends with the connection, also when this process is killed.
    private const string TakeMigrationLock = $"""
        declare @taken int;
        exec @taken = sp_getapplock @Resource = '{MigrationLock}', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = -1;
        select @taken;
        """;

    private const string LeaveMigrationLock = $"exec sp_releaseapplock @Resource = '{MigrationLock}', @LockOwner = 'Session'";

    private const string JournalId = "select object_id('SchemaVersions')";

    private const string JournalNames = "select ScriptName from SchemaVersions order by ScriptName";

    private static readonly SqlMetaData[] Ids = [new("value", SqlDbType.BigInt)];
    private static readonly SqlMetaData[] WordList = [new("value", SqlDbType.NVarChar, WordMax, EnglishLocale, SqlCompareOptions.BinarySort)];
    private static readonly SqlMetaData[] PairList = [new("id", SqlDbType.BigInt), new("amount", SqlDbType.BigInt)];

    private readonly SqlConnectionStringBuilder settings;

    /// <exception cref="ArgumentException">When the text is no connection string.</exception>
    public SqlServer(string connectionString)
    {
        settings = new SqlConnectionStringBuilder(connectionString) { ApplicationName = "contribution-engine" };
        if (!settings.ShouldSerialize("Command Timeout")) settings.CommandTimeout = CommandSeconds;
    }

    public override string Name => "sqlserver";

    public override string Place => $"database {settings.InitialCatalog} on {settings.DataSource}";

    public override bool HasOneWriter => false;

    public override IReadOnlyDictionary<string, string> TypeWords { get; } = new Dictionary<string, string>
    {
        ["id"] = "bigint", ["money"] = "bigint", ["date"] = "date", ["instant"] = "datetime2(6)",
        ["word"] = $"nvarchar(100) {Binary}", ["line"] = $"nvarchar(400) {Binary}", ["text"] = $"nvarchar(max) {Binary}", ["bytes"] = "varbinary(max)",
        ["random"] = "crypt_gen_random(32)",
    };

    public override string AnyOf(string parameter) => $"(select value from {parameter})";

    // A word that is longer than its column can hold is in none, and would be cut on its way.
    public override SqlMapper.ICustomQueryParameter Array<T>(IEnumerable<T> values) => typeof(T) == typeof(string)
        ? Table("dbo.word_list", WordList, values.Cast<string>().Where(word => word.Length <= WordMax).Select(word => new object[] { word }))
        : Table("dbo.id_list", Ids, values.Select(id => new object[] { id! }));

    public override string PairsOf(string parameter) => parameter;

    public override SqlMapper.ICustomQueryParameter Pairs(IEnumerable<KeyValuePair<long, long>> pairs) =>
        Table("dbo.pair_list", PairList, pairs.Select(pair => new object[] { pair.Key, pair.Value }));

    public override string Limit(string count) => $"offset 0 rows fetch next {count} rows only";

    public override string Clock(string plusSeconds) => $"dateadd(second, {plusSeconds}, sysutcdatetime())";

    public override string TakeFreeShards => $"""
        update top (@count) outbox_shard with (updlock, readpast, rowlock, readcommittedlock)
           set owner = @owner, epoch = epoch + 1, until = {Clock(Outbox.LeaseSeconds)}
        output inserted.shard
         where owner is null or until < {Clock("0")}
        """;

    public override string SetUpFault => """
        select case when is_read_committed_snapshot_on = 0 then 'READ_COMMITTED_SNAPSHOT is off: readers wait for workers'
                    when snapshot_isolation_state <> 1 then 'ALLOW_SNAPSHOT_ISOLATION is off: nothing can be read as of one moment' end as fault
          from sys.databases where name = db_name()
        """;

    public override void Release() => SqlConnection.ClearPool(new SqlConnection(settings.ConnectionString));

    public override DbConnection Connect(Purpose purpose) => new SqlConnection(settings.ConnectionString);

    public override async Task<DbTransaction> Begin(DbConnection connection, Purpose purpose, CancellationToken stop)
    {
        if (purpose == Purpose.Write) await connection.ExecuteAsync(new CommandDefinition(WaitForLocks, cancellationToken: stop));
        return await connection.BeginTransactionAsync(purpose == Purpose.Write ? IsolationLevel.ReadCommitted : IsolationLevel.Snapshot, stop);
    }

    public override async Task BulkInsert(DbTransaction transaction, BulkTarget target, IEnumerable<object?[]> rows, CancellationToken stop)
    {
        // Without both, the engine's login would need the right to change tables.
        using var copy = new SqlBulkCopy((SqlConnection)transaction.Connection!, SqlBulkCopyOptions.CheckConstraints | SqlBulkCopyOptions.FireTriggers, (SqlTransaction)transaction)
        {
            DestinationTableName = target.Table,
            BulkCopyTimeout = settings.CommandTimeout,
        };
        for (var i = 0; i < target.Columns.Length; i++) copy.ColumnMappings.Add(i, target.Columns[i]);
        using var reader = new BulkRows(rows, target.Columns.Length);
        await copy.WriteToServerAsync(reader, stop);
        reader.Failure?.Throw();
    }

    public override Trouble TroubleOf(Exception failure) => failure switch
    {
        SqlException { InnerException: AuthenticationException } => Trouble.NotTrusted,
        SqlException said => TroubleOf(said.Number, said.Class),
        // Bulk copy measures text itself, and its other cells always fit their columns.
        InvalidOperationException { InnerException: InvalidOperationException, Source: "Microsoft.Data.SqlClient" } => Trouble.TooLong,
        _ => Trouble.None,
    };

    public override async Task<IReadOnlyList<string>> Applied(CancellationToken stop)
    {
        await using var connection = Connect(Purpose.Read);
        await connection.OpenAsync(stop);
        return await connection.QuerySingleAsync<int?>(JournalId) is null ? [] : (await connection.QueryAsync<string>(JournalNames)).AsList();
    }

    public override async Task Migrate(CancellationToken stop)
    {
        await using var connection = Connect(Purpose.Read);
        await connection.OpenAsync(stop);
        var taken = await connection.QuerySingleAsync<int>(new CommandDefinition(TakeMigrationLock, commandTimeout: 0, cancellationToken: stop));
        if (taken < 0) throw new InvalidOperationException($"{Place} does not give the lock '{MigrationLock}': {taken}.");
        await Migrations.Run(DeployChanges.To.SqlDatabase(settings.ConnectionString), this);
        await connection.ExecuteAsync(LeaveMigrationLock);
    }

    private static Parameter Table(string type, SqlMetaData[] columns, IEnumerable<object[]> rows)
    {
        var all = rows.ToList();
        return new Parameter((command, name) => ((SqlCommand)command).Parameters.Add(new SqlParameter(name, SqlDbType.Structured) { TypeName = type, Value = all.Count > 0 ? Records(columns, all) : Nothing(columns) }));
    }

    // One record is filled again and again, so that a list takes no more memory than its values.
    private static IEnumerable<SqlDataRecord> Records(SqlMetaData[] columns, IEnumerable<object[]> rows)
    {
        var record = new SqlDataRecord(columns);
        foreach (var row in rows)
        {
            record.SetValues(row);
            yield return record;
        }
    }

    // The driver takes no list of records without one.
    private static DataTable Nothing(SqlMetaData[] columns)
    {
        var table = new DataTable();
        foreach (var column in columns) table.Columns.Add(column.Name, column.SqlDbType == SqlDbType.BigInt ? typeof(long) : typeof(string));
        return table;
    }

    private static Trouble TroubleOf(int number, byte severity) => number switch
    {
        2627 or 2601 => Trouble.Duplicate,
        1205 or 3960 => Trouble.RunAgain,
        1222 => Trouble.Locked,
        1101 or 1105 or 9002 => Trouble.Full,
        3906 => Trouble.NotWritable,
        18456 or 229 or 262 or 916 => Trouble.Denied,
        4060 or 911 => Trouble.NoDatabase,
        207 or 208 => Trouble.NoSchema,
        2628 or 8152 => Trouble.TooLong,
        -2 or -1 or 2 or 53 or 64 or 121 or 233 or 258 or 10053 or 10054 or 10060 or 10061 or 11001 or 17142 or 40197 or 40501 or 40613 => Trouble.Unreachable,
        _ => severity >= Fatal ? Trouble.Unreachable : Trouble.None,
    };
}
