using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A delivery of which nobody knows whether the fund has it, and which no address can be asked about: a person asks the fund and says.</summary>
internal static class UnknownDelivery
{
    /// <summary>Reason of its case.</summary>
    public const string Unanswered = "delivery_unknown";

    /// <summary>The fund has it: its answers are picked up. The fund has nothing: it is handed over again.</summary>
    public static async Task<Refusal?> Decide(Work work, StoredCase found, bool fundHasIt)
    {
        if (!(await work.Remittances.FindToChange(found.Subject)).Ok(out var remittance, out var refusal)) return refusal;
        if (remittance.State.Delivery != DeliveryState.Unknown)
        {
            return Refusal.Conflict("delivery_known", $"{remittance.Number} is {remittance.State.Shown} by now; nothing is left to say about its delivery.");
        }

        var agreement = await work.Agreements.Get(remittance.AgreementId);
        if (fundHasIt)
        {
            await DeliverRemittance.Conclude(work, (agreement, remittance), new Handover.Delivered(null));
        }
        else
        {
            await work.Remittances.Save(remittance.Id, remittance.State with { Delivery = DeliveryState.Sealed });
            await work.Say(agreement.Id, new Deliver(remittance.Id, work.Actor.Name));
        }

        await work.Audit.Record(agreement.Number, "delivery-decided", remittance.Number, JsonSerializer.Serialize(new { fund_has_it = fundHasIt }));
        return null;
    }
}
