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
        var bases = await Bases(work, agreement.Id, difference);
        var added = new List<long>(difference.Added.Count);
        await work.Obligations.Add(difference.Added.GroupBy(item => item.Planned.Period).OrderBy(period => period.Key).SelectMany(period => Rows(work, (agreement, period), bases, added)));
        var change = difference.Added.Sum(item => item.Amount) - difference.ReplacedTotal - difference.Reduced.Values.Sum();
        await work.Journal.Book(agreement, asOf.Day, "schedule generated", JournalEntry.Of(LedgerEvent.Scheduled, (Account.Owed, change), (Account.Scheduled, -change)));
        await ClaimStateShare.Follow(work, agreement, asOf.Day, difference);
        return [.. difference.Replaced, .. difference.Reduced.Keys, .. added];
    }

    // The plan holds each document once, so comparing references is comparing texts.
    private static async Task<Dictionary<string, long>> Bases(Work work, long agreementId, ScheduleDifference difference)
    {
        var documents = new HashSet<string>(difference.Added.Select(item => item.Planned.Line.Basis), ReferenceEqualityComparer.Instance).ToList();
        var ids = await work.Obligations.BasisIds(agreementId, documents);
        return new Dictionary<string, long>(documents.Zip(ids, KeyValuePair.Create), ReferenceEqualityComparer.Instance);
    }

    private static IEnumerable<(long AgreementId, StoredObligation Row)> Rows(Work work, (StoredAgreement Agreement, IGrouping<Period, AddedObligation> Period) of, Dictionary<string, long> bases, List<long> added)
    {
        var text = of.Period.Key.ToString();
        foreach (var item in of.Period)
        {
            added.Add(work.NextId());
            yield return (of.Agreement.Id, Row(item, added[^1], text) with { BasisId = bases[item.Planned.Line.Basis] });
        }
    }

    private static StoredObligation Row(AddedObligation item, long id, string period) => new()
    {
        Id = id,
        EnrolmentId = item.Planned.EnrolmentId,
        Period = period,
        Months = item.Planned.Period.Months,
        Component = item.Planned.Line.Component,
        ComponentOrder = item.Planned.Line.ComponentOrder,
        Payer = item.Planned.Line.Payer,
        Collected = item.Planned.Line.Collected ? 1 : 0,
        Class = Words.Of(item.Planned.Line.Class),
        Cause = item.Cause,
        OpensOn = item.Planned.OpensOn,
        DueOn = item.Planned.DueOn,
        Amount = item.Amount,
    };
}
