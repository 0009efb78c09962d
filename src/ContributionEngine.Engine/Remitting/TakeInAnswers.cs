using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Picks up what the fund has answered about a delivered remittance and applies it. The same answer twice changes nothing; an
/// answer with other totals changes nothing either and opens a case.
/// </summary>
public sealed class TakeInAnswers(FundChannels channels) : IUseCase<PickUpAnswers>
{
    /// <summary>Waits between two looks; the last one repeats, and from the fifth on a case says that the answer is missing.</summary>
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6)];

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
        var answers = picked.SelectMany(file => AnswerFile.Read(file.Content, agreement.Currency).Ok(out var read, out _) ? read : []).Where(answer => answer.Reference == remittance.Reference).ToList();
        await turn.Once(async work =>
        {
            await work.Agreements.GetToChange(agreement.Id);
            foreach (var answer in answers) await Answer.Apply(work, agreement, remittance.Id, answer);
            if (!Answer.IsComplete(await work.Lines.Of(remittance.Id))) await LookAgain(work, (agreement, remittance), said);
        }, stop);
        foreach (var file in picked) await (file.Taken?.Invoke(stop) ?? Task.CompletedTask);
    }

    private static async Task LookAgain(Work work, (StoredAgreement Agreement, StoredRemittance Remittance) of, PickUpAnswers said)
    {
        if (said.Asked == Waits.Length)
        {
            var today = AsOf.DayIn(work.Now, TimeZoneInfo.FindSystemTimeZoneById(of.Agreement.Agreement.Settlement.TimeZone));
            await work.Cases.Open(of.Agreement.Id, today, [new NewCase(Answer.Missing, of.Remittance.Number, of.Remittance.Total, "The fund has not answered about every line.")]);
        }

        await work.Say(of.Agreement.Id, said with { Asked = said.Asked + 1 }, work.Now + Waits[Math.Min(said.Asked, Waits.Length - 1)]);
    }
}

/// <summary>Applies one answer of the fund to its remittance.</summary>
internal static class Answer
{
    /// <summary>Reasons of the cases of lines that the fund sent back.</summary>
    public const string LineRejected = "line_rejected";
    public const string LineReturned = "line_returned";

    /// <summary>Reason of the case of a remittance about which the fund has not said all.</summary>
    public const string Missing = "answer_missing";

    /// <summary>Reason of the case of an answer that speaks of something else than was sent.</summary>
    public const string OtherTotals = "answer_with_other_totals";

    public static async Task Apply(Work work, StoredAgreement agreement, long remittanceId, Acknowledgement answer)
    {
        if (await work.Acknowledgements.IsKnown(agreement.Agreement.Fund.Code, answer)) return;
        await work.Acknowledgements.Add(agreement.Agreement.Fund.Code, remittanceId, answer);
        var remittance = await work.Remittances.Get(remittanceId);
        var today = AsOf.DayIn(work.Now, TimeZoneInfo.FindSystemTimeZoneById(agreement.Agreement.Settlement.TimeZone));
        if (Contradiction(remittance, answer) is { } other)
        {
            await work.Cases.Open(agreement.Id, today, [new NewCase(OtherTotals, remittance.Number, remittance.Total, other)]);
            return;
        }

        var accepted = await work.Lines.Accepted(remittance.Id);
        var rejected = await Lines(work, remittance, answer);
        accepted = await work.Lines.Accepted(remittance.Id) - accepted;
        await work.Journal.Book(agreement, today, $"{remittance.Number} acknowledged", JournalEntry.Of(LedgerEvent.Acknowledged, (Account.Acknowledged, accepted), (Account.Confirmed, -accepted)));
        await Settle(work, (agreement, remittance, today), rejected);
        await work.Audit.Record(agreement.Number, "answer-taken-in", remittance.Number, JsonSerializer.Serialize(new { sha256 = answer.RawSha256, sent_back = rejected.Count }));
    }

    public static bool IsComplete(IReadOnlyList<StoredLine> lines) => lines.All(line => line.Outcome != "sent");

    private static string? Contradiction(StoredRemittance remittance, Acknowledgement answer)
    {
        if (answer.LinesTotal is { } lines && lines != remittance.LineCount) return $"The fund says {lines} lines; {remittance.LineCount} were sent.";
        if (answer.AmountTotalMinor is { } total && total != remittance.Total) return $"The fund says a total of {total} minor units; {remittance.Total} were sent.";
        return null;
    }

    // A line has its own answer, else its batch's, else the file's, unless that one is "partly".
    private static async Task<IReadOnlyList<StoredLine>> Lines(Work work, StoredRemittance remittance, Acknowledgement answer)
    {
        foreach (var group in answer.Events.Where(said => said.Level == AcknowledgementLevel.Line && Word(said.Outcome) is not null).GroupBy(said => (Word(said.Outcome)!, said.Code)))
        {
            await work.Lines.SetOutcome(remittance.Id, group.Select(said => said.Line!.Value), group.Key.Item1, group.Key.Code);
        }

        var above = answer.Events.LastOrDefault(said => said.Level == AcknowledgementLevel.Batch) ?? answer.Events.LastOrDefault(said => said.Level == AcknowledgementLevel.File);
        var rest = (await work.Lines.Of(remittance.Id)).Where(line => line.Outcome == "sent").Select(line => line.LineNo).ToList();
        if (above is not null && Inherited(above.Outcome, answer) is { } word) await work.Lines.SetOutcome(remittance.Id, rest, word, above.Code);
        return [.. (await work.Lines.Of(remittance.Id)).Where(line => line.Outcome is "rejected" or "returned")];
    }

    private static string? Word(AcknowledgementOutcome outcome) => outcome switch
    {
        AcknowledgementOutcome.Accepted or AcknowledgementOutcome.AcceptedWithWarning => "accepted",
        AcknowledgementOutcome.Rejected => "rejected",
        AcknowledgementOutcome.Returned => "returned",
        _ => null,
    };

    // "Partly accepted" with every refused line named and none pending leaves the others accepted.
    private static string? Inherited(AcknowledgementOutcome outcome, Acknowledgement answer) =>
        outcome == AcknowledgementOutcome.PartlyAccepted && answer.Events.All(said => said.Outcome != AcknowledgementOutcome.Pending)
            && answer.Events.Any(said => said is { Level: AcknowledgementLevel.Line, Outcome: AcknowledgementOutcome.Rejected })
            ? "accepted"
            : Word(outcome);

    // What comes back lowers what is payable; where the fund has been paid for it already, it owes it.
    private static async Task Settle(Work work, (StoredAgreement Agreement, StoredRemittance Remittance, DateOnly Today) of, IReadOnlyList<StoredLine> sentBack)
    {
        var (agreement, remittance, today) = of;
        var sum = sentBack.Sum(line => line.Amount);
        var fresh = sum - remittance.Rejected;
        var complete = IsComplete(await work.Lines.Of(remittance.Id));
        var after = complete ? remittance.State.Answered(sum) : (remittance.State with { Rejected = sum }).Paid(remittance.Paid);
        await work.Remittances.Save(remittance.Id, after);
        if (fresh == 0) return;
        var surplus = after.Surplus - remittance.State.Surplus;
        if (surplus > 0) await work.Cases.Open(agreement.Id, today, [MatchEntries.PaidAbove(remittance, after.Surplus)]);
        await work.Lines.Release(remittance.Id);
        await work.Journal.Book(agreement, today, $"{remittance.Number} lines rejected", JournalEntry.Of(LedgerEvent.Returned,
            (Account.InTransit, fresh - surplus), (Account.DueFromFund, surplus), (Account.Custody, -fresh)));
        var gone = await ReturnedClaims.Extinguish(work, agreement, today);
        await work.Cases.Open(agreement.Id, today, [.. sentBack.Select(line => (Line: line, Back: line.Amount - gone.GetValueOrDefault(line.Id))).Where(item => item.Back > 0).Select(item => new NewCase(
            item.Line.Outcome == "returned" ? LineReturned : LineRejected, $"{remittance.Number} line {item.Line.LineNo}", item.Back, $"The fund {item.Line.Outcome} {item.Line.Component} of {item.Line.Period} for member {item.Line.MemberNo}; the money is back in custody."))]);
    }
}
