using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Writes what must change in a schedule, and books it.</summary>
internal static class ApplySchedule
{
    /// <returns>Ids of the obligations that were added, lowered or removed.</returns>
    public static async Task<IReadOnlyCollection<long>> To(Work work, StoredAgreement agreement, ScheduleDifference difference, AsOf asOf)
    {
        await work.Obligations.Replace(difference.Replaced);
        await FreeAllocations.Above(work, agreement, (difference.Reduced, difference.Compared), asOf);
        if (difference.Reduced.Count > 0) await work.Obligations.Reduce([.. difference.Reduced], "the schedule was worked out anew", asOf.Day);

        // By period, because files are paid by the month: what one chunk of receipts touches then lies together on disk.
        var bases = await work.Obligations.BasisIds(difference.Added.Select(item => item.Planned.Basis));
        var added = new List<long>(difference.Added.Count);
        await work.Obligations.Add(difference.Added.OrderBy(item => item.Planned.Period).Select(item => (agreement.Id, Row(item, Next(work, added), bases))));
        var change = difference.Added.Sum(item => item.Amount) - difference.ReplacedTotal - difference.Reduced.Values.Sum();
        await work.Journal.Book(agreement, asOf.Day, "schedule generated", JournalEntry.Of((Account.Owed, change), (Account.Scheduled, -change)));
        return [.. difference.Replaced, .. difference.Reduced.Keys, .. added];
    }

    private static long Next(Work work, List<long> added)
    {
        added.Add(work.NextId());
        return added[^1];
    }

    private static StoredObligation Row((PlannedObligation Planned, string Cause, long Amount) item, long id, Dictionary<string, long> bases) => new()
    {
        Id = id,
        EnrolmentId = item.Planned.EnrolmentId,
        Period = item.Planned.Period.ToString(),
        Months = item.Planned.Period.Months,
        Component = item.Planned.Component,
        ComponentOrder = item.Planned.ComponentOrder,
        Payer = item.Planned.Payer,
        Collected = item.Planned.Collected ? 1 : 0,
        Class = Words.Of(item.Planned.Class),
        Cause = item.Cause,
        OpensOn = item.Planned.OpensOn,
        DueOn = item.Planned.DueOn,
        Amount = item.Amount,
        BasisId = bases[item.Planned.Basis],
    };
}
