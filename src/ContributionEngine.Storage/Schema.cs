using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Which migrations a database has had, against those that this program knows.</summary>
/// <param name="Applied">Names in the order in which they ran.</param>
/// <param name="Missing">Names that this program knows and the database has not had.</param>
/// <param name="Unknown">Names that only a newer program knows.</param>
public sealed record Schema(IReadOnlyList<string> Applied, IReadOnlyList<string> Missing, IReadOnlyList<string> Unknown)
{
    /// <summary>What is wrong outside the program when a database call fails, or null when the failure is a bug.</summary>
    public static Refusal? Outage(Dialect dialect, Exception failure) => dialect.TroubleOf(failure) switch
    {
        Trouble.Full => Down("disk_full", "The disk is full; nothing of this step was written.", "Make room, then run the command again."),
        Trouble.NotWritable => Down("database_not_writable", $"{dialect.Place}: {failure.Message}", "Check the folder of the database and its rights; a server may be a replica that only reads."),
        Trouble.Unreachable => Down("database_unreachable", $"{dialect.Place} does not answer: {failure.Message}", "Check address, port and network, then run the command again: what was done already is not done twice."),
        Trouble.RunAgain => Down("database_busy", $"{dialect.Place}: other work came first again and again.", "Run the command again."),
        Trouble.Locked => Refusal.Conflict("agreement_busy", "Another process works on the same agreement.") with { Help = "Run the command again in a minute." },
        Trouble.InUse => Refusal.Conflict("database_in_use", "Another process is writing to the database.") with { Help = "Wait until it has ended, then run the command again." },
        Trouble.Denied => Refusal.Usage("database_denied", $"{dialect.Place} refuses this user: {failure.Message}") with { Help = "Check user and password in --db, and the rights that docs/production.md lists." },
        Trouble.NotTrusted => Refusal.Usage("database_not_trusted", $"{dialect.Place}: its TLS certificate is not trusted: {failure.InnerException?.Message ?? failure.Message}") with { Help = "Name the host as its certificate does, and trust the authority that signed it." },
        Trouble.NoDatabase => Refusal.Usage("database_missing", $"There is no {dialect.Place}.") with { Help = "Create it first; deploy/ has a set-up script." },
        Trouble.NoSchema => Refusal.Usage("schema_missing", $"{dialect.Place} lacks a table or column of this program.") with { Help = "Bring it up with 'contribution-engine db migrate'." },
        Trouble.TooLong => Refusal.Input("value_too_long", failure.Message) with { Help = "Shorten the value; nothing of this step was written." },
        Trouble.Unreadable => Refusal.Usage("database_unreadable", $"{dialect.Place} cannot be opened as a database of this program.") with { Help = "Name another file with --db sqlite:PATH, or check that the folder exists and may be written." },
        _ => failure is BusyException ? Refusal.Conflict("agreement_busy", failure.Message) with { Help = "Run the command again in a minute." } : null,
    };

    /// <summary>Reads the schema's state; what stands in the way of reading it is a refusal.</summary>
    public static async Task<Outcome<Schema>> Of(Dialect dialect, CancellationToken stop)
    {
        try
        {
            var applied = await dialect.Applied(stop);
            var known = Migrations.For(dialect).Select(script => script.Name).ToList();
            return new Schema(applied, [.. known.Except(applied)], [.. applied.Except(known)]);
        }
        catch (Exception fault) when (Outage(dialect, fault) is { } refusal)
        {
            return refusal;
        }
    }

    /// <summary>Brings the schema up to this program; a newer one is refused with code <c>schema_newer</c>.</summary>
    public static async Task<Outcome<Schema>> Ready(Dialect dialect, CancellationToken stop)
    {
        if (!(await Of(dialect, stop)).Ok(out var schema, out var refusal)) return refusal;
        if (schema.Newer(dialect) is { } newer) return newer;
        if (schema.Missing.Count > 0) await dialect.Migrate(stop);
        return await Of(dialect, stop);
    }

    /// <summary>The refusal of a database that has had a migration of a newer program, or null.</summary>
    public Refusal? Newer(Dialect dialect) => Unknown.Count == 0 ? null : Refusal.Usage("schema_newer", $"{dialect.Place} was written by a newer program: it has had {Unknown[^1]}.") with
    {
        Help = "Use the newer program, or another database.",
    };

    private static Refusal Down(string code, string sentence, string help) => new(RefusalKind.OutsideDown, code, sentence) { Help = help };
}
