using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>A member who leaves, or goes to another agreement: what that comes to first, by doing it and rolling it back, and then the deed.</summary>
[Allows(Access.Treasurers)]
public sealed class LeaveModel : Screen
{
    private const string Do = "do";

    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty]
    public string? Agreement { get; set; }

    /// <summary>Her last day; with <see cref="To"/> her first day there.</summary>
    [BindProperty]
    public string? On { get; set; }

    /// <summary>The agreement to which she goes; null: she leaves.</summary>
    [BindProperty]
    public string? To { get; set; }

    [BindProperty]
    public string? Ask { get; set; }

    public ShownMember Member { get; private set; } = null!;

    /// <summary>Null until it was looked at, or where it is refused.</summary>
    public Departure? Effect { get; private set; }

    public async Task<IActionResult> OnGet() => await Load() is { } gone ? Gone(gone) : Page();

    public async Task<IActionResult> OnPost()
    {
        if (await Load() is { } gone) return Gone(gone);
        if (Given(To) is not null && !May(Access.Officers)) return Forbid();
        if (Given(On) is null) return Refuse(Refusal.Input("day_missing", "Say on which day.") with { Field = "on" });
        if (Ask == Do) return (await Depart()).Refusal is { } refused ? Refuse(refused) : LocalRedirect($"/members/{Uri.EscapeDataString(Number)}");
        if (!(await Rehearsal.Of(Database, Actor, Depart, Stop)).Ok(out var effect, out var refusal)) return Refuse(refusal);
        Effect = effect.Result;
        return Page();
    }

    private async Task<Outcome<Departure>> Depart()
    {
        if (Given(To) is not { } to) return (await new LeaveMember(Database).Run(Actor, new LeaveRequest(Number, Given(Agreement), On!, null), Stop)).Ok(out var left, out var refusal) ? new Departure(left, null) : At(refusal, "on");
        return (await new TransferMember(Database).Run(Actor, new TransferRequest(Number, Given(Agreement), to, On!), Stop)).Ok(out var gone, out var no) ? new Departure(gone.Left, gone.Scheduled) : At(no, no.Code.StartsWith("agreement", StringComparison.Ordinal) ? "to" : "on");
    }

    private static Refusal At(Refusal refusal, string field) => refusal with { Field = field };

    private async Task<Refusal?> Load()
    {
        if (!(await new ShowMember(Database).Run(Actor, Number, null, Stop)).Ok(out var member, out var refusal)) return refusal;
        Member = member;
        return null;
    }

    /// <summary>What leaving comes to.</summary>
    /// <param name="Scheduled">What she will owe under the other agreement; null: she goes to none.</param>
    public sealed record Departure(LeftMember Left, Money? Scheduled);
}
