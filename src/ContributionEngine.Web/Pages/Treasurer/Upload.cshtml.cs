using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>A sheet as it stands: being checked, to be put right, ready to be sent, or sent and what it has become.</summary>
[Allows(Access.Users)]
public sealed class UploadModel : Screen
{
    public KnownUpload Sheet { get; private set; } = null!;

    /// <summary>Of a sheet that was sent: where its money is.</summary>
    public UploadResult? Result { get; private set; }

    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true)]
    public long After { get; set; }

    /// <summary>The same file was uploaded again.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Same { get; set; }

    /// <summary>It was sent just now, or before and now again.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sent { get; set; }

    /// <summary>The case in which a second person is asked about the correction that it is.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Asked { get; set; }

    public bool MayWrite => May(Access.Treasurers);

    public bool IsOpen => Sheet.Progress.State is "needs_fixes" or "ready";

    public bool IsSent => Sheet.Progress.State is "committed" or "reconciled";

    /// <summary>Ready sum less the control total; null where none was given, or it is met.</summary>
    public Money? Difference => Sheet.Expected is { } expected && expected != Sheet.Report.SumReady ? Sheet.Report.SumReady - expected : null;

    public async Task<IActionResult> OnGet() => await Show() is { } gone ? gone : Page();

    public Task<IActionResult> OnPostCheck(bool? hold, bool? repeats) => Do(async () => (await new ReviseUpload(Database).Run(Actor, Number, new Revision(HoldUnknown: hold, AcceptRepeats: repeats), Stop)).Refusal);

    public Task<IActionResult> OnPostWithdraw(string? reason) => Do(async () =>
        string.IsNullOrWhiteSpace(reason) ? NoReason : (await new WithdrawUpload(Database).Run(Actor, Number, reason, Stop)).Refusal);

    public Task<IActionResult> OnPostUndo(string? reason) => Do(async () => string.IsNullOrWhiteSpace(reason) ? NoReason
        : (await Correct(new CorrectionRequest("undo", Number, reason))).Refusal);

    /// <summary>Posts the left-out rows of a sent sheet that are ready by now.</summary>
    public Task<IActionResult> OnPostRecheck() => Do(async () => (await new RecheckUpload(Database).Run(Actor, Number, null, Stop)).Refusal);

    private static Refusal NoReason => Refusal.Usage("reason_missing", "Say why, in a few words.") with { Field = "reason" };

    private async Task<IActionResult> Do(Func<Task<Refusal?>> what)
    {
        if (!MayWrite) return Forbid();
        if (await what() is not { } refusal) return LocalRedirect($"/uploads/{Number}");
        return await Show() is { } gone ? gone : Refuse(refusal);
    }

    private async Task<IActionResult?> Show()
    {
        if (!(await new ShowUpload(Database).Run(Actor, new UploadView(Number, Code, null, After), Stop)).Ok(out var sheet, out var refusal)) return Gone(refusal);
        Sheet = sheet;
        if (IsSent && (await new SubmitUpload(Database).Stored(Actor, Number, Stop)).Ok(out var result, out _)) Result = result;
        return null;
    }
}
