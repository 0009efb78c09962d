using System.Diagnostics;
using System.Globalization;
using ContributionEngine.Core;
using DuckDB.NET.Data;

namespace ContributionEngine.Benchmarks;

/// <summary>
/// All passes of the matching over bank entries and open remittances in memory, against DuckDB joining the same sets, loaded before, on
/// reference, and then the rest on amount and date. Most entries carry a reference, some none, and a few belong to nobody.
/// </summary>
internal static class MatchPace
{
    private const int Entries = 10_000;
    private const int Remittances = 100_000;
    private const int Rounds = 40;
    private const double Floor = 0.3;
    private const int WithoutReference = 10;
    private const int Nobodys = 100;

    private static readonly DateOnly First = new(2026, 1, 5);

    private const string Join = """
        with exact as (select m.entry, r.id from money m join remittance r on r.reference = m.reference),
             near as (select m.entry, r.id from money m join remittance r on r.account = m.account and r.open = m.amount and m.booked_on between r.first and r.last
                       where m.entry not in (select entry from exact) and r.id not in (select id from exact))
        select count(*), coalesce(sum(entry), 0), coalesce(sum(id), 0) from (select * from exact union all select * from near)
        """;

    public static async IAsyncEnumerable<Measured> Run()
    {
        var (money, remittances) = (Money(), Open());
        await using var duck = new DuckDBConnection("DataSource=:memory:");
        await duck.OpenAsync();
        Load(duck, money, remittances);

        var (core, joined) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            var (took, matched) = Core(money, remittances);
            var (other, same) = await Joined(duck);
            if (matched != same) throw new InvalidOperationException($"Core matched {matched}, DuckDB {same}.");
            (core, joined) = (took < core ? took : core, other < joined ? other : joined);
        }

        yield return new Measured(
            $"matching, {Entries:N0} bank entries against {Remittances:N0} open remittances in Core against DuckDB joining them",
            $"Core {core.TotalMilliseconds:0.0} ms, DuckDB {joined.TotalMilliseconds:0.0} ms, best of {Rounds}",
            joined / core, Bound.AtLeast(Floor, "of DuckDB's pace"));
    }

    private static IReadOnlyList<OpenRemittance> Open() =>
    [
        .. Enumerable.Range(1, Remittances).Select(i => new OpenRemittance
        {
            Id = i, Agreement = i / 12, Reference = CreditorReference.Of(i), Currency = "CRC", Payable = 100_000 + (i * 7L), Accounts = [1 + (i % 3)],
            From = First.AddDays(i % 60), Until = First.AddDays((i % 60) + 7), Names = ["Coopetarrazú R.L.", "Caja Costarricense de Seguro Social"],
        }),
    ];

    private static IReadOnlyList<BankMoney> Money() =>
    [
        .. Enumerable.Range(1, Entries).Select(i =>
        {
            var of = i * (Remittances / Entries);
            return new BankMoney
            {
                Entry = i, Account = 1 + (of % 3), Currency = "CRC", Minor = 100_000 + (of * 7L) + (i % Nobodys == 0 ? 1 : 0), BookedOn = First.AddDays((of % 60) + 3),
                Texts = i % WithoutReference == 0 ? [] : [CreditorReference.Of(of)],
            };
        }),
    ];

    private static (TimeSpan Took, string Matched) Core(IReadOnlyList<BankMoney> money, IReadOnlyList<OpenRemittance> remittances)
    {
        GC.Collect();
        var began = Stopwatch.GetTimestamp();
        var result = Matching.Of(new MatchingRules(), money, remittances);
        var took = Stopwatch.GetElapsedTime(began);
        var parts = result.Proposals.SelectMany(match => match.Parts).ToList();
        return (took, Told(parts.Count, parts.Sum(part => part.Money.Entry), parts.Sum(part => part.Remittance.Id)));
    }

    private static async Task<(TimeSpan Took, string Matched)> Joined(DuckDBConnection duck)
    {
        await using var command = duck.CreateCommand();
        command.CommandText = Join;
        var began = Stopwatch.GetTimestamp();
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        var matched = Told(Convert.ToInt64(row.GetValue(0), CultureInfo.InvariantCulture), Convert.ToInt64(row.GetValue(1).ToString(), CultureInfo.InvariantCulture), Convert.ToInt64(row.GetValue(2).ToString(), CultureInfo.InvariantCulture));
        return (Stopwatch.GetElapsedTime(began), matched);
    }

    private static string Told(long count, long entries, long remittances) => $"{count} pairs, of entries {entries} and remittances {remittances} in sum";

    private static void Load(DuckDBConnection duck, IReadOnlyList<BankMoney> money, IReadOnlyList<OpenRemittance> remittances)
    {
        using var command = duck.CreateCommand();
        command.CommandText = """
            create table money (entry bigint, account bigint, amount bigint, booked_on integer, reference varchar);
            create table remittance (id bigint, account bigint, open bigint, first integer, last integer, reference varchar);
            """;
        command.ExecuteNonQuery();
        using (var rows = duck.CreateAppender("money"))
        {
            foreach (var item in money)
            {
                var row = rows.CreateRow().AppendValue(item.Entry).AppendValue(item.Account).AppendValue(item.Minor).AppendValue(item.BookedOn.DayNumber);
                (item.Texts.Count > 0 ? row.AppendValue(item.Texts[0]) : row.AppendNullValue()).EndRow();
            }
        }

        using var open = duck.CreateAppender("remittance");
        foreach (var item in remittances) open.CreateRow().AppendValue(item.Id).AppendValue(item.Accounts[0]).AppendValue(item.Outstanding).AppendValue(item.From.DayNumber).AppendValue(item.Until.DayNumber).AppendValue(item.Reference).EndRow();
    }
}
