using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Puts money right that was posted, and tells what follows from it. Above a limit, and for every refund, nothing is written but a
/// case that keeps what was asked, until a second person approves it.
/// </summary>
public sealed class CorrectMoney(Database database, FourEyes eyes)
{
    /// <summary>Reason of the case that asks a second person.</summary>
    public const string ApprovalNeeded = "approval_needed";

    public const string Done = "done";

    private const string MoveTo = "move_to";

    private static readonly Dictionary<string, Func<Work, CorrectionRequest, Task<Outcome<Correction>>>> Kinds = new()
    {
        ["reverse"] = ReverseReceipt.Plan,
        ["move"] = MoveReceipt.Plan,
        ["refund"] = RefundReceipt.Plan,
        ["refund_credit"] = RefundReceipt.PlanCredit,
        ["assign"] = AssignSuspense.Plan,
        ["undo"] = UndoUpload.Plan,
        ["correct"] = CorrectSheet.Plan,
        ["write_off"] = WriteOffMoney.Plan,
        ["write_off_credit"] = WriteOffMoney.PlanCredit,
        ["write_off_claims"] = WriteOffMoney.PlanClaims,
        ["reopen"] = ReopenPeriod.Plan,
    };

    public Task<Outcome<Corrected>> Run(Actor actor, CorrectionRequest request, CancellationToken stop) =>
        database.Attempt<Corrected>(actor, work => On(work, request, null), stop);

    /// <summary>The same inside a unit of work.</summary>
    /// <param name="askedBy">Who asked for what the acting user approves; null: nobody has been asked yet.</param>
    internal async Task<Outcome<Corrected>> On(Work work, CorrectionRequest request, string? askedBy)
    {
        if (!(await Kinds[request.Kind](work, request)).Ok(out var correction, out var refusal)) return refusal;
        var amount = new Money(correction.Amount, correction.Ground.Agreement.Currency);
        var answer = new Corrected(request.Kind, Done, correction.Subject, amount)
        {
            Receipts = correction.Receipts, Sheet = correction.Sheet,
            NeedsApproval = askedBy is null && (correction.SecondPerson == SecondPerson.Always || (correction.SecondPerson == SecondPerson.AboveTheLimit && eyes.Ask(amount))),
        };
        if (answer.NeedsApproval && !work.Database.IsDryRun) return await Ask(work, correction, answer);
        return await Make(work, correction, answer, askedBy);
    }

    private static async Task<Outcome<Corrected>> Make(Work work, Correction correction, Corrected answer, string? askedBy)
    {
        var (agreement, asOf, request) = (correction.Ground.Agreement, correction.Ground.AsOf, correction.Ground.Request);
        var before = await Standing.Of(work, agreement, asOf, correction.Members);
        var made = await correction.Make();
        await work.Audit.Record(agreement.Number, correction.UseCase, correction.Subject, JsonSerializer.Serialize(new
        {
            reason = request.Reason, receipts = correction.Receipts, total = correction.Amount, claimed = made.Claims.Sum(row => row.Amount),
            replaced_by = made.ReplacedBy is { } id ? Numbers.Receipt(id) : null, asked_by = askedBy ?? work.Actor.Name, approved_by = askedBy is null ? null : work.Actor.Name,
        }));
        await BringUp.To(work, agreement, asOf, made.Obligations);
        var after = await Standing.Of(work, agreement, asOf, correction.Members);
        var claims = await work.Claims.Of(made.Claims.Select(row => row.ReceiptId).Distinct());
        return answer with { ReplacedBy = made.ReplacedBy is { } next ? Numbers.Receipt(next) : null, KnockOns = before.Until(after, claims) };
    }

    private static async Task<Outcome<Corrected>> Ask(Work work, Correction correction, Corrected answer)
    {
        var (agreement, request) = (correction.Ground.Agreement, correction.Ground.Request);
        var subject = $"{request.Kind} {correction.Subject}";
        if ((await work.Cases.List(new CaseFilter(agreement.Number, ApprovalNeeded, null))).FirstOrDefault(row => row.Subject == subject) is { } waiting)
        {
            return Refusal.Conflict("approval_waiting", $"{waiting.Number} asks for this already.") with { Help = $"A second person approves or declines it with 'case resolve {waiting.Number}'." };
        }

        var asked = await work.Cases.Ask(agreement.Id, correction.Ground.AsOf.Day, new NewCase(ApprovalNeeded, subject, correction.Amount == 0 ? null : correction.Amount, $"{work.Actor.Name:who} asks to {Words(request)}{Sum(answer.Amount)}: {request.Reason:why}", Asking(request)));
        await work.Approvals.Add(asked.Id, JsonSerializer.Serialize(request with { Subject = correction.Subject, Agreement = agreement.Number, Seen = correction.Sheet?.Print }));
        await work.Audit.Record(agreement.Number, "approval-asked", asked.Number, JsonSerializer.Serialize(new { what = subject, reason = request.Reason, total = correction.Amount }));
        return answer with { State = ApprovalNeeded, Case = asked.Number };
    }

    // Which sentence asks for it.
    private static string Asking(CorrectionRequest request) => request is { Kind: "move", ToPeriod: not null } ? MoveTo : request.Kind;

    private static Sentence Words(CorrectionRequest request) => Asking(request) switch
    {
        MoveTo => $"move {request.Subject:subject} to member {request.ToMember:member}, period {request.ToPeriod:period}",
        "move" => $"move {request.Subject:subject} to member {request.ToMember:member}",
        "refund_credit" => $"refund the credit of member {request.Subject:subject}",
        "write_off" => $"give up what {request.Subject:subject} holds",
        "write_off_credit" => $"give up the credit of member {request.Subject:subject}",
        "write_off_claims" => $"give up what is claimed for {request.Subject:subject}",
        "correct" => $"correct a sheet by {request.Subject:subject}",
        "reopen" => $"reopen the booking period {request.Subject:period}",
        var kind => $"{kind} {request.Subject:subject}",
    };

    private static Sentence Sum(Money amount) => amount.IsZero switch { true => $"", false => $", {amount:amount}" };
}
