using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>What was settled, or would be.</summary>
/// <param name="Debtor">organisation, member, state, sponsor or fund.</param>
/// <param name="Count">Claims, or remittances whose fee it is.</param>
/// <param name="Total">Below zero: a fee that is given back.</param>
public sealed record SettledSum(string Debtor, int Count, Money Total);

/// <summary>A debtor has paid: one claim, all open shares of a debtor, or fees for collecting; what it books first, then the deed.</summary>
[Allows(Access.Officers)]
public sealed class SettleModel : Screen
{
    private const string NotSaidYet = "-";

    [BindProperty(SupportsGet = true)]
    public string? Agreement { get; set; }

    /// <summary>Number of the one claim.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Claim { get; set; }

    /// <summary><c>state</c> or <c>sponsor</c>: all open shares of it under the agreement.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Debtor { get; set; }

    /// <summary>The remittance whose fee it is; without it, a claim and a debtor: every open fee of the agreement.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Remittance { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>What it would come to; null where it is refused.</summary>
    public Rehearsed<SettledSum>? Effect { get; private set; }

    public bool IsFee => Given(Claim) is null && Given(Debtor) is null;

    /// <summary>What it is about, to be said in the heading.</summary>
    public string About => Given(Claim) ?? Given(Remittance) ?? Given(Agreement) ?? "";

    public async Task<IActionResult> OnGet() => await Rehearse() is { } refusal ? Refuse(refusal) : Page();

    public async Task<IActionResult> OnPost()
    {
        if (Reasons.Missing(Reason) is { } missing) return Refuse(await Rehearse() ?? missing);
        return (await Settle(Reason!)).Ok(out _, out var refusal) ? RedirectToPage("/Claims/Index", new { agreement = Given(Agreement), settled = true }) : Refuse(refusal);
    }

    private async Task<Refusal?> Rehearse()
    {
        if (!(await Rehearsal.Of(Database, Actor, () => Settle(NotSaidYet), Stop)).Ok(out var effect, out var refusal)) return refusal;
        Effect = effect;
        return null;
    }

    private async Task<Outcome<SettledSum>> Settle(string reason)
    {
        if (Given(Claim) is { } one) return (await new SettleClaim(Database).Run(Actor, (one, reason, null), Stop)).Ok(out var claim, out var no) ? new SettledSum(claim.Debtor, 1, claim.Amount) : no;
        if (Given(Agreement) is not { } agreement) return Refusal.Usage("claim_needed", "Name a claim, or an agreement.");
        if (Given(Debtor) is { } debtor) return (await new SettleStateClaims(Database).Run(Actor, new StatePayment(agreement, debtor, reason), Stop)).Ok(out var shares, out var none) ? new SettledSum(debtor, shares.Claims, shares.Total) : none;
        return (await new SettleFees(Database).Run(Actor, new FeeReceipt(agreement, Given(Remittance), reason), Stop)).Ok(out var fees, out var refusal) ? new SettledSum(fees.Payer, fees.Remittances, fees.Total) : refusal;
    }
}
