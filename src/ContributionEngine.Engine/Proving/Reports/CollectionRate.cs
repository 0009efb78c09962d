using ContributionEngine.Core;

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
