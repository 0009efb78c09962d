using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Applies one answer of the fund to its remittance, once. What it comes to is decided by <see cref="AnswerEffect"/>; an answer in doubt is
/// kept, opens a case, and does nothing else.
/// </summary>
internal static class Answer
{
    /// <summary>Reasons of the cases of lines that the fund sent back.</summary>
    public const string LineRejected = "line_rejected";
    public const string LineReturned = "line_returned";

    /// <summary>Reason of the case of a remittance about which the fund has not said all.</summary>
    public const string Missing = "answer_missing";

    /// <summary>Reason of the case of an answer that speaks of other numbers or amounts than were sent.</summary>
    public const string OtherTotals = "answer_with_other_totals";

    /// <summary>Reason of the case of an answer that speaks of a line that was not sent.</summary>
    public const string LineUnknown = "answer_line_unknown";

    /// <summary>Reason of the case of an answer that takes back what the fund said before.</summary>
    public const string Contradicts = "answer_contradicts";

    /// <returns>Why nothing of the answer was applied; empty when it was, or had been before.</returns>
    public static async Task<IReadOnlyList<AnswerDoubt>> Apply(Work work, StoredAgreement agreement, long remittanceId, Acknowledgement answer)
    {
        var fund = agreement.Agreement.Fund.Code;
        if (await work.Acknowledgements.IsKnown(fund, answer)) return [];
        var remittance = await work.Remittances.Get(remittanceId);
        var lines = await work.Lines.Of(remittanceId);
        var effect = AnswerEffect.Of([.. lines.Select(Answerable)], remittance.State.IsSettled, answer);
        if (remittance.State.Delivery == DeliveryState.Cancelled) effect = effect with { Changes = [], Doubts = [new AnswerDoubt(DoubtKind.Contradicts, "The fund answers about a remittance that was cancelled.", Particulars.Of("cancelled"))] };
        await work.Acknowledgements.Add(fund, remittance, answer with { Events = effect.Said }, isApplied: effect.Doubts.Count == 0);
        var today = AsOf.DayIn(work.Now, agreement.Agreement);
        if (effect.Doubts.Count > 0) await Hold(work, (agreement, remittance, today), effect.Doubts);
        else await Change(work, (agreement, remittance, today), (lines, effect.Changes));
        if (effect.Doubts.Count == 0) await ProveRemittance.Confirm(work, agreement, today, answer);
        await work.Audit.Record(agreement.Number, effect.Doubts.Count > 0 ? "answer-held" : "answer-taken-in", remittance.Number, JsonSerializer.Serialize(new
        {
            sha256 = answer.RawSha256, accepted = Count(effect, LineOutcome.Accepted), rejected = Count(effect, LineOutcome.Rejected), returned = Count(effect, LineOutcome.Returned), doubts = effect.Doubts.Count,
        }));
        return effect.Doubts;
    }

    /// <summary>A doubt with the number of its remittance, as it is told beside others.</summary>
    public static Remark Told(AnswerDoubt doubt, StoredRemittance of) => new(Words.Of(doubt.Kind), $"{of.Number}: {doubt.Detail}", doubt.Particulars.With(("remittance", of.Number)));

    public static bool IsComplete(IReadOnlyList<StoredLine> lines) => lines.All(line => line.Outcome != "sent");

    /// <summary>A person says that what the fund said first stands: the answer is again what the lines say.</summary>
    public static async Task Stand(Work work, string number)
    {
        if (!(await work.Remittances.FindToChange(number)).Ok(out var remittance, out _)) return;
        var lines = await work.Lines.Of(remittance.Id);
        if (remittance.State.Delivery != DeliveryState.Cancelled && IsComplete(lines)) await Save(work, remittance, remittance.State.Answered(remittance.Rejected));
    }

    private static async Task Save(Work work, StoredRemittance remittance, RemittanceState after)
    {
        await work.Remittances.Save(remittance.Id, after);
        work.WebhookEvents.Note(remittance, remittance.State, after);
    }

    private static int Count(AnswerEffect effect, LineOutcome outcome) => effect.Changes.Count(change => change.Outcome == outcome);

    private static AnswerableLine Answerable(StoredLine line) => new(line.LineNo, line.MemberNo, line.NationalId, line.Amount, Words.Of<LineOutcome>(line.Outcome));

    private static async Task Hold(Work work, (StoredAgreement Agreement, StoredRemittance Remittance, DateOnly Today) of, IReadOnlyList<AnswerDoubt> doubts)
    {
        var (agreement, remittance, today) = of;
        await work.Cases.Open(agreement.Id, today, [.. doubts.GroupBy(doubt => doubt.Kind).Select(kind => new NewCase(Reason(kind.Key), remittance.Number, remittance.Total, $"{(string.Join(' ', kind.Take(10).Select(doubt => doubt.Detail)), kind.Take(10).Select(doubt => Told(doubt, remittance)))}"))]);
        if (doubts.Any(doubt => doubt.Kind == DoubtKind.Contradicts) && remittance.State.Delivery != DeliveryState.Cancelled) await work.Remittances.Save(remittance.Id, remittance.State.InDoubt());
    }

    private static string Reason(DoubtKind kind) => kind switch
    {
        DoubtKind.OtherTotals => OtherTotals,
        DoubtKind.LineUnknown => LineUnknown,
        _ => Contradicts,
    };

    private static async Task Change(Work work, (StoredAgreement Agreement, StoredRemittance Remittance, DateOnly Today) of, (IReadOnlyList<StoredLine> Lines, IReadOnlyList<LineChange> Changes) what)
    {
        var (agreement, remittance, today) = of;
        var accepted = await work.Lines.Accepted(remittance.Id);
        foreach (var group in what.Changes.GroupBy(change => (change.Outcome, change.Code))) await work.Lines.SetOutcome(remittance.Id, group.Select(change => change.LineNo), Words.Of(group.Key.Outcome), group.Key.Code);
        accepted = await work.Lines.Accepted(remittance.Id) - accepted;
        await work.Journal.Book(agreement, today, $"{remittance.Number} acknowledged", JournalEntry.Of(LedgerEvent.Acknowledged, (Account.Acknowledged, accepted), (Account.Confirmed, -accepted)));
        var outcomes = what.Changes.ToDictionary(change => change.LineNo, change => change.Outcome);
        await Settle(work, of, [.. what.Lines.Where(line => outcomes.GetValueOrDefault(line.LineNo) is LineOutcome.Rejected or LineOutcome.Returned).Select(line => line with { Outcome = Words.Of(outcomes[line.LineNo]) })]);
        await ClaimStateShare.Of(work, agreement, today, await work.StateClaims.About(remittance.Id));
        // An answer proves that the fund has it, whatever the attempt to hand over seemed to end with; what is still to come must be looked for.
        if (remittance.State.Delivery != DeliveryState.Delivered) await work.Say(agreement.Id, new PickUpAnswers(remittance.Id, 0, work.Actor.Name));
    }

    // What comes back lowers what is payable; where the fund has been paid for it already, it owes it.
    private static async Task Settle(Work work, (StoredAgreement Agreement, StoredRemittance Remittance, DateOnly Today) of, IReadOnlyList<StoredLine> sentBack)
    {
        var (agreement, remittance, today) = of;
        var fresh = sentBack.Sum(line => line.Amount);
        var sum = remittance.Rejected + fresh;
        var complete = IsComplete(await work.Lines.Of(remittance.Id));
        var after = complete ? remittance.State.Answered(sum) : remittance.State.SentBack(sum);
        await Save(work, remittance, after);
        if (complete) await ProveRemittance.Run(work, agreement, remittance);
        if (complete) await ChargeFee.Of(work, agreement, today, (remittance, remittance.Total - sum));
        if (complete) await work.Cases.Close(agreement.Id, Missing, [remittance.Number], new CaseEnd("all_answered", $"every line has an answer"));
        if (fresh == 0) return;
        var surplus = after.Surplus - remittance.State.Surplus;
        if (surplus > 0) await work.Cases.Open(agreement.Id, today, [MatchEntries.PaidAbove(remittance, after.Surplus)]);
        await work.Lines.Release(remittance.Id);
        if (after.Answer == AnswerState.Rejected) await NoticedPeriods.Free(work, remittance, today, $"the fund rejected {remittance.Number}");
        await work.Journal.Book(agreement, today, $"{remittance.Number} lines rejected", JournalEntry.Of(LedgerEvent.Returned,
            (Account.InTransit, fresh - surplus), (Account.DueFromFund, surplus), (Account.Custody, -fresh)));
        var gone = await ReturnedClaims.Extinguish(work, agreement, today);
        await work.Cases.Open(agreement.Id, today, [.. sentBack.Select(line => (Line: line, Back: line.Amount - gone.GetValueOrDefault(line.Id))).Where(item => item.Back > 0).Select(item => new NewCase(
            item.Line.Outcome == "returned" ? LineReturned : LineRejected, $"{remittance.Number} line {item.Line.LineNo}", item.Back, $"The fund {item.Line.Outcome} {item.Line.Component:component} of {item.Line.Period:period} for member {item.Line.MemberNo:member}; the money is back in custody."))]);
    }
}
