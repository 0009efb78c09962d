using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Statements that were taken in, how far each account reaches, and where one is missing.</summary>
[Allows(Access.Fund)]
public sealed class BankStatementsModel : Screen
{
    private const long GapsShown = 20;

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>How many statements were taken in just now, and how many of them had been before.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Taken { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Again { get; set; }

    public Page<ListedStatement> Statements { get; private set; } = null!;

    public IReadOnlyList<StatementChain> Chains { get; private set; } = [];

    public IReadOnlyList<StatementGap> Gaps { get; private set; } = [];

    public bool MayAct => May(Access.Officers);

    public static Money In(string currency, long minor) => new(minor, Currency.Of(currency).Value);

    public async Task<IActionResult> OnGet()
    {
        if (!(await Listed(After, (lists, slice) => lists.BankStatements(new StatementsWhere(), slice))).Ok(out var statements, out var refusal)) return Gone(refusal);
        Statements = statements;
        (Chains, Gaps) = await Database.Read(Actor, async work => (await work.StatementChains.Of(), await work.StatementChains.Gaps(GapsShown)), Stop);
        return Page();
    }
}
