using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// An advance that is not needed any more, because what it had paid was lowered, goes back to the organisation: the member owes it so
/// much less, and what she has repaid above that is her credit.
/// </summary>
internal static class ReturnAdvances
{
    /// <summary>Reason of the case of a member who left and has not repaid.</summary>
    public const string Unrecovered = "advance_unrecovered";

    private const string NotNeeded = "what it had paid is not owed any more";

    public static async Task On(Work work, StoredAgreement agreement, AsOf asOf)
    {
        var freed = await work.Advances.Freed(agreement.Id);
        if (freed.Count == 0) return;
        var lowered = freed.ToDictionary(row => row.ObligationId, row => row.Credit);
        var total = freed.Sum(row => row.Credit);
        await FreeAllocations.Above(work, agreement, (lowered, lowered.Keys.ToHashSet()), asOf);
        await work.Obligations.Reduce([.. lowered], NotNeeded, asOf.Day);
        await work.Reversals.Refund([.. freed.Select(row => new StoredReceipt { Id = row.ReceiptId, AgreementId = agreement.Id, Credit = row.Credit })], asOf.Day, NotNeeded);
        await work.Journal.Book(agreement, asOf.Day, "advances returned", JournalEntry.Of(LedgerEvent.AdvanceReturned, (Account.MemberCredit, total), (Account.Advances, -total), (Account.Owed, -total), (Account.Scheduled, total)));
        await work.Audit.Record(agreement.Number, "advances-returned", agreement.Number, JsonSerializer.Serialize(new { receipts = freed.Count, total }));
    }

    /// <summary>Keeps a case for each member who has left and has not repaid.</summary>
    public static async Task Note(Work work, StoredAgreement agreement, DateOnly day)
    {
        var asOf = agreement.BroughtTo is { } later && later > day ? later : day;
        var left = await work.Advances.OfLeavers(agreement.Id, asOf);
        await work.Cases.Keep(agreement.Id, asOf, new CasesOf(Unrecovered, new CaseEnd("advance_repaid", $"the advance is repaid")), [.. left.Select(row => new NewCase(
            Unrecovered, $"member {row.MemberNo}", row.Owed, $"Member {row.MemberNo:member} left on {row.EnrolledTo:date} and has not repaid what the organisation paid for her."))]);
    }
}
