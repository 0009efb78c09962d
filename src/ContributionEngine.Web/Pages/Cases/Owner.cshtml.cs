using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Gives a case to somebody.</summary>
[Allows(Access.Officers)]
public sealed class CaseOwnerModel : Screen
{
    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty]
    public string? To { get; set; }

    public IActionResult OnGet() => LocalRedirect($"/cases/{Uri.EscapeDataString(Number)}");

    public async Task<IActionResult> OnPost() => (await new CaseDesk(Database).Assign(Actor, (Number, string.IsNullOrWhiteSpace(To) ? null : To.Trim(), null), Stop)).Ok(out var given, out var refusal)
        ? RedirectToPage("/Cases/Show", new { number = given.Case })
        : Refuse(refusal with { Field = "to" });
}
