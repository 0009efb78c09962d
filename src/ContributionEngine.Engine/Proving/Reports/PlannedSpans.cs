using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A season, or a period where there is none, with the periods of the plan in it that have opened.</summary>
/// <param name="Due">By the day, in minor units.</param>
/// <param name="Paid">Of what was due, in minor units.</param>
internal sealed record PlannedSpan(SeasonSpan Season, IReadOnlyList<string> Periods, long Due, long Paid);

/// <summary>The plan of agreements by season.</summary>
internal static class PlannedSpans
{
    /// <summary>By agreement, in the order that was asked for; its spans the oldest first.</summary>
    public static async Task<IReadOnlyList<(StoredAgreement Agreement, IReadOnlyList<PlannedSpan> Spans)>> Of(AskedAgreements asked)
    {
        var periods = new List<CollectedOfPeriod>();
        foreach (var (at, agreements) in asked.ByMoment) periods.AddRange(await asked.Work.CollectedMoney.Of(agreements.Select(one => one.Id), at.Day));
        var byAgreement = periods.ToLookup(row => row.AgreementId);
        return [.. asked.All.Select(one => (one.Agreement, Of(one.Agreement.Agreement, byAgreement[one.Agreement.Id])))];
    }

    private static IReadOnlyList<PlannedSpan> Of(Agreement agreement, IEnumerable<CollectedOfPeriod> periods) =>
    [
        .. from row in periods
           let season = SeasonSpan.Of(agreement, Read(row))
           group (Row: row, Season: season) by (season.From, season.To, season.Name) into span
           orderby span.Key
           select new PlannedSpan(span.First().Season, [.. span.Select(one => one.Row.Period)], span.Sum(one => one.Row.Due), span.Sum(one => one.Row.Paid)),
    ];

    private static Period Read(CollectedOfPeriod row) => Period.TryParse(row.Period, out var month)
        ? month with { Months = (int)row.Months }
        : throw new InvalidOperationException($"«{row.Period}» is no period.");
}
