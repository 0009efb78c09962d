using System.Data.Common;
using System.Globalization;
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
    public async Task A_column_that_is_of_another_kind_each_time_is_read_as_what_it_is()
    {
        await using var store = await Open();
        await using var connection = store.Database.Dialect.Connect(Purpose.Read);
        await connection.OpenAsync();
        object?[] values = [1L, "one", null, 0.5, 2L, null, new byte[] { 1, 2 }];
        var read = new List<(object?, bool)>();
        foreach (var value in values)
        {
            await using var rows = await connection.ExecuteReaderAsync("select @value as value", new { value });
            _ = await rows.ReadAsync();
            read.Add((await rows.IsDBNullAsync(0) ? null : rows["value"], value is null || rows.GetFieldType(0) == value.GetType()));
        }

        Assert.That(read, Is.EqualTo(values.Select(value => (value, true))));
    }

    [Test]
    public async Task The_second_result_of_a_statement_has_columns_of_its_own()
    {
        await using var store = await Open();
        await using var connection = store.Database.Dialect.Connect(Purpose.Read);
        await connection.OpenAsync();
        for (var again = 0; again < 2; again++)
        {
            await using var rows = await connection.ExecuteReaderAsync("select 1 as one; select 'x' as two");
            List<(string, Type)> columns = [(rows.GetName(0), rows.GetFieldType(0))];
            Assert.That(await rows.NextResultAsync(), Is.True);
            columns.Add((rows.GetName(0), rows.GetFieldType(0)));
            Assert.That(columns, Is.EqualTo(new[] { ("one", typeof(long)), ("two", typeof(string)) }));
        }
    }

    [Test]
    public void Days_and_instants_are_spelled_as_they_are_read()
    {
        var random = new Random(7);
        var instants = Enumerable.Range(0, 1_000).Select(_ => new DateTimeOffset(random.NextInt64(DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero)).Append(DateTimeOffset.MinValue).Append(DateTimeOffset.MaxValue).Append(new DateTimeOffset(2026, 3, 1, 0, 30, 0, TimeSpan.FromHours(-6))).ToList();
        Assert.That(instants.Select(Values.Text), Is.EqualTo(instants.Select(at => at.UtcDateTime.ToString(Values.InstantFormat, CultureInfo.InvariantCulture))));
        Assert.That(instants.Select(at => Values.Instant(Values.Text(at)).UtcDateTime), Is.EqualTo(instants.Select(Values.Kept)));
        var days = instants.Select(at => DateOnly.FromDateTime(at.UtcDateTime)).ToList();
        Assert.That(days.Select(Values.Text), Is.EqualTo(days.Select(day => day.ToString(Values.DateFormat, CultureInfo.InvariantCulture))));
        Assert.That(days.Select(day => Values.Day(Values.Text(day))), Is.EqualTo(days));
    }

    [TestCase("2026-1-011")]
    [TestCase("2026/01/01")]
    [TestCase("2026-02-30")]
    [TestCase("2026-01-01T")]
    [TestCase("+026-01-01")]
    public void What_is_no_day_is_not_read_as_one(string text) => Assert.That(() => Values.Day(text), Throws.InstanceOf<FormatException>().Or.InstanceOf<ArgumentOutOfRangeException>());

    [TestCase("2026-01-01T00:00:00.000000")]
    [TestCase("2026-01-01T00:00:00.000000+")]
    [TestCase("2026-01-01T25:00:00.000000Z")]
    [TestCase("2026-01-01 00:00:00.000000Z")]
    public void What_is_no_instant_is_not_read_as_one(string text) => Assert.That(() => Values.Instant(text), Throws.InstanceOf<FormatException>());

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
