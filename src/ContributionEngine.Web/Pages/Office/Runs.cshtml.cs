using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Settlement runs: what the next cut-off would take, a run now, and every run with what it cut.</summary>
[Allows(Access.Fund, Access.Officers)]
public sealed class RunsModel : Screen
{
    public static readonly string[] States = ["running", "completed", "completed_with_cases", "failed"];

    [BindProperty(SupportsGet = true)]
    public string? Agreement { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    public Page<ListedRun>? Found { get; private set; }

    /// <summary>What the next cut-off of the agreement that is looked at would take.</summary>
    public SettlementForecast? Plan { get; private set; }

    /// <summary>Whose clock the cut-offs are told by: the agreement's that is looked at, else the world's.</summary>
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    public async Task<IActionResult> OnGet(string? after)
    {
        if (await Load(after) is { } refused) return Refuse(refused);
        return Page();
    }

    public async Task<IActionResult> OnPost() => await After((await new RunSettlement(Database).Begin(Actor, new SettlementRequest(Agreement ?? "", null), Stop)).Refusal);

    public async Task<IActionResult> OnPostResume() => await After((await new RunSettlement(Database).Resume(Actor, Agreement ?? "", Stop)).Refusal);

    private async Task<IActionResult> After(Refusal? refused)
    {
        if (refused is null) return Redirect($"/runs?agreement={Agreement}");
        await Load(null);
        return Refuse(refused);
    }

    private async Task<Refusal?> Load(string? after)
    {
        var (agreement, state) = (Given(Agreement), Given(State));
        if (!(await Listed(after, (lists, slice) => lists.SettlementRuns(new RunsWhere { Agreement = agreement, State = state }, slice))).Ok(out var found, out var refusal)) return refusal;
        Found = found;
        if (agreement is null) return null;
        if (!(await new ShowAgreement(Database).Run(Actor, agreement, Stop)).Ok(out var shown, out refusal)) return refusal;
        if (!(await new RunSettlement(Database).Plan(Actor, new SettlementRequest(agreement, null), Stop)).Ok(out var plan, out refusal)) return refusal;
        (Zone, Plan) = (shown.Zone, plan);
        return null;
    }
}
