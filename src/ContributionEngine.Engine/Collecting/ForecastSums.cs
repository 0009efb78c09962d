using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What of a file would go, period by period: where a period goes whole or not at all, other members may hold it back.</summary>
internal sealed class ForecastSums(bool goesWhole)
{
    private readonly Dictionary<Period, (long Lines, long Total)> going = [];
    private readonly Dictionary<Period, HashSet<long>> lackedBefore = [];
    private readonly HashSet<Period> lack = [];

    /// <summary>Of some members: the parts that would go, what lacked money at the cut-off before the file, and what lacks it still.</summary>
    public void Add(IReadOnlyCollection<AllocatedPart> parts, IEnumerable<OpenObligation> before, WholePeriods after)
    {
        foreach (var period in parts.GroupBy(part => part.Obligation.Period))
        {
            var lines = period.Select(part => (part.Obligation.Enrolment, part.Obligation.Component, part.Obligation.Class)).Distinct().LongCount();
            var (known, total) = going.GetValueOrDefault(period.Key);
            going[period.Key] = (known + lines, total + period.Sum(part => part.Minor));
        }

        if (!goesWhole) return;
        lack.UnionWith(after.Lacking);
        foreach (var open in before.Where(open => open is { Class: ObligationClass.Principal, Outstanding: > 0 }))
        {
            if (!lackedBefore.TryGetValue(open.Period, out var members)) lackedBefore[open.Period] = members = [];
            members.Add(open.Enrolment);
        }
    }

    /// <summary>Lines and minor units, without the periods that somebody still holds back.</summary>
    public async Task<(long Lines, long Total)> Sum(Work work, StoredAgreement agreement, DateOnly cutoff)
    {
        var lacking = goesWhole ? (await work.Batches.Short(agreement.Id, cutoff)).ToDictionary(period => period.Period, period => period.Members) : [];
        var goes = going.Where(period => !lacking.TryGetValue(period.Key.ToString(), out var members) || !IsHeld(period.Key, members)).ToList();
        return (goes.Sum(period => period.Value.Lines), goes.Sum(period => period.Value.Total));
    }

    // By somebody in the file, or by one of the members who are not in it.
    private bool IsHeld(Period period, long members) => lack.Contains(period) || members > (lackedBefore.GetValueOrDefault(period)?.Count ?? 0);
}
