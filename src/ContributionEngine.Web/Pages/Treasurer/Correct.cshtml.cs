using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>What a sheet changes of the one that it corrects, found out by doing it and rolling it back. What is done is what was shown here, or nothing.</summary>
[Allows(Access.Treasurers)]
public sealed class CorrectModel : Screen
{
    /// <summary>Changes that are listed; all of them count.</summary>
    public const int ShownMax = 200;

    private const string NotSaidYet = "-";

    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty]
    public string? Reason { get; set; }

    public KnownUpload Sheet { get; private set; } = null!;

    /// <summary>What it would come to; null where it is refused.</summary>
    public Corrected? Effect { get; private set; }

    /// <summary>What the organisation would owe because it has gone to the fund; null: nothing.</summary>
    public Money? Owed => Effect?.KnockOns?.Claims is { Count: > 0 } claims ? claims.Select(claim => claim.Amount).Aggregate((sum, next) => sum + next) : null;

    public async Task<IActionResult> OnGet() => await Show() ?? (await Rehearse() is { } refusal ? Refuse(refusal) : Page());

    public async Task<IActionResult> OnPost([FromForm] string? seen)
    {
        if (await Show() is { } gone) return gone;
        if (Reasons.Missing(Reason) is { } missing)
        {
            await Rehearse();
            return Refuse(missing);
        }

        if ((await Correct(Asked(Reason!) with { Seen = seen })).Ok(out var corrected, out var refusal)) return LocalRedirect($"/uploads/{Number}?{(corrected.Case is { } asked ? $"asked={asked}" : "sent=now")}");
        if (refusal.Code == "upload_sent") return LocalRedirect($"/uploads/{Number}?sent=again");
        await Rehearse();
        return Refuse(refusal);
    }

    private CorrectionRequest Asked(string reason) => new("correct", Number, reason);

    private async Task<Refusal?> Rehearse()
    {
        if (!(await Rehearsal.Of(Database, Actor, () => Correct(Asked(NotSaidYet)), Stop)).Ok(out var effect, out var refusal)) return refusal;
        Effect = effect.Result;
        return null;
    }

    private async Task<IActionResult?> Show()
    {
        if (!(await new ShowUpload(Database).Run(Actor, new UploadView(Number), Stop)).Ok(out var sheet, out var refusal)) return Gone(refusal);
        Sheet = sheet;
        return sheet is { Progress.State: "needs_fixes" or "ready", Refusal: null, Corrects: not null } ? null : LocalRedirect($"/uploads/{Number}{(sheet.CommittedAt is null ? "" : "?sent=again")}");
    }
}
