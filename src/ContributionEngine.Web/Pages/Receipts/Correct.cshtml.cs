using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Reverse, move or refund a receipt: what it would come to, found out by doing it and rolling it back. What is done is what was shown here, or nothing.</summary>
[Allows(Access.Officers)]
public sealed class ReceiptCorrectionModel : Screen
{
    /// <summary>Rows of a list that are shown; all of them count.</summary>
    public const int ShownMax = 200;

    public static readonly string[] Kinds = [Reverse, Move, Refund];

    private const string Reverse = "reverse";
    private const string Move = "move";
    private const string Refund = "refund";
    private const string Do = "do";
    private const string NotSaidYet = "-";

    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Correction { get; set; } = "";

    /// <summary>Number of the member whose the money is.</summary>
    [BindProperty]
    public string? Member { get; set; }

    /// <summary>Period that the money is for, as <c>yyyy-MM</c>; empty: as it is.</summary>
    [BindProperty]
    public string? Period { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public string? Ask { get; set; }

    public ShownReceipt Receipt { get; private set; } = null!;

    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    /// <summary>What it would come to; null while it is to be said whereto, or where it is refused.</summary>
    public Rehearsed<Corrected>? Effect { get; private set; }

    /// <summary>Of all that is shown of the effect, so that nothing else is done. Numbers that are given anew each time do not count.</summary>
    public string Print => Effect is not { Result: { KnockOns: { } known } result } effect ? "" : ShownPrint.Of(new
    {
        Asked(NotSaidYet).ToMember, Asked(NotSaidYet).ToPeriod, result.NeedsApproval, effect.Books, known.Obligations, known.LateCharges, known.Cover, known.NextRemittance,
        Claims = known.Claims.Select(claim => (claim.Debtor, claim.Line, claim.Amount).ToString()),
        Cases = known.CasesOpened.Concat(known.CasesClosed).Select(row => (row.Reason, row.Amount).ToString()),
    });

    public bool Moves => Correction == Move;

    /// <summary>Whether there is anything of a receipt that a correction could put right.</summary>
    public static bool Fits(string kind, ShownReceipt receipt) => kind switch
    {
        Refund => receipt.Credit.IsPositive || receipt.Suspense.IsPositive,
        Move => receipt is { State: "posted", MemberNo: not null },
        _ => receipt.State == "posted",
    };

    public async Task<IActionResult> OnGet()
    {
        if (await Look() is { } gone) return Gone(gone);
        if (!Moves) return await Rehearse() is { } refusal ? Refuse(refusal) : Page();
        (Member, Period) = (Receipt.MemberNo, Receipt.NamedPeriod);
        return Page();
    }

    public async Task<IActionResult> OnPost([FromForm] string? seen)
    {
        if (await Look() is { } gone) return Gone(gone);
        if (Moves && Given(Member) is null) return Refuse(Refusal.Input("member_missing", "Say whose the money is.") with { Field = "member" });
        if (await Rehearse() is { } not) return Refuse(not);
        if (Ask != Do) return Page();
        if (seen != Print) return Refuse(Refusal.Conflict("effect_changed", "What it would do is not what was shown.") with { Help = "Look at it once more." });
        if (Reasons.Missing(Reason) is { } missing) return Refuse(missing);
        if (!(await Correct(Asked(Reason!))).Ok(out var corrected, out var refusal)) return Refuse(refusal);
        return corrected.Case is { } asked ? RedirectToPage("/Cases/Show", new { number = asked, done = "asked" }) : LocalRedirect($"/receipts/{Receipt.Receipt}?done={Correction}");
    }

    private CorrectionRequest Asked(string reason) => new(Correction, Receipt.Receipt, reason) { ToMember = Moves ? Given(Member) : null, ToPeriod = Moves ? Given(Period) : null };

    private async Task<Refusal?> Look()
    {
        if (!(await new ShowReceipt(Database).Run(Actor, Number, null, Stop)).Ok(out var receipt, out var refusal)) return refusal;
        if (!(await new ShowAgreement(Database).Run(Actor, receipt.Agreement, Stop)).Ok(out var agreement, out refusal)) return refusal;
        (Receipt, Zone) = (receipt, agreement.Zone);
        return null;
    }

    private async Task<Refusal?> Rehearse()
    {
        if (!(await Rehearsal.Of(Database, Actor, () => Correct(Asked(NotSaidYet)), Stop)).Ok(out var effect, out var refusal)) return refusal with { Field = FieldOf(refusal.Code) };
        Effect = effect;
        return null;
    }

    private static string? FieldOf(string code) => code switch
    {
        "member_unknown" or "move_changes_nothing" => "member",
        "period_malformed" or "R15" => "period",
        _ => null,
    };
}
