using ContributionEngine.Core;
using ContributionEngine.Files;

namespace ContributionEngine.Engine;

/// <summary>A season of an agreement, or a period where it has none: what its plan expected by the day, and what of it is paid.</summary>
public sealed record CollectedSeason(string Agreement, string Organisation, SeasonSpan Season, Money Due, Money Paid)
{
    /// <summary>With one decimal, cut.</summary>
    public Ratio? Percent => Shares.Percent(Paid.Minor, Due.Minor);
}

/// <summary>Paid out of due by season: what the plan expected, whatever a sheet said.</summary>
/// <param name="Seasons">By agreement, the newest ones of which something was due; the oldest first.</param>
public sealed record CollectionRate(DateOnly Day, int TargetPercent, IReadOnlyList<CollectedSeason> Seasons) : Report(Day)
{
    /// <summary>How many seasons of an agreement are shown.</summary>
    public const int SeasonsMax = 6;

    public override ReportTable Table => ReportTable.Of(Seasons,
        ("agreement", row => row.Agreement), ("organisation", row => row.Organisation), ("season", row => row.Season.Name), ("from", row => row.Season.From), ("to", row => row.Season.To),
        ("currency", row => row.Due.Currency.Code), ("due", row => row.Due), ("paid", row => row.Paid), ("percent", row => row.Percent));

    public override ReportFigure Draw(Phrases phrases)
    {
        var text = new ChartText(Reports.CollectionRate, phrases.Say("reports.collection-rate.title"));
        var isOne = Seasons.Select(row => row.Agreement).Distinct().Count() <= 1;
        var shown = isOne ? Seasons : [.. Newest.OrderBy(row => Tenths(row)).Take(ChartRowsMax)];
        return new ReportFigure(text.Title, Finding(phrases, isOne), new BarChart(text, [.. shown.Select(row => new Bar(isOne ? phrases.Month(row.Season.Name) : $"{row.Agreement} {row.Organisation}", $"{phrases.Percent(row.Percent)} · {phrases.Amount(row.Paid)}", Tenths(row)))])
        {
            Full = Shares.Whole, Target = (TargetPercent * Shares.TenthsOfPercent, phrases.Say("reports.collection-rate.target", TargetPercent)),
        }.Svg());
    }

    private List<CollectedSeason> Newest => [.. Seasons.GroupBy(row => row.Agreement).Select(rows => rows.Last())];

    private string Finding(Phrases phrases, bool isOne)
    {
        if (Seasons.Count == 0) return phrases.Say("reports.collection-rate.none", Day);
        if (!isOne) return phrases.Say("reports.collection-rate.all", (long)Newest.Count(row => !Reaches(row)), (long)Newest.Count, TargetPercent);
        var last = Seasons[^1];
        return phrases.Say(Reaches(last) ? "reports.collection-rate.reached" : "reports.collection-rate.below", phrases.Month(last.Season.Name), phrases.Percent(last.Percent), last.Due, last.Paid, TargetPercent);
    }

    private bool Reaches(CollectedSeason row) => Tenths(row) >= TargetPercent * Shares.TenthsOfPercent;

    private static long Tenths(CollectedSeason row) => Shares.Tenths(row.Paid.Minor, row.Due.Minor);

    internal static async Task<CollectionRate> Of(AskedAgreements asked, int target)
    {
        var seasons = new List<CollectedSeason>();
        foreach (var (agreement, spans) in await PlannedSpans.Of(asked))
        {
            seasons.AddRange(spans.Where(span => span.Due > 0).TakeLast(SeasonsMax).Select(span => new CollectedSeason(
                agreement.Number, agreement.Agreement.Organisation.Name, span.Season, new Money(span.Due, agreement.Currency), new Money(span.Paid, agreement.Currency))));
        }

        return new CollectionRate(asked.Today.Day, target, seasons);
    }
}
