using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Hands a sealed remittance over, in two transactions around the call: submitting, then the outcome. One found submitting
/// when the message comes again was interrupted, so nobody knows whether the fund has it: that is asked, never resent.
/// </summary>
public sealed class DeliverRemittance(FundChannels channels) : IUseCase<Deliver>
{
    /// <summary>Reason of the case of a fund that was not there.</summary>
    public const string NotReached = "fund_not_reached";

    /// <summary>Reason of the case of somebody who listens where the fund should be and does not prove to be it.</summary>
    public const string NotTrusted = "fund_not_trusted";

    /// <summary>Reason of the case of a file that the fund will not take.</summary>
    public const string Refused = "delivery_refused";

    /// <summary>No attempt is longer: what is submitting since then belonged to a process that has died.</summary>
    private static readonly TimeSpan AttemptMax = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan FundRest = TimeSpan.FromMinutes(5);

    /// <summary>A fund that asks for more is looked at again all the same.</summary>
    private static readonly TimeSpan FundRestMax = TimeSpan.FromDays(1);

    public async Task Run(Deliver said, Turn turn, CancellationToken stop)
    {
        var (before, agreement) = await turn.Read(work => Load(work, said.Remittance), stop);
        if (before.State.Delivery == DeliveryState.Submitting)
        {
            if (await turn.Read(work => MayStillBeHandedOver(work, before.Id), stop)) throw new BusyException(before.Number);
            await turn.Once(work => Conclude(work, (agreement, before), new Handover.Unknown("process_ended", $"the process ended while handing over")), stop);
            return;
        }

        if (!before.State.MayDeliver || turn.Database.IsDryRun)
        {
            await turn.Once(_ => Task.CompletedTask, stop);
            return;
        }

        if (await turn.Read(work => FundHours.Opens(work, agreement), stop) is { } opens)
        {
            await turn.Once(work => work.Say(agreement.Id, said, opens), stop);
            return;
        }

        if (await turn.Write(work => Begin(work, agreement, before), stop) is not { } parcel)
        {
            await turn.Once(_ => Task.CompletedTask, stop);
            return;
        }

        var outcome = channels.Find(agreement.Agreement.Channel).Ok(out var channel, out var refusal)
            ? await channel.Deliver(parcel, stop)
            : new Handover.NotReached(refusal);
        await turn.Once(work => Conclude(work, (agreement, before), outcome), stop);
    }

    internal static async Task<(StoredRemittance, StoredAgreement)> Load(Work work, long id)
    {
        var remittance = await work.Remittances.Get(id);
        return (remittance, await work.Agreements.Get(remittance.AgreementId));
    }

    internal static async Task<SealedRemittance> Parcel(Work work, StoredAgreement agreement, StoredRemittance remittance)
    {
        var parts = await work.Remittances.Parts(remittance.Id);
        return new SealedRemittance(
            remittance.Reference,
            remittance.FileName,
            remittance.Sha256,
            new Money(remittance.Total, agreement.Currency),
            () => new PartStream(parts),
            agreement.Agreement.Channel);
    }

    internal static async Task Conclude(Work work, (StoredAgreement Agreement, StoredRemittance Remittance) of, Handover outcome)
    {
        var (agreement, remittance) = (await work.Agreements.GetToChange(of.Agreement.Id), await work.Remittances.Get(of.Remittance.Id));
        var state = remittance.State;
        // Another may have learnt more meanwhile: what is delivered stays so.
        if (state.Delivery is not (DeliveryState.Submitting or DeliveryState.Unknown)) return;
        switch (outcome)
        {
            case Handover.Delivered:
                await Save(work, remittance, state with { Delivery = DeliveryState.Delivered }, null);
                foreach (var reason in new[] { NotReached, NotTrusted, UnknownDelivery.Unanswered }) await work.Cases.Close(agreement.Id, reason, [remittance.Number], new CaseEnd("fund_has_it", $"the fund has it"));
                await work.Say(agreement.Id, new PickUpAnswers(remittance.Id, 0, work.Actor.Name));
                break;
            case Handover.Refused no:
                await Save(work, remittance, state with { Delivery = DeliveryState.Refused }, Handover.Told("refused", $"{no.Code:code}: {no.Why}"));
                await Open(work, (agreement, remittance), Refused, $"The fund refused the file: {no.Code:code} {no.Why}");
                break;
            case Handover.Unknown who:
                await Save(work, remittance, state with { Delivery = DeliveryState.Unknown }, who.Why);
                await work.Say(agreement.Id, new AskFund(remittance.Id, 0, 0, work.Actor.Name));
                break;
            case Handover.NotReached away:
                await Later(work, (agreement, remittance), (NotReached, away.Why), away.Wait);
                break;
            case Handover.Mistrusted stranger:
                await Later(work, (agreement, remittance), (NotTrusted, stranger.Why), null);
                break;
            default:
                throw new InvalidOperationException($"{outcome} is no outcome of handing over.");
        }
    }

    /// <summary>Opens the case, or lets the open one say what is so now.</summary>
    internal static async Task Open(Work work, (StoredAgreement Agreement, StoredRemittance Remittance) of, string reason, Sentence detail)
    {
        var asked = new NewCase(reason, of.Remittance.Number, of.Remittance.Total, detail);
        if (await work.Cases.Open(of.Agreement.Id, AsOf.DayIn(work.Now, of.Agreement.Agreement), [asked]) == 0) await work.Cases.Reword(of.Agreement.Id, asked);
    }

    // The fund has nothing of it, so it is sealed as before and handed over again after a while.
    private static async Task Later(Work work, (StoredAgreement Agreement, StoredRemittance Remittance) of, (string Reason, Remark Told) why, TimeSpan? wait)
    {
        await Save(work, of.Remittance, of.Remittance.State with { Delivery = DeliveryState.Sealed }, why.Told);
        await Open(work, of, why.Reason, $"{why.Told}");
        var rest = wait is { } asked && asked > FundRest ? asked : FundRest;
        await work.Say(of.Agreement.Id, new Deliver(of.Remittance.Id, work.Actor.Name), work.Now + (rest < FundRestMax ? rest : FundRestMax));
    }

    // Where one process writes at a time, whoever began the attempt has ended.
    private static async Task<bool> MayStillBeHandedOver(Work work, long id) =>
        !work.Dialect.HasOneWriter && await work.Remittances.AttemptedAt(id) is { } began && work.Now - began < AttemptMax;

    private static async Task<SealedRemittance?> Begin(Work work, StoredAgreement agreement, StoredRemittance before)
    {
        await work.Agreements.GetToChange(agreement.Id);
        var remittance = await work.Remittances.Get(before.Id);
        // The same message in other hands: whoever began needs the row of the outbox to conclude.
        if (remittance.State.Delivery == DeliveryState.Submitting) throw new BusyException(remittance.Number);
        if (!remittance.State.MayDeliver) return null;
        await work.Remittances.BeginAttempt(remittance.Id, agreement.Agreement.Channel.Kind);
        await work.Remittances.Save(remittance.Id, remittance.State with { Delivery = DeliveryState.Submitting });
        return await Parcel(work, agreement, remittance);
    }

    private static async Task Save(Work work, StoredRemittance remittance, RemittanceState state, Remark? detail)
    {
        await work.Remittances.ConcludeAttempt(remittance.Id, Words.Of(state.Delivery), detail);
        await work.Remittances.Save(remittance.Id, state);
        work.WebhookEvents.Note(remittance, remittance.State, state);
    }
}
