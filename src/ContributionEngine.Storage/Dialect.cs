using System.Data.Common;
using System.Globalization;
using ContributionEngine.Core;
using Dapper;

namespace ContributionEngine.Storage;

/// <summary>What a failure of a database means. Decided by number, never by message text.</summary>
public enum Trouble
{
    /// <summary>Nothing that the database is known to say: a bug.</summary>
    None,

    /// <summary>A unique constraint refused a row: somebody else has written it.</summary>
    Duplicate,

    /// <summary>The transaction lost to another one; run again, it will do.</summary>
    RunAgain,

    /// <summary>A lock that another transaction holds was not let go of in time; run again, it may be.</summary>
    Locked,

    /// <summary>Another process holds what only one may hold.</summary>
    InUse,

    /// <summary>No room on the disk.</summary>
    Full,

    NotWritable,

    /// <summary>Nobody answers, or the connection broke: also in the middle of a commit, whose outcome is unknown then.</summary>
    Unreachable,

    /// <summary>Wrong password, or a right that the user lacks.</summary>
    Denied,

    /// <summary>The server's certificate is not trusted, or is another host's.</summary>
    NotTrusted,

    /// <summary>The server has no such database.</summary>
    NoDatabase,

    /// <summary>Tables or columns are missing.</summary>
    NoSchema,

    /// <summary>The file is no database.</summary>
    Unreadable,

    /// <summary>A text is longer than its column.</summary>
    TooLong,
}

/// <summary>What a unit of work is for.</summary>
public enum Purpose
{
    Write,

    /// <summary>All that is read is as of one moment.</summary>
    Read,

    /// <summary>A page of a list, which one statement reads: asked for again and again, by few texts that touch few rows. A database may keep their plans, and be told neither beginning nor end.</summary>
    Page,
}

/// <summary>The list of what truly differs between the databases. Every new member needs a line in docs/storage.md.</summary>
public abstract class Dialect
{
    private const string NoFault = "select null as fault";

    private const string NoKind = "it is none of sqlite:PATH, postgresql:CONNECTION STRING and sqlserver:CONNECTION STRING";

    /// <summary>Reads a full name such as <c>sqlite:PATH</c> or <c>postgresql:CONNECTION STRING</c>. Refusals: <c>database_malformed</c>.</summary>
    public static Outcome<Dialect> Of(string database)
    {
        var (kind, rest) = database.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? (database[..colon], database[(colon + 1)..]) : ("", "");
        try
        {
            return kind switch
            {
                "sqlite" when rest.Length > 0 => new Sqlite(Path.GetFullPath(rest)),
                "postgresql" => new PostgreSql(rest),
                "sqlserver" when CultureInfo.GetCultureInfo("en-US").IetfLanguageTag.Length > 0 => new SqlServer(rest),
                _ when File.Exists(database) => Malformed(NoKind) with { Help = $"For that file write --db sqlite:{database}" },
                _ => Malformed(NoKind),
            };
        }
        catch (CultureNotFoundException)
        {
            return Refusal.Usage("culture_data_missing", "SQL Server's driver needs culture data, and this process runs without.") with { Help = "Install ICU (Debian: libicu72) and do not set DOTNET_SYSTEM_GLOBALIZATION_INVARIANT." };
        }
        catch (ArgumentException fault)
        {
            return Malformed(fault.Message);
        }
    }

    /// <summary>The name before the colon in <c>--db</c>, also the suffix of forced migrations.</summary>
    public abstract string Name { get; }

    /// <summary>Where the database is, for people: without user and password.</summary>
    public abstract string Place { get; }

    /// <summary>True where one process writes at a time, which the engine lock sees to.</summary>
    public abstract bool HasOneWriter { get; }

    /// <summary>How this database spells the type words of the migrations.</summary>
    public abstract IReadOnlyDictionary<string, string> TypeWords { get; }

    /// <summary>The rows of an array parameter, to stand behind <c>in</c>; the parameter comes from <see cref="Array"/>.</summary>
    public abstract string AnyOf(string parameter);

    /// <summary>A list of ids or words as the value of an array parameter.</summary>
    public abstract SqlMapper.ICustomQueryParameter Array<T>(IEnumerable<T> values);

    /// <summary>The rows (id, amount) of a pairs parameter, to stand behind <c>from</c>; the parameter comes from <see cref="Pairs(IEnumerable{KeyValuePair{long, long}})"/>.</summary>
    public abstract string PairsOf(string parameter);

    /// <summary>Ids with an amount each as the value of a pairs parameter.</summary>
    public abstract SqlMapper.ICustomQueryParameter Pairs(IEnumerable<KeyValuePair<long, long>> pairs);

    /// <summary>At most so many rows; stands at the end of a select that is ordered.</summary>
    public abstract string Limit(string count);

    /// <summary>The database's own clock, so many seconds from now: leases are measured by it alone.</summary>
    public abstract string Clock(string plusSeconds);

    /// <summary>One statement that takes at most <c>@count</c> outbox shards that are free, for <c>@owner</c>, and gives them; passes over those that another is taking.</summary>
    public abstract string TakeFreeShards { get; }

    /// <summary>One row that says what of the operator's set-up is missing, or null: options that migrations may not touch.</summary>
    public virtual string SetUpFault => NoFault;

    public abstract DbConnection Connect(Purpose purpose);

    /// <summary>Closes the connections that are kept for later.</summary>
    public abstract void Release();

    /// <summary>Begins a transaction: one that may write waits for the writer's turn where there is only one.</summary>
    public abstract Task<DbTransaction> Begin(DbConnection connection, Purpose purpose, CancellationToken stop);

    /// <summary>Inserts rows prepared and in bulk. Cells are long, string, byte[], DateOnly, DateTimeOffset or null.</summary>
    public abstract Task BulkInsert(DbTransaction transaction, BulkTarget target, IEnumerable<object?[]> rows, CancellationToken stop);

    public abstract Trouble TroubleOf(Exception failure);

    /// <summary>Names of the migrations that the database has had, in order; empty before the first.</summary>
    public abstract Task<IReadOnlyList<string>> Applied(CancellationToken stop);

    /// <summary>Applies the migrations that are missing; of several hosts that do so at once, one works and the others wait.</summary>
    public abstract Task Migrate(CancellationToken stop);

    private static Refusal Malformed(string why) => Refusal.Usage("database_malformed", $"--db cannot be used: {why}.") with { Help = "docs/operating.md shows one of each kind." };
}

/// <summary>A table and the columns that a bulk insert fills, in the order of the cells.</summary>
public sealed record BulkTarget(string Table, params string[] Columns);
