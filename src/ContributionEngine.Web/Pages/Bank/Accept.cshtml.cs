using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Books one proposal of the desk and goes on with the next entry.</summary>
[Allows(Access.Officers)]
public sealed class BankAcceptModel : Screen
{
    [BindProperty]
    public string Proposal { get; set; } = "";

    [BindProperty]
    public string? Next { get; set; }

    public IActionResult OnGet() => LocalRedirect("/bank");

    public async Task<IActionResult> OnPost() => (await MatchEntries.Accept(Database, Actor, Proposal, Stop)).Ok(out var report, out var refusal)
        ? RedirectToPage("/Bank/Index", new { entry = Next, done = report.Matches[0].Match })
        : Refuse(refusal);
}
