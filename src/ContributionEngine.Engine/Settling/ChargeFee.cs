using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Rule 9: what collecting costs is owed beside the money, and never taken out of it. It is worked out when the last line of a remittance
/// is answered, because from then on only a returned line changes what was collected for the fund, and follows such a line.
/// </summary>
internal static class ChargeFee
{
    /// <param name="of">A remittance that is answered to its last line, and what is payable of it.</param>
    public static async Task Of(Work work, StoredAgreement agreement, DateOnly on, (StoredRemittance Remittance, long Payable) of)
    {
        if (agreement.Agreement.CollectionFee is not { } fee) return;
        var book = new FeeBook(fee, agreement.Currency);
        foreach (var stored in await work.CollectionFees.Parts(agreement.Id)) book.Add(stored.Part);
        if (book.Next(of.Remittance.Id, of.Payable, on.Year) is not { } part) return;
        await work.CollectionFees.Add(agreement, part, on);
        await work.Journal.Book(agreement, on, $"{of.Remittance.Number} fee", JournalEntry.Of(LedgerEvent.CollectionFeeCharged, (Account.CollectionFee, part.Charged), (Account.CollectionFeeDue, -part.Charged)));
        await work.Audit.Record(agreement.Number, "collection-fee-charged", of.Remittance.Number, JsonSerializer.Serialize(new { fee.Payer, payable = part.Basis, worked = part.Worked, charged = part.Charged, year = part.Year }));
    }
}
