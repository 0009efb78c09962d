using System.Globalization;
using ContributionEngine.Core;
using ContributionEngine.Files;

namespace ContributionEngine.Engine;

/// <summary>Bank money of a month that was placed in one way.</summary>
/// <param name="Month">As <c>yyyy-MM</c>.</param>
/// <param name="Way">One of <see cref="MatchQuality.Ways"/>.</param>
/// <param name="Percent">Of the month's value in this currency; with one decimal, cut.</param>
public sealed record PlacedMonth(string Month, string Way, long Entries, Money Amount, Ratio? Percent);

/// <summary>How the money of bank entries found its place, by the month in which it was booked.</summary>
/// <param name="Since">The first day that is looked at.</param>
/// <param name="Months">By month and currency a row for each way, the oldest month first.</param>
public sealed record MatchQuality(DateOnly Since, DateOnly Day, IReadOnlyList<PlacedMonth> Months) : Report(Day)
{
    /// <summary>How many months are looked at, with the one of the day.</summary>
    public const int MonthsMax = 6;

    /// <summary>By the matching alone, by a person who accepted what it proposed, by a person's own hand, said to be no money of ours, and open.</summary>
    public static readonly string[] Ways = ["automatic", "suggestion", "by_hand", "not_ours", "unmatched"];

    public override ReportTable Table => ReportTable.Of(Months,
        ("month", row => row.Month), ("currency", row => row.Amount.Currency.Code), ("way", row => row.Way), ("entries", row => row.Entries), ("amount", row => row.Amount), ("percent", row => row.Percent));

    public override ReportFigure Draw(Phrases phrases)
    {
        var text = new ChartText(Reports.MatchQuality, phrases.Say("reports.match-quality.title"));
        var finding = Months.Count == 0 ? phrases.Say("reports.match-quality.none", Since) : phrases.Say("reports.match-quality.some", [Since, .. Ways.Select(way => phrases.Sums(Months.Where(row => row.Way == way).Select(row => row.Amount)))]);
        var stacks = Months.GroupBy(row => (row.Month, row.Amount.Currency)).TakeLast(ChartRowsMax).Select(month => new Stack(phrases.Month(month.Key.Month), Value(phrases, month), [.. month.Select(row => row.Amount.Minor)]));
        return new ReportFigure(text.Title, finding, new StackedChart(text, [.. Ways.Select(way => phrases.Word("reports.way", way))], [.. stacks]).Svg());
    }

    private static string Value(Phrases phrases, IEnumerable<PlacedMonth> month) => $"{phrases.Sums(month.Select(row => row.Amount))} · {phrases.Say("reports.match-quality.automatic", phrases.Percent(month.First().Percent))}";

    internal static async Task<MatchQuality> Of(AskedAgreements asked)
    {
        var day = asked.Today.Day;
        var since = new DateOnly(day.Year, day.Month, 1).AddMonths(1 - MonthsMax);
        var rows = await asked.Work.PlacedEntries.Of(asked.All.Select(one => one.Agreement.Id), (since, day), asked.IsAll);
        return new MatchQuality(since, day,
        [
            .. from row in rows
               group row by (Month: row.BookedOn.ToString("yyyy-MM", CultureInfo.InvariantCulture), row.Currency) into month
               orderby month.Key
               let whole = month.Sum(row => row.Amount)
               from way in Ways
               let placed = month.Where(row => row.Way == way).ToList()
               let amount = placed.Sum(row => row.Amount)
               select new PlacedMonth(month.Key.Month, way, placed.Sum(row => row.Entries), new Money(amount, Currency.Of(month.Key.Currency).Value), Shares.Percent(amount, whole)),
        ]);
    }
}
