using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ContributionEngine.Web;

internal sealed record CaseAnswer(string Case, string Reason, string? Agreement, string Subject, string? Currency, string? Amount, string Detail, DateOnly OpenedOn, string State, string? Owner)
{
    public string? Resolution { get; init; }

    public string? ResolvedBy { get; init; }

    /// <summary>What may be done; empty in lists and when it is closed.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    public static CaseAnswer Of(ListedCase row, ApiCall call) => new(
        row.Number, row.Reason, row.Agreement, row.Subject, row.Currency.Length == 0 ? null : row.Currency, row.Amount is { } minor ? ApiJson.Text(row.Money(minor)) : null, call.Told(row.Said), row.OpenedOn, row.State, row.Owner)
    {
        Resolution = row.Ended is { } ended ? call.Told(ended) : row.Resolution, ResolvedBy = row.ResolvedBy,
    };

    public static CaseAnswer Of(KnownCase one, ApiCall call) => new(one.Case, one.Reason, one.Agreement, one.Subject, one.Amount?.Currency.Code, ApiJson.Text(one.Amount), call.Told(one.Said), one.OpenedOn, one.State, one.Owner)
    {
        Resolution = one.Ended is { } ended ? call.Told(ended) : one.Resolution, ResolvedBy = one.ResolvedBy, Actions = one.Actions,
    };
}

internal sealed record ObligationChange(string MemberNo, string Period, string Component, string Class, string OwedBefore, string OwedAfter, string PaidBefore, string PaidAfter);

internal sealed record CoverChange(string MemberNo, string Period, string Before, string After);

internal sealed record RemittanceChange(DateTimeOffset? Cutoff, long LinesBefore, long LinesAfter, string TotalBefore, string TotalAfter);

internal sealed record CaseChange(string Case, string Reason, string Subject, string? Amount);

/// <param name="Row">Of the correcting sheet; null: no row tells of it any more.</param>
/// <param name="Before">Zero: nothing was posted.</param>
/// <param name="After">Zero: nothing is posted any more.</param>
internal sealed record PaymentChange(long? Row, string? ReceiptNo, string? MemberNo, DateOnly ReceivedOn, string Before, string After);

/// <summary>What a sheet changes of the one that it corrects. The changes are the first thousand of their total.</summary>
internal sealed record SheetChangeAnswer(long Unchanged, string TakenBack, string Posted, int ChangesTotal, IReadOnlyList<PaymentChange> Changes)
{
    public static SheetChangeAnswer Of(SheetCorrection one) => new(
        one.Unchanged, one.TakenBack.ToMajor(), one.Posted.ToMajor(), one.ChangesTotal, [.. one.Changes.Select(row => new PaymentChange(row.Row, row.ReceiptNo, row.MemberNo, row.ReceivedOn, row.Before.ToMajor(), row.After.ToMajor()))]);
}

/// <summary>What a correction came to, and what follows from it: the same in a rehearsal.</summary>
internal sealed record CorrectionAnswer(string Action, string State, string Subject, int Receipts, string Currency, string Amount, bool NeedsApproval, string? Case, string? ReplacedBy)
{
    /// <summary>Of a sheet that corrects another.</summary>
    public SheetChangeAnswer? Sheet { get; init; }

    public int Members { get; init; }

    public IReadOnlyList<ObligationChange> Obligations { get; init; } = [];

    public IReadOnlyList<ObligationChange> LateCharges { get; init; } = [];

    public IReadOnlyList<CoverChange> Cover { get; init; } = [];

    public RemittanceChange? NextRemittance { get; init; }

    public IReadOnlyList<CaseChange> CasesOpened { get; init; } = [];

    public IReadOnlyList<CaseChange> CasesClosed { get; init; } = [];

    public static CorrectionAnswer Of(Corrected one)
    {
        var answer = new CorrectionAnswer(one.Action, one.State, one.Subject, one.Receipts, one.Amount.Currency.Code, one.Amount.ToMajor(), one.NeedsApproval, one.Case, one.ReplacedBy) { Sheet = one.Sheet is { } sheet ? SheetChangeAnswer.Of(sheet) : null };
        return one.KnockOns is not { } after ? answer : answer with
        {
            Members = after.Members, Obligations = [.. after.Obligations.Select(Change)], LateCharges = [.. after.LateCharges.Select(Change)], Cover = [.. after.Cover.Select(row => new CoverChange(row.MemberNo, row.Period, row.Before, row.After))],
            NextRemittance = after.NextRemittance is { } next ? new RemittanceChange(next.Cutoff, next.LinesBefore, next.LinesAfter, next.TotalBefore.ToMajor(), next.TotalAfter.ToMajor()) : null,
            CasesOpened = [.. after.CasesOpened.Select(Change)], CasesClosed = [.. after.CasesClosed.Select(Change)],
        };
    }

    private static ObligationChange Change(ChangedObligation row) => new(row.MemberNo, row.Period, row.Component, row.Class, row.OwedBefore.ToMajor(), row.OwedAfter.ToMajor(), row.PaidBefore.ToMajor(), row.PaidAfter.ToMajor());

    private static CaseChange Change(ChangedCase row) => new(row.Case, row.Reason, row.Subject, ApiJson.Text(row.Amount));
}

internal sealed record DecidedAnswer(CaseAnswer Case, string Action, CorrectionAnswer? Correction)
{
    public static DecidedAnswer Of(DecidedCase decided, ApiCall call) => new(CaseAnswer.Of(decided.Case, call), decided.Action, decided.Correction is { } moved ? CorrectionAnswer.Of(moved) : null);
}

/// <param name="State">open (the default: all that are not closed), assigned, waiting, resolved, written_off or all.</param>
internal sealed record CasesAsked(string? Agreement, string? Reason, string? State, string? Owner, string? Subject, [property: FromQuery(Name = "opened_by")] DateOnly? OpenedBy)
{
    public CasesWhere Where => new() { Agreement = Agreement, Reason = Reason, State = State, Owner = Owner, Subject = Subject, OpenedBy = OpenedBy };
}

internal sealed record AssignAsked(string? To = null);

/// <param name="Approve">With the action approve: yes, as the second person.</param>
/// <param name="ToMember">With the action assign: number of the member whose the money is.</param>
internal sealed record ResolveAsked(string Action, string Reason, bool Approve = false, string? ToMember = null);

internal static class CasesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/cases", ([AsParameters] CasesAsked asked, [AsParameters] PageAsked page, ApiCall call) => call.Page(page, (lists, slice) => lists.Cases(asked.Where, slice), row => CaseAnswer.Of(row, call)))
            .Reads<PageAnswer<CaseAnswer>>(Access.Users, "Open questions, oldest first");
        api.MapGet("/cases/{number}", (string number, ApiCall call) => call.Show(Found(call, number), one => CaseAnswer.Of(one, call))).Reads<CaseAnswer>(Access.Users, "One case with what may be done");
        api.MapPost("/cases/{number}/assign", Assign).Writes<CaseAnswer>(Access.Officers, "Give a case to somebody, or take it");
        api.MapPost("/cases/{number}/resolve", Resolve).Writes<DecidedAnswer>(Access.Officers, "Decide a case; with dry_run=true see what that would do to money");
    }

    private static Task<Outcome<KnownCase>> Found(ApiCall call, string number) => new CaseDesk(call.Database).Show(call.Actor, number, call.AsOf, call.Stop);

    private static async Task<IResult> Assign(string number, AssignAsked asked, ApiCall call) =>
        await call.Changed(() => Found(call, number), one => CaseAnswer.Of(one, call)) ?? await call.Write(() => new CaseDesk(call.Database).Assign(call.Actor, (number, asked.To, call.AsOf), call.Stop), one => CaseAnswer.Of(one, call));

    private static async Task<IResult> Resolve(string number, ResolveAsked asked, ApiCall call)
    {
        var decision = new CaseDecision(number, asked.Action, asked.Reason) { Approve = asked.Approve, ToMember = asked.ToMember, AsOf = call.AsOf };
        return await call.Changed(() => Found(call, number), one => CaseAnswer.Of(one, call)) ?? await call.Write(() => new ResolveCase(call.Database, call.Settings.SecondPerson).Run(call.Actor, decision, call.Stop), decided => DecidedAnswer.Of(decided, call));
    }
}
