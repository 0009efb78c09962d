using System.Globalization;
using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What a person decides about a case.</summary>
public sealed record CaseDecision(string Case, string Action, string Reason)
{
    /// <summary>The second person says so in as many words.</summary>
    public bool Approve { get; init; }

    /// <summary>Whose the money is, where the action gives it to somebody.</summary>
    public string? ToMember { get; init; }

    public string? AsOf { get; init; }
}

/// <summary>A case after a decision, and what that did to money.</summary>
public sealed record DecidedCase(KnownCase Case, string Action, Corrected? Correction);

/// <summary>Carries out what a person decides about a case. Money moves in the same transaction in which the case is closed.</summary>
public sealed class ResolveCase(Database database, FourEyes eyes)
{
    private readonly CorrectMoney correct = new(database, eyes);

    public async Task<Outcome<DecidedCase>> Run(Actor actor, CaseDecision asked, CancellationToken stop)
    {
        if (asked.Action == CaseActions.Recheck) return await Recheck(actor, asked, stop);
        return await database.Attempt<DecidedCase>(actor, async work =>
        {
            if (!(await Allowed(work, asked)).Ok(out var found, out var refusal)) return refusal;
            if (!(await Act(work, found, asked)).Ok(out var correction, out refusal)) return refusal;
            if (correction is not { State: CorrectMoney.ApprovalNeeded }) await Close(work, found, asked);
            return (await CaseDesk.Show(work, asked.Case, asked.AsOf)).Ok(out var after, out refusal) ? new DecidedCase(after, asked.Action, correction) : refusal;
        }, stop);
    }

    /// <summary>Says yes, as the second person, to what another has asked for. Refusals: <c>nothing_to_approve</c>, <c>second_person_needed</c>.</summary>
    public async Task<Outcome<DecidedCase>> Approve(Actor actor, CorrectionRequest asked, CancellationToken stop)
    {
        var subject = $"{asked.Kind} {asked.Subject}";
        var waiting = await database.Read(actor, async work => (await work.Cases.List(new CaseFilter(asked.Agreement, CorrectMoney.ApprovalNeeded, null))).FirstOrDefault(row => row.Subject == subject), stop);
        return waiting is null
            ? Refusal.NotFound("nothing_to_approve", $"Nobody has asked to {subject} of {asked.Agreement}.") with { Help = "Ask for it first: the same command without --approve." }
            : await Run(actor, new CaseDecision(waiting.Number, CaseActions.Approve, asked.Reason) { Approve = true, AsOf = asked.AsOf }, stop);
    }

    private static async Task<Outcome<StoredCase>> Allowed(Work work, CaseDecision asked)
    {
        if (!(await CaseDesk.Open(work, asked.Case)).Ok(out var found, out var refusal)) return refusal;
        var actions = CaseActions.Of(found.Reason);
        return actions.Contains(asked.Action) ? found : Refusal.Usage("action_not_allowed", $"«{asked.Action}» is no action of a case {found.Reason}.") with
        {
            Help = actions.Count == 0 ? "It is closed by what happens; docs/operating.md says by what." : $"Its actions are {string.Join(", ", actions)}.",
        };
    }

    private static async Task Close(Work work, StoredCase found, CaseDecision asked)
    {
        await work.Cases.Resolve(found.Id, $"{asked.Action}: {asked.Reason}");
        await work.Audit.Record(found.Agreement ?? Audit.Administration, "case-resolved", found.Number, JsonSerializer.Serialize(new { action = asked.Action, reason = asked.Reason, case_reason = found.Reason }));
    }

    /// <returns>What moved; null when only the case is closed.</returns>
    private async Task<Outcome<Corrected?>> Act(Work work, StoredCase found, CaseDecision asked)
    {
        switch (asked.Action)
        {
            case CaseActions.Approve: return await Approve(work, found, asked);
            case CaseActions.Assign: return await Held(work, found, asked, "assign");
            case CaseActions.Refund when found.Reason == RowCases.Held: return await Held(work, found, asked, "refund");
            case CaseActions.Refund: return await On(work, found, new CorrectionRequest("refund_credit", RefundLeavers.MemberOf(found.Subject), asked.Reason) { AsOf = asked.AsOf });
            case CaseActions.WriteOff when found.Reason == RowCases.Held: return await Held(work, found, asked, "write_off");
            case CaseActions.WriteOff when found.Reason == RefundLeavers.Due: return await On(work, found, new CorrectionRequest("write_off_credit", RefundLeavers.MemberOf(found.Subject), asked.Reason) { AsOf = asked.AsOf });
            case CaseActions.WriteOff: return await On(work, found, new CorrectionRequest("write_off_claims", found.Subject, asked.Reason) { AsOf = asked.AsOf });
            case CaseActions.Reverse: return await On(work, found, new CorrectionRequest("reverse", found.Subject, asked.Reason) { AsOf = asked.AsOf });
            case CaseActions.Release when found.Reason == BookStatement.HeldBack: return await ReleaseStatement.On(work, found.Subject, asked.Reason) is { } refusal ? refusal : (Corrected?)null;
            case CaseActions.Advance or CaseActions.Drop or CaseActions.Release: return await HeldBatches.Decide(work, found, asked) is { } no ? no : (Corrected?)null;
            case CaseActions.Settle: return await Settle(work, found, asked);
            case CaseActions.Confirm or CaseActions.Resend: return await UnknownDelivery.Decide(work, found, asked.Action == CaseActions.Confirm) is { } denied ? denied : (Corrected?)null;
            case CaseActions.Keep when found.Reason == Answer.Contradicts:
                await Answer.Stand(work, found.Subject);
                return (Corrected?)null;
            case CaseActions.Dismiss when found.Reason is RowCases.LeftOut or RowCases.Clash: return await LeaveOut(work, found, asked);
            default: return (Corrected?)null;
        }
    }

    private async Task<Outcome<Corrected?>> On(Work work, StoredCase found, CorrectionRequest request) =>
        (await correct.On(work, request with { Agreement = found.Agreement }, null)).Ok(out var corrected, out var refusal) ? (Corrected?)corrected : refusal;

    private async Task<Outcome<Corrected?>> Held(Work work, StoredCase found, CaseDecision asked, string kind)
    {
        if (kind == "assign" && asked.ToMember is null) return Refusal.Usage("member_needed", "To assign money, say to whom.") with { Help = "Add --to-member M; 'suspense list' suggests members." };
        var (upload, row) = Row(found.Subject);
        if (await work.Reversals.HeldOf(upload, row) is not { } receipt) return Refusal.Conflict("receipt_not_in_suspense", $"No money of {found.Subject} is held in suspense.") with { Help = "Run 'settlement resume': its upload may not be posted yet." };
        return await On(work, found, new CorrectionRequest(kind, receipt.Number, asked.Reason) { ToMember = asked.ToMember, AsOf = asked.AsOf });
    }

    private async Task<Outcome<Corrected?>> Approve(Work work, StoredCase found, CaseDecision asked)
    {
        var waiting = (await work.Approvals.Of(found.Id))!;
        if (waiting.AskedBy == work.Actor.Name) return new Refusal(RefusalKind.NotAllowed, "second_person_needed", $"{waiting.AskedBy} asked for this; a second person decides.") with { Help = "Another user, with her own key, approves or declines it." };
        if (!asked.Approve) return Refusal.Usage("approve_needed", found.Detail) with { Help = "To approve it, add --approve." };
        var request = JsonSerializer.Deserialize<CorrectionRequest>(waiting.Request)! with { AsOf = asked.AsOf };
        return (await correct.On(work, request, waiting.AskedBy)).Ok(out var corrected, out var refusal) ? (Corrected?)corrected : refusal;
    }

    // Who dismisses the question about a row leaves the row out: nothing asks about it again.
    private static async Task<Outcome<Corrected?>> LeaveOut(Work work, StoredCase found, CaseDecision asked)
    {
        var (number, row) = Row(found.Subject);
        if (!(await work.Uploads.FindToChange(number)).Ok(out var upload, out var refusal)) return refusal;
        await RowTasks.LeaveOut(work, upload, (row, asked.Reason), found.Amount);
        return (Corrected?)null;
    }

    private static async Task<Outcome<Corrected?>> Settle(Work work, StoredCase found, CaseDecision asked)
    {
        if (!(await Ground.Of(work, found.AgreementId!.Value, new CorrectionRequest("settle", found.Subject, asked.Reason) { AsOf = asked.AsOf })).Ok(out var ground, out var refusal)) return refusal;
        var claims = (await work.Claims.Of([Numbers.Id("RCP", found.Subject)!.Value])).Where(row => row.State == "open" && row.Debtor == ClaimCases.DebtorOf(found.Reason)).ToList();
        await SettleClaim.On(work, ground.Agreement, claims, (ground.AsOf.Day, asked.Reason));
        return (Corrected?)new Corrected("settle", CorrectMoney.Done, found.Subject, new Money(claims.Sum(row => row.Amount), ground.Agreement.Currency));
    }

    // The check reads the file anew and posts by itself; the case closes when its row is ready.
    private async Task<Outcome<DecidedCase>> Recheck(Actor actor, CaseDecision asked, CancellationToken stop)
    {
        var found = await database.Read(actor, work => work.Cases.Find(asked.Case), stop);
        if (!found.Ok(out var row, out var refusal)) return refusal;
        if (row.Reason != RowCases.LeftOut) return Refusal.Usage("action_not_allowed", $"«{asked.Action}» is no action of a case {row.Reason}.") with { Help = $"Its actions are {string.Join(", ", CaseActions.Of(row.Reason))}." };
        if (!(await new RecheckUpload(database).Run(actor, Row(row.Subject).Upload, asked.AsOf, stop)).Ok(out _, out refusal)) return refusal;
        var after = await new CaseDesk(database).Show(actor, asked.Case, asked.AsOf, stop);
        return after.Ok(out var shown, out refusal) ? new DecidedCase(shown, asked.Action, null) : refusal;
    }

    // «UPL-1007 row 12».
    private static (string Upload, long Row) Row(string subject) => subject.Split(' ') is [var upload, "row", var row] ? (upload, long.Parse(row, CultureInfo.InvariantCulture))
        : throw new InvalidOperationException($"«{subject}» is no row of an upload.");
}
