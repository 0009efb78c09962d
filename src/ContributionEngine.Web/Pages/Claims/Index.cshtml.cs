using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>What others owe: for receipts that were taken back, as shares of the State or a sponsor, and for collecting.</summary>
[Allows(Access.Fund)]
public sealed class ClaimsModel : Screen
{
    public const string Open = "open";

    public static readonly string[] States = [Open, "settled", "extinguished", "written_off", "withdrawn"];

    [BindProperty(SupportsGet = true)]
    public string? Agreement { get; set; }

    /// <summary>Null at first, which is what is open; empty: every state.</summary>
    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    /// <summary>Something was settled just now.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Settled { get; set; }

    /// <summary>Null where what was asked for is refused.</summary>
    public Page<ListedClaim>? Found { get; private set; }

    /// <summary>What is open, by who owes it, in each currency.</summary>
    public IReadOnlyList<OwedSum> Owed { get; private set; } = [];

    /// <summary>What collecting costs under the chosen agreement, by remittance.</summary>
    public IReadOnlyList<KnownFee> Fees { get; private set; } = [];

    public IReadOnlyList<FeeYear> Years { get; private set; } = [];

    public bool MaySettle => May(Access.Officers);

    public static bool IsShare(string debtor) => debtor is "state" or "sponsor";

    public async Task<IActionResult> OnGet(string? after) => await Load(after) is { } refusal ? Refuse(refusal) : Page();

    private async Task<Refusal?> Load(string? after)
    {
        var agreement = Given(Agreement);
        // An empty choice in the address binds as null too: only where nothing was asked is what is open shown.
        State = Request.Query.ContainsKey("state") ? Given(State) : Open;
        if (!(await Listed(after, (lists, slice) => lists.Claims(new ClaimsWhere { Agreement = agreement, State = State }, slice))).Ok(out var found, out var refusal)) return refusal with { Field = refusal.Code == "agreement_unknown" ? "agreement" : null };
        if (!(await Database.Read(Actor, work => work.Lists.Owed(agreement), Stop)).Ok(out var owed, out refusal)) return refusal;
        (Found, Owed) = (found, owed);
        if (agreement is null) return null;
        if (!(await new SettleFees(Database).List(Actor, agreement, Stop)).Ok(out var fees, out refusal)) return refusal;
        if (!(await new SettleFees(Database).Years(Actor, agreement, Stop)).Ok(out var years, out refusal)) return refusal;
        (Fees, Years) = (fees, years);
        return null;
    }
}
