using System.Data.Common;
using ContributionEngine.Core;
using ContributionEngine.Testing;
using Dapper;

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
    public void A_file_that_is_named_without_its_kind_is_told_how_to_name_it()
    {
        using var place = new Workplace();
        place.Write("work.db", "");
        var refusal = Dialect.Of(place.PathOf("work.db")).Refusal!;
        Assert.That((refusal.Code, refusal.Help), Is.EqualTo(("database_malformed", $"For that file write --db sqlite:{place.PathOf("work.db")}")));
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

    [Test]
    public async Task A_statement_that_is_being_read_serves_nobody_else()
    {
        await using var store = await Open();
        await using (var connection = store.Database.Dialect.Connect(Purpose.Read))
        {
            await connection.OpenAsync();
            await using var first = await Read(connection);
            _ = await first.ReadAsync();
            await using (var second = await Read(connection)) Assert.That(await Values(second), Is.EqualTo(new[] { 1L, 2, 3 }));
            Assert.That(await Values(first), Is.EqualTo(new[] { 2L, 3 }));
        }

        await using var again = store.Database.Dialect.Connect(Purpose.Read);
        await again.OpenAsync();
        await using var kept = await Read(again);
        Assert.That(await Values(kept), Is.EqualTo(new[] { 1L, 2, 3 }), "a statement that was read before begins anew");

        static Task<DbDataReader> Read(DbConnection connection) => connection.ExecuteReaderAsync("select value from json_each(@values)", new { values = "[1, 2, 3]" });

        static async Task<List<long>> Values(DbDataReader reader)
        {
            var values = new List<long>();
            while (await reader.ReadAsync()) values.Add(reader.GetInt64(0));
            return values;
        }
    }

    [Test]
    public async Task More_statements_than_are_kept_are_read_all_the_same()
    {
        await using var store = await Open();
        var numbers = Enumerable.Range(0, 450).Select(i => (long)i).ToList();
        for (var again = 0; again < 2; again++)
        {
            await using var connection = store.Database.Dialect.Connect(Purpose.Read);
            await connection.OpenAsync();
            var read = new List<long>();
            foreach (var number in numbers) read.Add(await connection.QuerySingleAsync<long>($"select {number}"));
            Assert.That(read, Is.EqualTo(numbers));
        }
    }

    [Test]
    public async Task A_transaction_that_was_left_open_is_nobody_elses()
    {
        using var place = new Workplace();
        await using var database = new Database(new Sqlite(place.Database), TimeProvider.System);
        _ = (await Schema.Ready(database.Dialect, CancellationToken.None)).Value;
        await using (var left = database.Dialect.Connect(Purpose.Read))
        {
            await left.OpenAsync();
            _ = await left.ExecuteAsync("begin immediate");
        }

        await database.Write(new Actor("os:operator"), work => work.Audit.Record(Audit.Administration, "first", "x", "{}"), CancellationToken.None);
        Assert.That(StoredFacts.Dump(place.Database), Does.Contain("first"), "what was left open was rolled back, and its lock with it");
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
