using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Months of booking dates of an agreement: soft-close, close, and reopen, about which a second person decides where the month is closed.</summary>
[Allows(Access.Fund, Access.Officers)]
public sealed class PeriodsModel(SiteSettings site) : Screen
{
    [BindProperty(SupportsGet = true)]
    public string? Agreement { get; set; }

    /// <summary>The case that asks a second person, where reopening was asked for.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Asked { get; set; }

    public IReadOnlyList<KnownPeriod> Periods { get; private set; } = [];

    public bool MayChange => May(Access.Officers);

    public async Task<IActionResult> OnGet() => await Load() is { } refused ? Refuse(refused) : Page();

    public async Task<IActionResult> OnPostSoftClose(string period) => await After((await new KeepPeriods(Database).SoftClose(Actor, new PeriodRequest(Agreement ?? "", period, null), Stop)).Refusal);

    public async Task<IActionResult> OnPostClose(string period) => await After((await new KeepPeriods(Database).Close(Actor, new PeriodRequest(Agreement ?? "", period, null), Stop)).Refusal);

    public async Task<IActionResult> OnPostReopen(string period, string? reason)
    {
        if (Given(reason) is not { } why) return await After(Refusal.Usage("reason_needed", "Say why.") with { Field = $"reason-{period}" });
        var asked = new CorrectionRequest("reopen", period, why) { Agreement = Agreement };
        if (!(await new CorrectMoney(Database, site.SecondPerson).Run(Actor, asked, Stop)).Ok(out var reopened, out var refused)) return await After(refused);
        return reopened.Case is { } waiting ? Redirect($"/periods?agreement={Agreement}&asked={waiting}") : await After(null);
    }

    private async Task<IActionResult> After(Refusal? refused)
    {
        if (refused is null) return Redirect($"/periods?agreement={Agreement}");
        await Load();
        return Refuse(refused);
    }

    private async Task<Refusal?> Load()
    {
        if (Given(Agreement) is not { } number) return null;
        if (!(await new KeepPeriods(Database).List(Actor, number, Stop)).Ok(out var periods, out var refusal)) return refusal;
        Periods = periods;
        return null;
    }
}
