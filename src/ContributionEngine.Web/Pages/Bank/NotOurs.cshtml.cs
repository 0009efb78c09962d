using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Says of an entry that it pays no remittance.</summary>
[Allows(Access.Officers)]
public sealed class BankNotOursModel : Screen
{
    [BindProperty(SupportsGet = true)]
    public string Entry { get; set; } = "";

    [BindProperty]
    public string? Reason { get; set; }

    public IActionResult OnGet() => Page();

    public async Task<IActionResult> OnPost()
    {
        if (Reasons.Missing(Reason) is { } missing) return Refuse(missing);
        return (await new SetAside(Database).Run(Actor, (Entry, Reason!), Stop)).Ok(out var aside, out var refusal) ? RedirectToPage("/Bank/Index", new { done = aside.Match }) : Refuse(refusal);
    }
}
