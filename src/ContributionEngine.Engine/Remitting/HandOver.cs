using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What a person may ask of a sealed remittance: to be handed over now, or to be given up before the fund has it.</summary>
public sealed class HandOver(Database database)
{
    /// <summary>Puts a delivery in the queue; one that is unknown is only asked about.</summary>
    public Task<Outcome<StoredRemittance>> Now(Actor actor, string number, CancellationToken stop) => database.Attempt<StoredRemittance>(actor, async work =>
    {
        if (!(await work.Remittances.FindToChange(number)).Ok(out var found, out var refusal)) return refusal;
        if (found.State.Delivery == DeliveryState.Unknown) await work.Say(found.AgreementId, new AskFund(found.Id, 0, 0, actor.Name));
        else await work.Say(found.AgreementId, new Deliver(found.Id, actor.Name));
        return found;
    }, stop);

    /// <summary>Gives up a remittance that nothing has reached the fund of; its money is back in custody.</summary>
    public Task<Outcome<StoredRemittance>> Cancel(Actor actor, string number, string reason, CancellationToken stop) => database.Attempt<StoredRemittance>(actor, async work =>
    {
        if (!(await work.Remittances.FindToChange(number)).Ok(out var found, out var refusal)) return refusal;
        if (!found.State.MayCancel)
        {
            return Refusal.Conflict("remittance_not_cancellable", $"{found.Number} is {found.State.Shown}; only one that has not reached the fund can be cancelled.") with
            {
                Help = "After delivery its lines end by the fund's answer, a return, or a revised remittance.",
            };
        }

        var agreement = await work.Agreements.Get(found.AgreementId);
        var today = AsOf.DayIn(work.Now, agreement.Agreement);
        await work.Lines.ReleaseAll(found.Id);
        await NoticedPeriods.Free(work, found, today, $"{found.Number} was cancelled");
        await work.Remittances.Save(found.Id, found.State with { Delivery = DeliveryState.Cancelled });
        await work.Journal.Book(agreement, today, $"{found.Number} cancelled", JournalEntry.Of(LedgerEvent.Returned, (Account.InTransit, found.Total), (Account.Custody, -found.Total)));
        await ReturnedClaims.Extinguish(work, agreement, today);
        await work.Cases.CloseAbout(agreement.Id, found.Number, new CaseEnd("remittance_cancelled", $"the remittance was cancelled"));
        await work.Audit.Record(agreement.Number, "remittance-cancelled", found.Number, JsonSerializer.Serialize(new { reason, total = found.Total }));
        return await work.Remittances.Get(found.Id);
    }, stop);
}
