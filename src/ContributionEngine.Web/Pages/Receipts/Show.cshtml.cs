using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>One receipt: where it comes from, what it paid, what was taken back of it, and its whole way with the rule of each step.</summary>
[Allows(Access.Users)]
public sealed class ReceiptModel : Screen
{
    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    /// <summary>What was done just now: <c>reverse</c>, <c>move</c> or <c>refund</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Done { get; set; }

    public ShownReceipt Receipt { get; private set; } = null!;

    public IReadOnlyList<ExplainedStep> Story { get; private set; } = [];

    /// <summary>How the user may put it right.</summary>
    public IReadOnlyList<string> Corrections { get; private set; } = [];

    public async Task<IActionResult> OnGet()
    {
        if (!(await new ShowReceipt(Database).Run(Actor, Number, null, Stop)).Ok(out var receipt, out var refusal)) return Gone(refusal);
        if (!(await new Explain(Database).Run(Actor, "receipt", receipt.Receipt, Stop)).Ok(out var story, out refusal)) return Gone(refusal);
        (Receipt, Story) = (receipt, story);
        if (May(Access.Officers)) Corrections = [.. ReceiptCorrectionModel.Kinds.Where(kind => ReceiptCorrectionModel.Fits(kind, receipt))];
        if (!ReceiptCorrectionModel.Kinds.Contains(Done)) Done = null;
        return Page();
    }
}
