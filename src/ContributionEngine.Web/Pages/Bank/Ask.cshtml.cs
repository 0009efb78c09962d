using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Asks the treasurers of an organisation whether bank money is theirs, and takes such a question back.</summary>
[Allows(Access.Officers)]
public sealed class BankAskModel : Screen
{
    /// <summary>An entry, or a transaction of it.</summary>
    [BindProperty(SupportsGet = true)]
    public string Money { get; set; } = "";

    /// <summary>Code of the one to ask.</summary>
    [BindProperty]
    public string? Organisation { get; set; }

    public AskableMoney Piece { get; private set; } = null!;

    public string Entry => Money.Split(' ')[0];

    public async Task<IActionResult> OnGet() => await Look() is { } refusal ? Gone(refusal) : Page();

    public async Task<IActionResult> OnPost()
    {
        if (await Look() is { } gone) return Gone(gone);
        return (await new AskTreasurer(Database).Ask(Actor, (Money, Organisation ?? ""), Stop)).Ok(out _, out var refusal) ? Back("ask") : Refuse(refusal);
    }

    public async Task<IActionResult> OnPostWithdraw(string question) =>
        (await new AskTreasurer(Database).Withdraw(Actor, question, Stop)).Ok(out _, out var refusal) ? Back("withdraw") : Gone(refusal);

    private RedirectToPageResult Back(string did) => RedirectToPage("/Bank/Index", null, new { entry = Entry, did }, "piece");

    private async Task<Refusal?> Look()
    {
        if (!(await new AskTreasurer(Database).Look(Actor, Money, Stop)).Ok(out var piece, out var refusal)) return refusal;
        Piece = piece;
        return null;
    }
}
