using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What taking receipts back has come to.</summary>
/// <param name="Obligations">Ids of obligations that have lost money.</param>
internal sealed record TakenBack(IReadOnlyCollection<long> Obligations, long Reversed, IReadOnlyList<StoredClaim> Claims);

/// <summary>
/// Takes receipts back by opposite entries. What stands on a live remittance line stays there (rule 8): the money is gone, so the
/// organisation owes it, as the member does what had been refunded to her. Nobody else's money pays it.
/// </summary>
internal static class TakeBack
{
    public const string Organisation = "organisation";
    public const string Member = "member";

    /// <param name="why">The note that stays with each receipt, and the source of the entry in the books.</param>
    public static async Task<TakenBack> Of(Work work, StoredAgreement agreement, IReadOnlyList<StoredReceipt> receipts, (ReversalNote Note, string Source) why)
    {
        var allocations = (await work.Reversals.Allocations(receipts.Select(row => row.Id))).ToLookup(row => row.LineId is null);
        var (free, held) = (allocations[true].ToList(), allocations[false].ToLookup(row => row.ReceiptId));
        await Free(work, agreement, why.Note.On, free);
        var ended = receipts.Select(row => Ended(row, held[row.Id].Sum(part => part.Amount))).ToList();
        await work.Reversals.End(agreement.Id, ended, why.Note);
        await work.WriteOffs.Undo(receipts, why.Note.On, why.Note.Reason);

        var claims = receipts.SelectMany(row => Claims(work, row, held[row.Id], why.Note.On)).ToList();
        await work.Claims.Add(claims);
        var freed = free.GroupBy(row => Account.OfClass(row.Class)).Select(group => (group.Key, group.Sum(row => row.Amount)));
        await work.Journal.Book(agreement, why.Note.On, why.Source, JournalEntry.Of(LedgerEvent.Reversed,
        [
            (Account.Cash, -receipts.Sum(row => row.Amount)),
            (Account.Claims, claims.Sum(row => row.Amount)),
            .. freed,
            (Account.WrittenOff, receipts.Sum(row => row.WrittenOff)),
            (Account.Suspense, receipts.Sum(row => row.Suspense)),
            (Account.MemberCredit, receipts.Sum(row => row.Credit)),
        ]));
        await ClaimCases.Follow(work, agreement, why.Note.On, [.. claims.Select(row => row.ReceiptId).Distinct()]);
        await SuspenseCase.Close(work, receipts, new CaseEnd("receipt_taken_back", $"{why.Source}"));
        return new TakenBack([.. free.Select(row => row.ObligationId).Distinct()], ended.Sum(row => row.Amount), claims);
    }

    private static EndedReceipt Ended(StoredReceipt receipt, long kept) => new(receipt.Id, kept, receipt.Amount - kept - receipt.Refunded);

    private static async Task Free(Work work, StoredAgreement agreement, DateOnly on, List<StoredAllocation> free)
    {
        await work.Receipts.AddAllocations(agreement.Id, on, free.Select(row => new NewAllocation(row.ReceiptId, row.ObligationId, -row.Amount, row.Id)));
        await work.Obligations.Allocate(free.GroupBy(row => row.ObligationId).Select(group => KeyValuePair.Create(group.Key, -group.Sum(row => row.Amount))));
        // Of lines that had come back nothing will be sent again.
        var emptied = await work.Lines.EmptiedBy(free.Select(row => row.Id));
        if (emptied.Count == 0) return;
        foreach (var reason in new[] { Answer.LineRejected, Answer.LineReturned }) await work.Cases.Close(agreement.Id, reason, emptied, new CaseEnd("money_taken_back", $"its money was taken back"));
    }

    private static IEnumerable<StoredClaim> Claims(Work work, StoredReceipt receipt, IEnumerable<StoredAllocation> held, DateOnly on)
    {
        StoredClaim Claim(string debtor, long amount) => new() { Id = work.NextId(), AgreementId = receipt.AgreementId, Debtor = debtor, ReceiptId = receipt.Id, Amount = amount, ArisenOn = on };
        foreach (var part in held) yield return Claim(Organisation, part.Amount) with { AllocationId = part.Id, LineId = part.LineId };
        if (receipt.Refunded > 0) yield return Claim(Member, receipt.Refunded);
    }
}

/// <summary>The case of money that is held because its member is not known.</summary>
internal static class SuspenseCase
{
    /// <summary>Closes the cases of those receipts that hold money in suspense.</summary>
    public static async Task Close(Work work, IReadOnlyList<StoredReceipt> receipts, CaseEnd end)
    {
        var held = receipts.Where(row => row.Suspense > 0).ToList();
        if (held.Count == 0) return;
        await work.Cases.Close(held[0].AgreementId, RowCases.Held, held.Select(row => RowCases.Subject(Numbers.Upload(row.UploadId), row.RowNo)), end);
    }
}
