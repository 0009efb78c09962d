using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Every receipt that the user may see, newest first.</summary>
[Allows(Access.Users)]
public sealed class ReceiptListModel : Screen
{
    public static readonly string[] States = ["posted", "held", "credit", "ended"];

    [BindProperty(SupportsGet = true)]
    public string? Agreement { get; set; }

    /// <summary>Member number.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Member { get; set; }

    /// <summary>As the treasurer numbered it.</summary>
    [BindProperty(SupportsGet = true, Name = "receipt_no")]
    public string? ReceiptNo { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    public Page<ListedReceipt>? Found { get; private set; }

    public async Task<IActionResult> OnGet(string? after)
    {
        var where = new ReceiptsWhere { Agreement = Given(Agreement), Member = Given(Member), ReceiptNo = Given(ReceiptNo), State = States.Contains(State) ? State : null };
        if (!(await Listed(after, (lists, slice) => lists.Receipts(where, slice))).Ok(out var found, out var refusal)) return Refuse(refusal with { Field = refusal.Code == "agreement_unknown" ? "agreement" : null });
        Found = found;
        return Page();
    }
}
