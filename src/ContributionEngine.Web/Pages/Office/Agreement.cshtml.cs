using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>One agreement: its terms, when is cut next, and what may be done about it.</summary>
[Allows(Access.Users, Access.Officers)]
public sealed class AgreementModel : Screen
{
    private const int CutoffsShown = 8;

    /// <summary>It was taken in just now.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Taken { get; set; }

    public ShownAgreement Shown { get; private set; } = null!;

    public IReadOnlyList<ListedCutoff> Cutoffs { get; private set; } = [];

    /// <summary>What the schedule came to just now.</summary>
    public GeneratedSchedule? Schedule { get; private set; }

    public bool MayChange => May(Access.Officers);

    public bool IsFund => May(Access.Fund);

    public async Task<IActionResult> OnGet(string number) => await Load(number) is { } refusal ? Gone(refusal) : Page();

    public Task<IActionResult> OnPostRenew(string number, string? start, string? end, string? changes) =>
        Change(number, async () => (await new RenewAgreement(Database).Run(Actor, new RenewRequest(number, start ?? "", end ?? "", Given(changes)), Stop)).Refusal);

    public Task<IActionResult> OnPostAmend(string number, string? amendment, string? reason) =>
        Change(number, async () => (await new AmendAgreement(Database).Run(Actor, new AmendRequest(number, amendment ?? "", reason ?? ""), Stop)).Refusal);

    public Task<IActionResult> OnPostEnd(string number, string? on, string? why) =>
        Change(number, async () => (await new EndAgreement(Database).Run(Actor, new EndRequest(number, on ?? "", why ?? "", null), Stop)).Refusal);

    /// <summary>Works out what every member owes, as the members, the pack and the terms are now.</summary>
    public async Task<IActionResult> OnPostSchedule(string number)
    {
        var generated = await new GenerateSchedule(Database).Run(Actor, new ScheduleRequest(number, null, null, null), Stop);
        if (await Load(number) is { } gone) return Gone(gone);
        if (!generated.Ok(out var schedule, out var refusal)) return Refuse(refusal);
        Schedule = schedule;
        return Page();
    }

    private async Task<IActionResult> Change(string number, Func<Task<Refusal?>> change)
    {
        if (await change() is not { } refused) return Redirect($"/agreements/{number}");
        return await Load(number) is { } gone ? Gone(gone) : Refuse(refused);
    }

    private async Task<Refusal?> Load(string number)
    {
        if (!(await new ShowAgreement(Database).Run(Actor, number, Stop)).Ok(out var shown, out var refusal)) return refusal;
        if (!(await Database.Read(Actor, work => AgreementCalendar.Of(work, number, (null, null)), Stop)).Ok(out var cutoffs, out refusal)) return refusal;
        (Shown, Cutoffs) = (shown, [.. cutoffs.Take(CutoffsShown)]);
        return null;
    }
}
