using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Gives one piece of bank money to one or several remittances, by amounts that add up to it.</summary>
[Allows(Access.Officers)]
public sealed class BankSplitModel : Screen
{
    private const string Book = "book";

    /// <summary>An entry, or a transaction of it.</summary>
    [BindProperty(SupportsGet = true)]
    public string Money { get; set; } = "";

    /// <summary>The remittances that are offered, and beside each its amount.</summary>
    [BindProperty(SupportsGet = true, Name = "remittance")]
    public List<string> Remittances { get; set; } = [];

    [BindProperty(Name = "amount")]
    public List<string?> Amounts { get; set; } = [];

    /// <summary>Number or reference of one that is not offered.</summary>
    [BindProperty]
    public string? Other { get; set; }

    /// <summary>short or over, when the acting user means it.</summary>
    [BindProperty]
    public string? Difference { get; set; }

    /// <summary>What is asked: to add a remittance, to add up, or to book.</summary>
    [BindProperty]
    public string? Ask { get; set; }

    public DeskPiece Piece { get; private set; } = null!;

    /// <summary>What would be booked.</summary>
    public ReportedMatch? Shown { get; private set; }

    public DeskCandidate? Of(string remittance) => Piece.Candidates.FirstOrDefault(one => one.Remittance.Number == remittance);

    public async Task<IActionResult> OnGet()
    {
        if (await Look() is { } refusal) return Gone(refusal);
        var chosen = Remittances.FirstOrDefault();
        Offer();
        Amounts = [.. Remittances.Select(one => one == chosen ? T.Amount(Absolute) : null)];
        return Page();
    }

    public async Task<IActionResult> OnPost()
    {
        if (await Look() is { } gone) return Gone(gone);
        if (!string.IsNullOrWhiteSpace(Other))
        {
            Remittances.Add(Other.Trim());
            (Other, Ask) = (null, null);
            ModelState.Clear();
            return Page();
        }

        if (!Parts().Ok(out var parts, out var refusal)) return Refuse(refusal);
        var asked = new HandMatch(parts, Difference);
        if (!(await new MatchByHand(Database).Show(Actor, asked, Stop)).Ok(out var shown, out refusal)) return Refuse(refusal);
        Shown = shown;
        if (Ask != Book) return Page();
        return (await new MatchByHand(Database).Run(Actor, asked, Stop)).Ok(out var booked, out refusal) ? RedirectToPage("/Bank/Index", new { done = booked.Match }) : Refuse(refusal);
    }

    private Money Absolute => Piece.Amount.IsPositive ? Piece.Amount : -Piece.Amount;

    private async Task<Refusal?> Look()
    {
        if (!(await new BankDesk(Database).Look(Actor, Money.Split(' ')[0], Stop)).Ok(out var desk, out var refusal)) return refusal;
        Piece = desk.Pieces.FirstOrDefault(piece => piece.Money == Money)!;
        return Piece is null ? Refusal.NotFound("bank_entry_not_open", $"Nothing of {Money} is open.") : null;
    }

    // Those of the proposal first, then the likeliest others.
    private void Offer() => Remittances = [.. Remittances.Concat(Piece.Remittances.Select(one => one.Number)).Concat(Piece.Candidates.Select(one => one.Remittance.Number)).Distinct()];

    private Outcome<IReadOnlyList<HandPart>> Parts()
    {
        var parts = new List<HandPart>();
        foreach (var (remittance, typed) in Remittances.Zip(Amounts).Where(pair => !string.IsNullOrWhiteSpace(pair.Second)))
        {
            if (!T.ReadAmount(typed!, Piece.Amount.Currency).Ok(out var amount, out var refusal)) return refusal with { Field = $"amount-{remittance}" };
            parts.Add(new HandPart(Money, remittance, amount));
        }

        return parts;
    }
}
