using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>One action of a case: what it would book, found out by doing it and rolling it back, and then the decision.</summary>
[Allows(Access.Officers)]
public sealed class CaseDecideModel : Screen
{
    private const string NotSaidYet = "-";
    private const string Do = "do";

    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "do")]
    public string Action { get; set; } = "";

    /// <summary>Number of the member whose the money is, where the action gives it to somebody.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Member { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public string? Ask { get; set; }

    public KnownCase Case { get; private set; } = null!;

    /// <summary>What it would come to; null while a member is to be named first, or where it is refused.</summary>
    public Rehearsed<DecidedCase>? Effect { get; private set; }

    public bool NeedsMember => Action == CaseActions.Assign;

    public async Task<IActionResult> OnGet()
    {
        if (await Look() is { } gone) return Gone(gone);
        if (NeedsMember && string.IsNullOrWhiteSpace(Member)) return Page();
        return await Rehearse() is { } refusal ? Refuse(refusal) : Page();
    }

    public async Task<IActionResult> OnPost()
    {
        if (await Look() is { } gone) return Gone(gone);
        if (NeedsMember && string.IsNullOrWhiteSpace(Member)) return Refuse(Refusal.Input("member_missing", "Say whose the money is.") with { Field = "member" });
        if (await Rehearse() is { } not) return Refuse(not);
        if (Ask != Do) return Page();
        if (Reasons.Missing(Reason) is { } missing) return Refuse(missing);
        if (!(await new ResolveCase(Database, SecondPerson).Run(Actor, Decision(Reason!), Stop)).Ok(out var decided, out var refusal)) return Refuse(refusal);
        return RedirectToPage("/Cases/Show", decided.Correction?.Case is { } asked ? new { number = asked, done = "asked" } : new { number = Number, done = Action });
    }

    private CaseDecision Decision(string reason) => new(Number, Action, reason) { Approve = Action == CaseActions.Approve, ToMember = string.IsNullOrWhiteSpace(Member) ? null : Member.Trim() };

    private async Task<Refusal?> Look()
    {
        if (!(await new CaseDesk(Database).Show(Actor, Number, null, Stop)).Ok(out var found, out var refusal)) return refusal;
        Case = found;
        return found.Actions.Contains(Action) || found.AgeDays is null ? null : Refusal.NotFound("action_not_allowed", $"«{Action}» is no action of {Number}.");
    }

    private async Task<Refusal?> Rehearse()
    {
        if (!(await Rehearsal.Of(Database, Actor, () => new ResolveCase(Database, SecondPerson).Run(Actor, Decision(NotSaidYet), Stop), Stop)).Ok(out var effect, out var refusal)) return refusal.Code == "member_unknown" ? refusal with { Field = "member" } : refusal;
        Effect = effect;
        return null;
    }
}
