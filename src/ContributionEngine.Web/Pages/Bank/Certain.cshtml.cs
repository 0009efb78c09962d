using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>All that is certain at once: first the count and the sum, then the booking, as one run that can be undone as a whole.</summary>
[Allows(Access.Officers)]
public sealed class BankCertainModel : Screen
{
    /// <summary>Matches that are listed; all of them count.</summary>
    public const int ShownMax = 100;

    [BindProperty]
    public string Fingerprint { get; set; } = "";

    public CertainMatches Certain { get; private set; } = null!;

    public async Task<IActionResult> OnGet() => await Look() is { } refusal ? Gone(refusal) : Page();

    public async Task<IActionResult> OnPost()
    {
        if ((await MatchEntries.AcceptCertain(Database, Actor, Fingerprint, Stop)).Ok(out var report, out var refusal)) return RedirectToPage("/Bank/Index", new { done = report.Run });
        return await Look() is { } gone ? Gone(gone) : Refuse(refusal);
    }

    private async Task<Refusal?> Look()
    {
        if (!(await new BankDesk(Database).Look(Actor, null, Stop)).Ok(out var desk, out var refusal)) return refusal;
        Certain = desk.Certain;
        return null;
    }
}
