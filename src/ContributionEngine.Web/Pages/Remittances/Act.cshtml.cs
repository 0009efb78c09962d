using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>One action on a remittance: what it does and books first, then the deed.</summary>
[Allows(Access.Officers)]
public sealed class RemittanceActModel : Screen
{
    private const string NotSaidYet = "-";

    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "do")]
    public string Action { get; set; } = "";

    [BindProperty]
    public string? Reason { get; set; }

    public KnownRemittance Remittance { get; private set; } = null!;

    /// <summary>What it would come to and book; null where it is refused.</summary>
    public Rehearsed<ActedOnRemittance>? Effect { get; private set; }

    public bool NeedsReason => Action == ShowRemittance.Cancel;

    public async Task<IActionResult> OnGet()
    {
        if (await Look() is { } gone) return Gone(gone);
        return await Rehearse() is { } refusal ? Refuse(refusal) : Page();
    }

    public async Task<IActionResult> OnPost()
    {
        if (await Look() is { } gone) return Gone(gone);
        if (NeedsReason && Reasons.Missing(Reason) is { } missing)
        {
            await Rehearse();
            return Refuse(missing);
        }

        return (await Act(Reason ?? NotSaidYet)).Ok(out var acted, out var refusal) ? RedirectToPage("/Remittances/Show", new { number = acted.Number, done = Action }) : Refuse(refusal);
    }

    private async Task<Refusal?> Look()
    {
        if (!(await new ShowRemittance(Database).Run(Actor, Number, Stop)).Ok(out var found, out var refusal)) return refusal;
        Remittance = found;
        return found.Actions.Contains(Action) ? null : Refusal.NotFound("action_not_allowed", $"«{Action}» is no action of {Number} now.");
    }

    private async Task<Refusal?> Rehearse()
    {
        if (!(await Rehearsal.Of(Database, Actor, () => Act(NotSaidYet), Stop)).Ok(out var effect, out var refusal)) return refusal;
        Effect = effect;
        return null;
    }

    private Task<Outcome<ActedOnRemittance>> Act(string reason) => new ActOnRemittance(Database).Run(Actor, (Number, Action, reason), Stop);
}
