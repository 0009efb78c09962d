using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>What a fund that takes only a whole amount has quoted, period by period: ask for it, enter what the fund says, or give it up.</summary>
[Allows(Access.Users, Access.Officers)]
public sealed class NoticesModel : Screen
{
    private static readonly string[] Open = ["requested", "quoted"];

    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    /// <summary>Number of the notice whose forms are shown.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Notice { get; set; }

    /// <summary>What was done just now: requested, quoted or withdrawn.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Done { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Period { get; set; }

    [BindProperty]
    public string? Reference { get; set; }

    [BindProperty]
    public string? Amount { get; set; }

    [BindProperty(Name = "valid_until")]
    public string? ValidUntil { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public ShownAgreement Agreement { get; private set; } = null!;

    public IReadOnlyList<KnownNotice> Notices { get; private set; } = [];

    /// <summary>The notice that is chosen and still open.</summary>
    public KnownNotice? Chosen => Notices.FirstOrDefault(one => one.Notice == Notice && IsOpen(one));

    public bool MayChange => May(Access.Officers);

    private KeepNotices Keep => new(Database);

    public static bool IsOpen(KnownNotice one) => Open.Contains(one.State);

    public async Task<IActionResult> OnGet()
    {
        if (await Load() is { } gone) return Gone(gone);
        if (Chosen is { } chosen) (Reference, Amount, ValidUntil) = (chosen.FundReference, T.Amount(chosen.Quoted ?? chosen.Asked), chosen.ValidUntil is { } until ? $"{until:yyyy-MM-dd}" : null);
        return Page();
    }

    public async Task<IActionResult> OnPostRequest()
    {
        if (await Load() is { } gone) return Gone(gone);
        return (await Keep.Request(Actor, (Number, Given(Period) ?? "", null), Stop)).Ok(out _, out var refusal) ? Again("requested") : Refuse(refusal with { Field = "period" });
    }

    public async Task<IActionResult> OnPostQuote()
    {
        if (await Load() is { } gone) return Gone(gone);
        if (!T.ReadAmount(Amount ?? "", Agreement.Currency).Ok(out var amount, out var refusal)) return Refuse(refusal);
        var quote = new QuoteRequest(Chosen?.Notice ?? "", Given(Reference) ?? "", amount.ToMajor(), Given(ValidUntil));
        return (await Keep.Quote(Actor, quote, Stop)).Ok(out _, out refusal) ? Again("quoted") : Refuse(refusal);
    }

    public async Task<IActionResult> OnPostWithdraw()
    {
        if (await Load() is { } gone) return Gone(gone);
        if (Reasons.Missing(Reason) is { } missing) return Refuse(missing);
        return (await Keep.Withdraw(Actor, (Chosen?.Notice ?? "", Reason!.Trim(), null), Stop)).Ok(out _, out var refusal) ? Again("withdrawn") : Refuse(refusal);
    }

    private RedirectToPageResult Again(string done) => RedirectToPage("/Office/Notices", new { number = Number, done });

    private async Task<Refusal?> Load()
    {
        if (!(await new ShowAgreement(Database).Run(Actor, Number, Stop)).Ok(out var agreement, out var refusal)) return refusal;
        if (!(await Keep.List(Actor, Number, Stop)).Ok(out var notices, out refusal)) return refusal;
        (Agreement, Notices) = (agreement, notices);
        return null;
    }
}
