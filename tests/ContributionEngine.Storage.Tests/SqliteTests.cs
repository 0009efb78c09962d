using ContributionEngine.Core;
using ContributionEngine.Testing;

namespace ContributionEngine.Storage.Tests;

/// <summary>The contract over SQLite, and what only the embedded default has: triggers that guard facts, and one writer.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SqliteTests : StorageSuite
{
    [TestCase("allocation", "amount")]
    [TestCase("reduction", "amount")]
    [TestCase("posting", "debit")]
    [TestCase("journal_entry", "source")]
    [TestCase("audit_event", "document")]
    [TestCase("upload_content", "body")]
    [TestCase("remittance_content", "body")]
    [TestCase("acknowledgement", "outcome")]
    [TestCase("basis", "document")]
    [TestCase("receipt", "amount")]
    [TestCase("obligation", "amount")]
    [TestCase("remittance_line", "amount")]
    [TestCase("remittance", "total")]
    [TestCase("collection_fee", "amount")]
    [TestCase("collection_fee_payment", "amount")]
    public async Task A_fact_is_guarded_against_change(string table, string column)
    {
        using var place = new Workplace();
        _ = (await Schema.Ready(new Sqlite(place.Database), CancellationToken.None)).Value;
        var guards = StoredFacts.Guards(place.Database, table);
        Assert.That(guards.Any(guard => guard.Contains("before update", StringComparison.Ordinal) && (guard.Contains($"update on {table}", StringComparison.Ordinal) || guard.Contains($" {column}", StringComparison.Ordinal))), Is.True, string.Join("\n", guards));
    }

    [Test]
    public async Task An_audit_event_can_neither_be_changed_nor_deleted()
    {
        using var place = new Workplace();
        await using var database = new Database(new Sqlite(place.Database), TimeProvider.System);
        _ = (await Schema.Ready(database.Dialect, CancellationToken.None)).Value;
        await database.Write(new Actor("os:operator"), work => work.Audit.Record(Audit.Administration, "first", "x", "{}"), CancellationToken.None);
        Assert.That(() => StoredFacts.Attempt(place.Database, "update audit_event set actor = 'x'"), Throws.Exception.With.Message.Contains("is a fact"));
        Assert.That(() => StoredFacts.Attempt(place.Database, "delete from audit_event"), Throws.Exception.With.Message.Contains("is a fact"));
    }

    [Test]
    public async Task A_file_that_is_no_database_is_refused()
    {
        using var place = new Workplace();
        place.Write("work.db", "this is a letter to the fund, and no database at all, however long it may become");
        Assert.That((await Schema.Of(new Sqlite(place.Database), CancellationToken.None)).Refusal!.Code, Is.EqualTo("database_unreadable"));
    }

    [Test]
    public async Task A_second_writer_is_told_who_holds_the_database()
    {
        using var place = new Workplace();
        using var held = (await EngineLock.Take(place.Database, TimeProvider.System, CancellationToken.None)).Value;
        var clock = new LeapingClock();
        var refusal = (await EngineLock.Take(place.Database, clock, CancellationToken.None)).Refusal!;
        Assert.That((refusal.Code, refusal.Detail.Contains($"process {Environment.ProcessId}", StringComparison.Ordinal)), Is.EqualTo(("database_in_use", true)));
    }

    protected override Task<EmptyStore> Empty()
    {
        var place = new Workplace();
        return Task.FromResult(new EmptyStore(new Database(new Sqlite(place.Database), TimeProvider.System), place));
    }

    /// <summary>Each look at the clock is an hour later, so that patience ends at once.</summary>
    private sealed class LeapingClock : TimeProvider
    {
        private long hours;

        public override long GetTimestamp() => Interlocked.Increment(ref hours) * 3600 * TimestampFrequency;
    }
}
