using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>What others owe: for receipts that were taken back, as shares of the State or a sponsor, and for collecting.</summary>
[Allows(Access.Fund)]
public sealed class ClaimsModel : Screen
{
    public const string Open = "open";

    /// <summary>Claims that a page shows; all of an agreement are in its file.</summary>
    public const int RowsMax = 200;

    public static readonly string[] States = [Open, "settled", "extinguished", "written_off", "withdrawn"];

    [BindProperty(SupportsGet = true)]
    public string? Agreement { get; set; }

    /// <summary>Null at first, which is what is open; empty: every state.</summary>
    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    /// <summary>Something was settled just now.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Settled { get; set; }

    public IReadOnlyList<KnownClaim> Claims { get; private set; } = [];

    /// <summary>How many there are of the state, shown or not.</summary>
    public int Found { get; private set; }

    /// <summary>What is open, by who owes it, in each currency.</summary>
    public IReadOnlyList<(string Debtor, int Count, Money Total)> Owed { get; private set; } = [];

    /// <summary>What collecting costs under the chosen agreement, by remittance.</summary>
    public IReadOnlyList<KnownFee> Fees { get; private set; } = [];

    public IReadOnlyList<FeeYear> Years { get; private set; } = [];

    public bool MaySettle => May(Access.Officers);

    public static bool IsShare(string debtor) => debtor is "state" or "sponsor";

    public async Task<IActionResult> OnGet() => await Load() is { } refusal ? Refuse(refusal) : Page();

    private async Task<Refusal?> Load()
    {
        var agreement = Given(Agreement);
        if (!(await new SettleClaim(Database).List(Actor, agreement, Stop)).Ok(out var all, out var refusal)) return refusal with { Field = "agreement" };
        // An empty choice in the address binds as null too: only where nothing was asked is what is open shown.
        State = Request.Query.ContainsKey("state") ? Given(State) : Open;
        var rows = all.Where(claim => State is null || claim.State == State).ToList();
        (Claims, Found) = ([.. rows.Take(RowsMax)], rows.Count);
        Owed = [.. all.Where(claim => claim.State == Open).GroupBy(claim => (claim.Debtor, claim.Amount.Currency)).Select(of => (of.Key.Debtor, of.Count(), new Money(of.Sum(claim => claim.Amount.Minor), of.Key.Currency)))];
        if (agreement is null) return null;
        if (!(await new SettleFees(Database).List(Actor, agreement, Stop)).Ok(out var fees, out refusal)) return refusal;
        if (!(await new SettleFees(Database).Years(Actor, agreement, Stop)).Ok(out var years, out refusal)) return refusal;
        (Fees, Years) = (fees, years);
        return null;
    }
}
