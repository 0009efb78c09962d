using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A period whose sheet was not sent by the day on which it was due.</summary>
/// <param name="Expected">By the plan, whatever a sheet said.</param>
/// <param name="DaysLate">Until it was sent, or until the day asked for.</param>
public sealed record OverdueSheet(string Period, string Agreement, string Organisation, Money Expected, DateOnly DueOn, long DaysLate)
{
    /// <summary>not_sent, waiting (a sheet of the agreement is there and not sent) or sent_late.</summary>
    public required string State { get; init; }

    public DateOnly? SentOn { get; init; }
}

/// <summary>Sheets that are not sent though their day is over, and those that were sent after it.</summary>
/// <param name="Sheets">The one that was due first before the others.</param>
public sealed record SheetsLate(DateOnly Day, IReadOnlyList<OverdueSheet> Sheets) : Report(Day)
{
    public override ReportTable Table => ReportTable.Of(Sheets,
        ("period", row => row.Period), ("agreement", row => row.Agreement), ("organisation", row => row.Organisation), ("due_on", row => row.DueOn), ("days_late", row => row.DaysLate),
        ("state", row => row.State), ("sent_on", row => row.SentOn), ("currency", row => row.Expected.Currency.Code), ("expected", row => row.Expected));

    public override ReportFigure Draw(Phrases phrases)
    {
        var text = new ChartText(Reports.LateSheets, phrases.Say("reports.late-sheets.title"));
        var bars = Sheets.Take(ChartRowsMax).Select(row => new Bar($"{phrases.Month(row.Period)} {row.Agreement}", $"{phrases.Word("reports.sheet", row.State)} · {phrases.Say("reports.count_days", row.DaysLate)}", row.DaysLate));
        return new ReportFigure(text.Title, Finding(phrases), new BarChart(text, [.. bars]).Svg());
    }

    private string Finding(Phrases phrases)
    {
        if (Sheets.Count == 0) return phrases.Say("reports.late-sheets.none", Day);
        List<OverdueSheet> missing = [.. Sheets.Where(row => row.SentOn is null)];
        return missing.Count == 0
            ? phrases.Say("reports.late-sheets.sent", (long)Sheets.Count)
            : phrases.Say("reports.late-sheets.missing", (long)missing.Count, phrases.Sums(missing.Select(row => row.Expected)), missing[0].DueOn);
    }

    internal static async Task<SheetsLate> Of(AskedAgreements asked)
    {
        var found = new List<OverdueSheet>();
        foreach (var (at, agreements) in asked.ByMoment)
        {
            var byId = agreements.ToDictionary(one => one.Id);
            found.AddRange((await asked.Work.LateSheets.Of(byId.Keys, at.Day)).Select(row => Row(byId[row.AgreementId], row, at.Day)));
        }

        return new SheetsLate(asked.Today.Day, [.. found.OrderBy(row => row.DueOn).ThenBy(row => row.Agreement, StringComparer.Ordinal).ThenBy(row => row.Period, StringComparer.Ordinal)]);
    }

    private static OverdueSheet Row(StoredAgreement agreement, LateSheet late, DateOnly day) =>
        new(late.Period, agreement.Number, agreement.Agreement.Organisation.Name, new Money(late.Expected, agreement.Currency), late.DueOn, (late.SentOn ?? day).DayNumber - late.DueOn.DayNumber)
        {
            State = late.SentOn is not null ? "sent_late" : late.IsWaiting == 1 ? "waiting" : "not_sent", SentOn = late.SentOn,
        };
}
