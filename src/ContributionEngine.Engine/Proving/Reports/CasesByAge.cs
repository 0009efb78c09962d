using ContributionEngine.Core;
using ContributionEngine.Files;

namespace ContributionEngine.Engine;

/// <summary>Open cases of one reason.</summary>
/// <param name="Currency">Of their agreements; null: they belong to none.</param>
/// <param name="Amount">What they are about together; null when none of them is about an amount.</param>
/// <param name="MedianDays">Half of them are no older.</param>
public sealed record AgedCases(string Reason, string? Currency, long Count, Money? Amount, long MedianDays, long OldestDays);

/// <summary>What waits for a person, by reason.</summary>
/// <param name="Reasons">The most first.</param>
public sealed record CasesByAge(DateOnly Day, IReadOnlyList<AgedCases> Reasons) : Report(Day)
{
    public override ReportTable Table => ReportTable.Of(Reasons,
        ("reason", row => row.Reason), ("currency", row => row.Currency), ("count", row => row.Count), ("amount", row => row.Amount), ("median_days", row => row.MedianDays), ("oldest_days", row => row.OldestDays));

    public override ReportFigure Draw(Phrases phrases)
    {
        var text = new ChartText(Reports.Cases, phrases.Say("reports.cases.title"));
        var finding = Reasons.Count == 0 ? phrases.Say("reports.cases.none") : phrases.Say("reports.cases.some", Reasons.Sum(row => row.Count), phrases.Word("case", Reasons[0].Reason), Reasons[0].Count);
        return new ReportFigure(text.Title, finding, new BarChart(text, [.. Reasons.Take(ChartRowsMax).Select(row => new Bar(phrases.Word("case", row.Reason), Value(phrases, row), row.Count))]).Svg());
    }

    private static string Value(Phrases phrases, AgedCases row) =>
        phrases.Say("reports.cases.value", row.Count, row.Amount is { } amount ? phrases.Amount(amount) : "–", phrases.Say("reports.count_days", row.MedianDays));

    internal static async Task<CasesByAge> Of(AskedAgreements asked)
    {
        var day = asked.Today.Day;
        var rows = await asked.Work.OpenCases.Of(asked.All.Select(one => one.Agreement.Id), day, asked.IsAll);
        return new CasesByAge(day, [.. rows.Select(row => new AgedCases(row.Reason, row.Currency, row.Count, In(row.Currency, row.Amount), Days(row.Middle, day), Days(row.Oldest, day)))]);
    }

    private static Money? In(string? currency, long? amount) => currency is not null && amount is { } minor ? new Money(minor, Currency.Of(currency).Value) : null;

    private static long Days(DateOnly opened, DateOnly day) => day.DayNumber - opened.DayNumber;
}
