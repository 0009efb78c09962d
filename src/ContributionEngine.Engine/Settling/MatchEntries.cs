using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Matches open bank entries that carry a remittance reference, exactly and exclusively. What is paid above the payable sum
/// is due from the fund, with a case; what is short leaves the remittance part paid.
/// </summary>
public sealed class MatchEntries : IUseCase<MatchBank>
{
    /// <summary>Reason of the case of money that the fund was paid above what is payable.</summary>
    public const string Above = "paid_above";

    /// <summary>Reason of the case of a payment of a remittance that was cancelled.</summary>
    public const string AfterCancelling = "paid_after_cancelling";

    public Task Run(MatchBank said, Turn turn, CancellationToken stop) => turn.Once(async work =>
    {
        var entries = await work.Bank.Open();
        var remittances = (await work.Remittances.WithReferences(entries.Select(entry => entry.Reference!).Distinct())).ToDictionary(found => found.Reference);
        foreach (var entry in entries)
        {
            if (!remittances.TryGetValue(entry.Reference!, out var remittance) || !IsPayment(entry)) continue;
            var agreement = await work.Agreements.GetToChange(remittance.AgreementId);
            if (remittance.State.Delivery == DeliveryState.Cancelled)
            {
                await work.Cases.Open(agreement.Id, entry.BookedOn, [new NewCase(AfterCancelling, remittance.Number, entry.Amount, "The bank shows a payment of a remittance that was cancelled; the entry stays open.")]);
                continue;
            }

            await Pay(work, agreement, await work.Remittances.Get(remittance.Id), entry);
        }
    }, stop);

    /// <summary>The case of money that the fund was paid above what is payable.</summary>
    internal static NewCase PaidAbove(StoredRemittance remittance, long surplus) =>
        new(Above, remittance.Number, surplus, "The bank shows more than the lines that the fund has kept; the difference is due from the fund.");

    // On the fund's own account a payment comes in; on the organisation's it goes out.
    private static bool IsPayment(StoredEntry entry) => entry.Direction == (entry.Holder == "fund" ? "credit" : "debit");

    private static async Task Pay(Work work, StoredAgreement agreement, StoredRemittance remittance, StoredEntry entry)
    {
        var before = remittance.State;
        var after = before.Paid(before.PaidSum + entry.Amount);
        var surplus = after.Surplus - before.Surplus;
        await work.Bank.Match(entry, remittance.Id, "reference");
        await work.Remittances.Save(remittance.Id, after);
        await work.Journal.Book(agreement, entry.BookedOn, $"{remittance.Number} paid", JournalEntry.Of(LedgerEvent.Settled,
            (Account.InTransit, entry.Amount - surplus), (Account.DueFromFund, surplus), (Account.Cash, -entry.Amount)));
        if (surplus > 0)
        {
            await work.Cases.Open(agreement.Id, entry.BookedOn, [PaidAbove(remittance, after.Surplus)]);
        }

        await work.Audit.Record(agreement.Number, "bank-entry-matched", remittance.Number, JsonSerializer.Serialize(new { entry = entry.Id, amount = entry.Amount, rule = "reference" }));
    }
}
