using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Asks what became of a remittance whose delivery is unknown. "Not found" frees it to be sent again at once where the channel
/// is safe to repeat, else only after <see cref="SettleAfter"/> and, unless the channel is idempotent, at the second time. Where
/// there is nobody to ask, a person finds out.
/// </summary>
public sealed class AskTheFund(FundChannels channels) : IUseCase<AskFund>
{
    /// <summary>How long a fund may need until a reference that it took shows up when asked for.</summary>
    public static readonly TimeSpan SettleAfter = TimeSpan.FromHours(1);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public async Task Run(AskFund said, Turn turn, CancellationToken stop)
    {
        var (remittance, agreement) = await turn.Read(work => DeliverRemittance.Load(work, said.Remittance), stop);
        if (remittance.State.Delivery != DeliveryState.Unknown || turn.Database.IsDryRun)
        {
            await turn.Once(_ => Task.CompletedTask, stop);
            return;
        }

        var parcel = await turn.Read(work => DeliverRemittance.Parcel(work, agreement, remittance), stop);
        var answer = channels.Find(agreement.Agreement.Channel).Ok(out var channel, out var refusal)
            ? await channel.Ask(parcel, stop)
            : new Handover.NotReached(refusal);
        await turn.Once(work => Conclude(work, (agreement, remittance), said, (answer, channel?.IsSafeToRepeat == true)), stop);
    }

    private static async Task Conclude(Work work, (StoredAgreement Agreement, StoredRemittance Remittance) of, AskFund said, (Handover Answer, bool IsSafeToRepeat) asked)
    {
        var answer = asked.Answer;
        of = (await work.Agreements.GetToChange(of.Agreement.Id), await work.Remittances.Get(of.Remittance.Id));
        if (of.Remittance.State.Delivery != DeliveryState.Unknown) return;
        if (answer is Handover.Delivered or Handover.Refused)
        {
            await DeliverRemittance.Conclude(work, of, answer);
            return;
        }

        if (answer is Handover.NobodyToAsk silent)
        {
            await DeliverRemittance.Open(work, of, UnknownDelivery.Unanswered, $"{silent.Why}");
            return;
        }

        if (answer is Handover.Mistrusted stranger) await DeliverRemittance.Open(work, of, DeliverRemittance.NotTrusted, $"{stranger.Why}");
        var notFound = said.NotFound + (answer is Handover.NotFound ? 1 : 0);
        var since = await work.Remittances.AttemptedAt(of.Remittance.Id) ?? work.Now;
        var waited = asked.IsSafeToRepeat || work.Now - since >= SettleAfter;
        if (answer is Handover.NotFound && waited && (notFound >= 2 || asked.IsSafeToRepeat || of.Agreement.Agreement.Channel.Idempotent))
        {
            await work.Remittances.Save(of.Remittance.Id, of.Remittance.State with { Delivery = DeliveryState.Sealed });
            await work.Say(of.Agreement.Id, new Deliver(of.Remittance.Id, said.By));
            return;
        }

        var again = answer is Handover.NotFound && !waited ? since + SettleAfter : work.Now + Patience;
        await work.Say(of.Agreement.Id, said with { Asked = said.Asked + 1, NotFound = notFound }, again);
    }
}
