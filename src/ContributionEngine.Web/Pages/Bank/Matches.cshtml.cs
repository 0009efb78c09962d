using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>What was matched, newest first, and the latest runs of the matching.</summary>
[Allows(Access.Fund)]
public sealed class BankMatchesModel : Screen
{
    private const int RunsShown = 10;

    /// <summary>live or undone; without one both.</summary>
    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Run { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public Page<ListedMatching> Matches { get; private set; } = null!;

    public IReadOnlyList<ListedMatchRun> Runs { get; private set; } = [];

    public bool MayAct => May(Access.Officers);

    public async Task<IActionResult> OnGet()
    {
        if (!(await Listed(After, (lists, slice) => lists.Matches(new MatchesWhere { State = State, Run = Run }, slice))).Ok(out var matches, out var refusal)) return Gone(refusal);
        Matches = matches;
        Runs = (await Database.Read(Actor, work => work.Lists.MatchRuns(new Slice(RunsShown)), Stop)).Rows;
        return Page();
    }
}
