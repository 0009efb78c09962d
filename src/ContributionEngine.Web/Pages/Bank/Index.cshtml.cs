using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>The reconciliation desk: open bank money on one side, where it belongs on the other.</summary>
[Allows(Access.Fund)]
public sealed class BankModel : Screen
{
    private const string Open = "open";

    /// <summary>What a question about an entry can be.</summary>
    public static readonly string[] Asked = ["asked", "answered"];

    /// <summary>Number of the entry that is looked at; without one the oldest is.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Entry { get; set; }

    /// <summary>A part of a reference, a name or a text of the bank.</summary>
    [BindProperty(SupportsGet = true, Name = "text")]
    public string? Sought { get; set; }

    /// <summary>asked: an organisation was asked and has not answered; answered.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Question { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>Number of the match that was made just now.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Done { get; set; }

    /// <summary>Number of the match or the run that was taken back just now.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Undone { get; set; }

    /// <summary>What was done about a question just now: ask or withdraw.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Did { get; set; }

    public DeskView Desk { get; private set; } = null!;

    public Page<ListedBooking> Entries { get; private set; } = null!;

    public DateOnly Today => DateOnly.FromDateTime(Database.Clock.GetUtcNow().UtcDateTime);

    public bool MayAct => May(Access.Officers);

    public ListedBooking? Picked => Entries.Rows.FirstOrDefault(row => row.Number == Entry);

    /// <summary>The entry after the picked one, to go on with.</summary>
    public string? NextEntry => Entries.Rows.SkipWhile(row => row.Number != Entry).Skip(1).FirstOrDefault()?.Number;

    public string Here(string entry) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString("/bank", new Dictionary<string, string?> { ["entry"] = entry, ["text"] = Sought, ["question"] = Question, ["after"] = After }.Where(pair => pair.Value is not null)) + "#piece";

    public async Task<IActionResult> OnGet()
    {
        if (!(await Listed(After, (lists, slice) => lists.BankEntries(new BookingsWhere { State = Open, Text = Given(Sought), Question = Given(Question) }, slice))).Ok(out var entries, out var refusal)) return Gone(refusal);
        Entries = entries;
        Entry ??= entries.Rows is [var oldest, ..] ? oldest.Number : null;
        if (!(await new BankDesk(Database).Look(Actor, Entry, Stop)).Ok(out var desk, out refusal)) return Gone(refusal);
        Desk = desk;
        return Page();
    }
}
