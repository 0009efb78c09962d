using ContributionEngine.Core;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ContributionEngine.Storage;

/// <summary>Which migrations a database has had, against those that this program knows.</summary>
/// <param name="Applied">Names in the order in which they ran.</param>
/// <param name="Missing">Names that this program knows and the database has not had.</param>
/// <param name="Unknown">Names that only a newer program knows.</param>
public sealed record Schema(IReadOnlyList<string> Applied, IReadOnlyList<string> Missing, IReadOnlyList<string> Unknown)
{
    private const int NotADatabase = 26;
    private const int CannotOpen = 14;

    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int IoError = 10;
    private const int Full = 13;

    private static readonly Sql HasJournal = "select count(*) from sqlite_master where name = 'SchemaVersions'";
    private static readonly Sql Journal = "select ScriptName from SchemaVersions order by SchemaVersionID";

    /// <summary>What is wrong outside the program when a database call fails, or null when the failure is a bug. Decided by number.</summary>
    public static Refusal? Outage(Exception failure) => (failure as SqliteException)?.SqliteErrorCode switch
    {
        Full => new Refusal(RefusalKind.OutsideDown, "disk_full", "The disk is full; nothing of this step was written.") with { Help = "Make room, then run the command again." },
        IoError or ReadOnly => new Refusal(RefusalKind.OutsideDown, "database_not_writable", failure.Message) with { Help = "Check the folder of the database and its rights." },
        Busy => Refusal.Conflict("database_in_use", "Another process is writing to the database.") with { Help = "Wait until it has ended, then run the command again." },
        NotADatabase => Refusal.Usage("database_unreadable", "The file is no database of this program, or is damaged."),
        _ => null,
    };

    /// <summary>Reads the schema's state; a file that is no database is refused with code <c>database_unreadable</c>.</summary>
    public static async Task<Outcome<Schema>> Of(Sqlite dialect, CancellationToken stop)
    {
        try
        {
            await using var connection = dialect.Connect();
            await connection.OpenAsync(stop);
            IReadOnlyList<string> applied = await connection.QuerySingleAsync<long>(HasJournal.For(dialect)) == 0
                ? []
                : (await connection.QueryAsync<string>(Journal.For(dialect))).AsList();
            var known = Migrations.For(dialect).Select(script => script.Name).ToList();
            return new Schema(applied, [.. known.Except(applied)], [.. applied.Except(known)]);
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode is NotADatabase or CannotOpen)
        {
            return Refusal.Usage("database_unreadable", $"{dialect.Path} cannot be opened as a database of this program.") with
            {
                Help = "Name another file with --db sqlite:PATH, or check that the folder exists and may be written.",
            };
        }
    }

    /// <summary>Brings the schema up to this program; a newer one is refused with code <c>schema_newer</c>.</summary>
    public static async Task<Outcome<Schema>> Ready(Sqlite dialect, CancellationToken stop)
    {
        if (!(await Of(dialect, stop)).Ok(out var schema, out var refusal)) return refusal;
        if (schema.Unknown.Count > 0)
        {
            return Refusal.Usage("schema_newer", $"{dialect.Path} was written by a newer program: it has had {schema.Unknown[^1]}.") with
            {
                Help = "Use the newer program, or another database.",
            };
        }

        if (schema.Missing.Count > 0) await dialect.Migrate(stop);
        return await Of(dialect, stop);
    }
}
