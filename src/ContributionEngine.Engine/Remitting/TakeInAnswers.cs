using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Picks up what the fund has answered about a delivered remittance and applies it. It goes on looking after every line has an answer,
/// because a return may follow, ever more seldom and not for ever.
/// </summary>
public sealed class TakeInAnswers(FundChannels channels) : IUseCase<PickUpAnswers>
{
    /// <summary>How long after delivery the fund may still take an accepted line back: that long it is asked.</summary>
    public static readonly TimeSpan ReturnsRun = TimeSpan.FromDays(90);

    /// <summary>Banking days within which a fund answers, where the agreement does not say.</summary>
    public const int DueDays = 3;

    /// <summary>Waits between two looks while an answer is to come; the last one repeats.</summary>
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6)];

    private static readonly TimeSpan SeldomMost = TimeSpan.FromDays(7);

    public async Task Run(PickUpAnswers said, Turn turn, CancellationToken stop)
    {
        var (remittance, agreement) = await turn.Read(work => DeliverRemittance.Load(work, said.Remittance), stop);
        if (remittance.State.Delivery != DeliveryState.Delivered || turn.Database.IsDryRun)
        {
            await turn.Once(_ => Task.CompletedTask, stop);
            return;
        }

        if (!channels.Find(agreement.Agreement.Channel).Ok(out var channel, out var refusal)) throw new IOException(refusal.Detail);
        var parcel = await turn.Read(work => DeliverRemittance.Parcel(work, agreement, remittance), stop);
        var picked = await channel.Answers(parcel, stop);
        var asked = await turn.Read(async work => await IsOverdue(work, agreement, remittance) && !Answer.IsComplete(await work.Lines.Of(remittance.Id)), stop) ? await channel.Ask(parcel, stop) : null;
        await turn.Once(async work =>
        {
            await work.Agreements.GetToChange(agreement.Id);
            await TakenAnswers.Take(work, agreement, [.. picked.Select(file => new RawAnswer(file.Name, file.Content, channel.Kind) { Trouble = file.Trouble })]);
            await LookAgain(work, (agreement, remittance), said, asked);
        }, stop);
        foreach (var file in picked) await (file.Taken?.Invoke(stop) ?? Task.CompletedTask);
    }

    private static async Task LookAgain(Work work, (StoredAgreement Agreement, StoredRemittance Remittance) of, PickUpAnswers said, Handover? asked)
    {
        var since = work.Now - (of.Remittance.DeliveredAt ?? work.Now);
        if (!Answer.IsComplete(await work.Lines.Of(of.Remittance.Id)))
        {
            if (asked is not null) await Miss(work, of, asked);
            await work.Say(of.Agreement.Id, said with { Asked = said.Asked + 1 }, work.Now + Waits[Math.Min(said.Asked, Waits.Length - 1)]);
        }
        else if (since < ReturnsRun)
        {
            var wait = TimeSpan.FromTicks(Math.Clamp(since.Ticks / 2, Waits[^1].Ticks, SeldomMost.Ticks));
            await work.Say(of.Agreement.Id, said with { Asked = said.Asked + 1 }, work.Now + wait);
        }
    }

    // Banking days count from the day after delivery; the last one is the fund's to its end.
    private static async Task<bool> IsOverdue(Work work, StoredAgreement agreement, StoredRemittance remittance)
    {
        if (remittance.DeliveredAt is not { } delivered || !(await Calendars.Of(work, agreement)).Ok(out var calendar, out _)) return false;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(agreement.Agreement.Settlement.TimeZone);
        return AsOf.DayIn(work.Now, zone) > calendar.NthWorkingDayAfter(AsOf.DayIn(delivered, zone), agreement.Agreement.Channel.AnswersDueDays ?? DueDays);
    }

    private static Task<int> Miss(Work work, (StoredAgreement Agreement, StoredRemittance Remittance) of, Handover asked)
    {
        (Sentence Word, string? Variant) said = asked switch
        {
            Handover.Delivered => ($"Asked again, it says that it has the file.", "delivered"),
            Handover.NotFound => ($"Asked again, it says that it knows nothing of the reference.", "not_found"),
            Handover.Refused no => ($"Asked again, it says {no.Code:code}: {no.Why}", "refused"),
            Handover.NotReached away => ($"Asked again, it was not reached: {away.Why}", "not_reached"),
            _ => ($"Asked again, it does not say whether it has the file.", null),
        };
        var today = AsOf.DayIn(work.Now, of.Agreement.Agreement);
        return work.Cases.Open(of.Agreement.Id, today, [new NewCase(Answer.Missing, of.Remittance.Number, of.Remittance.Total, $"The fund has not answered about every line in time. {said.Word}", said.Variant)]);
    }
}
