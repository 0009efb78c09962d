using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>The last look before a sheet is sent. What is posted is what was shown here, or nothing.</summary>
[Allows(Access.Treasurers)]
public sealed class SendModel : Screen
{
    public KnownUpload Sheet { get; private set; } = null!;

    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    public bool Differs => Sheet.Expected is { } expected && expected != Sheet.Report.SumReady;

    public async Task<IActionResult> OnGet() => await Show() ?? Page();

    public async Task<IActionResult> OnPost([FromForm] string? sum, [FromForm] bool declared, [FromForm] bool differs)
    {
        if (await Show() is { } gone) return gone;
        if (!declared) return Refuse(Refusal.Usage("declaration_missing", "Tick the box to say that the sheet is right.") with { Field = "declared" });
        if (Differs && !differs) return Refuse(Refusal.Usage("difference_unsaid", "The sum is not your total.") with { Field = "differs" });
        var sent = await new SendUpload(Database).Run(Actor, new SendRequest(Number, Sheet.Report.Errors > 0, sum, null), Stop);
        if (sent.Ok(out _, out var refusal)) return LocalRedirect($"/uploads/{Number}?sent=now");
        if (refusal.Code == "upload_sent") return LocalRedirect($"/uploads/{Number}?sent=again");
        return Refuse(refusal with { Field = null });
    }

    private async Task<IActionResult?> Show()
    {
        if (!(await new ShowUpload(Database).Run(Actor, new UploadView(Number), Stop)).Ok(out var sheet, out var refusal)) return Gone(refusal);
        Sheet = sheet;
        if (sheet.Corrects is not null) return LocalRedirect($"/uploads/{Number}/correct");
        return sheet.Progress.State is "needs_fixes" or "ready" && sheet.Refusal is null ? null : LocalRedirect($"/uploads/{Number}{(sheet.CommittedAt is null ? "" : "?sent=again")}");
    }
}
