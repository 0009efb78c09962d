using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Gives several pieces of bank money to one remittance, each of them whole.</summary>
[Allows(Access.Officers)]
public sealed class BankJoinModel : Screen
{
    private const string Book = "book";

    [BindProperty(SupportsGet = true)]
    public string Remittance { get; set; } = "";

    /// <summary>The entries that are chosen.</summary>
    [BindProperty(SupportsGet = true, Name = "money")]
    public List<string> Money { get; set; } = [];

    [BindProperty(SupportsGet = true, Name = "text")]
    public string? Sought { get; set; }

    [BindProperty]
    public string? Difference { get; set; }

    [BindProperty]
    public string? Ask { get; set; }

    public Page<ListedBooking> Entries { get; private set; } = null!;

    public KnownRemittance Known { get; private set; } = null!;

    /// <summary>What would be booked.</summary>
    public ReportedMatch? Shown { get; private set; }

    /// <summary>Chosen money that the list does not show: it stays chosen.</summary>
    public IEnumerable<string> Elsewhere => Money.Except(Entries.Rows.Select(row => row.Number));

    public async Task<IActionResult> OnGet() => await Look() is { } refusal ? Gone(refusal) : Page();

    public async Task<IActionResult> OnPost()
    {
        if (await Look() is { } gone) return Gone(gone);
        var asked = new HandMatch([.. Money.Select(money => new HandPart(money, Remittance, null))], Difference);
        if (!(await new MatchByHand(Database).Show(Actor, asked, Stop)).Ok(out var shown, out var refusal)) return Refuse(refusal);
        Shown = shown;
        if (Ask != Book) return Page();
        return (await new MatchByHand(Database).Run(Actor, asked, Stop)).Ok(out var booked, out refusal) ? RedirectToPage("/Bank/Index", new { done = booked.Match }) : Refuse(refusal);
    }

    private async Task<Refusal?> Look()
    {
        if (!(await new ShowRemittance(Database).Run(Actor, Remittance, Stop)).Ok(out var known, out var refusal)) return refusal;
        if (!(await Database.Read(Actor, work => work.Lists.BankEntries(new BookingsWhere { State = "open", Text = Given(Sought) }, new Slice(Slice.LimitMax)), Stop)).Ok(out var entries, out refusal)) return refusal;
        (Known, Entries) = (known, entries);
        return null;
    }
}
