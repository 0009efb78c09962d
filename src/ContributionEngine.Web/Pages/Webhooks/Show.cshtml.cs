using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>One program that hears of events: what it has heard and answered, and what may be done about it.</summary>
[Allows(Access.Users, Access.Treasurers)]
public sealed class WebhookModel(SiteSettings site) : Screen
{
    public static readonly string[] States = ["waiting", "delivered", "failed"];

    [BindProperty(SupportsGet = true)]
    public string Endpoint { get; set; } = "";

    /// <summary>Only deliveries of this state.</summary>
    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    /// <summary>What was done just now.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Done { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>As it was typed into the form that changes the receiver; null: as the receiver has it.</summary>
    [BindProperty(Name = "url")]
    public string? Address { get; set; }

    [BindProperty(Name = "event_types")]
    public string? EventTypes { get; set; }

    [BindProperty]
    public string? Description { get; set; }

    /// <summary>The receiver as the form that changes it showed it.</summary>
    [BindProperty]
    public string? Seen { get; set; }

    public KnownEndpoint Receiver { get; private set; } = null!;

    public IReadOnlyList<KnownDelivery> Deliveries { get; private set; } = [];

    /// <summary>Cursor of the next page; null on the last.</summary>
    public string? Next { get; private set; }

    /// <summary>A secret that was made just now.</summary>
    public string? Secret { get; private set; }

    public bool MayChange => May(Access.Treasurers);

    private KeepWebhooks Receivers => new(Database, site.WebhooksMayBeLocal);

    public Task<IActionResult> OnGet(string? after) => Shown(null, after);

    public async Task<IActionResult> OnPostChange()
    {
        // The form sends all three: what was emptied binds as null, and is meant to be empty.
        (Address, EventTypes, Description) = (Given(Address) ?? "", Given(EventTypes) ?? "", Given(Description) ?? "");
        return await After("change", await Receivers.Change(Actor, Endpoint, new EndpointChange(Address, [EventTypes], Description, Seen ?? ""), Stop));
    }

    public async Task<IActionResult> OnPostRotate()
    {
        if (!(await Receivers.Rotate(Actor, Endpoint, Stop)).Ok(out var rotated, out var refusal)) return await Shown(refusal);
        Secret = rotated.Secret;
        return await Shown(null);
    }

    public async Task<IActionResult> OnPostDisable() =>
        Reasons.Missing(Reason) is { } missing ? await Shown(missing) : await After("disable", await Receivers.Disable(Actor, Endpoint, Reason!.Trim(), Stop));

    public async Task<IActionResult> OnPostEnable() => await After("enable", await Receivers.Enable(Actor, Endpoint, Stop));

    public async Task<IActionResult> OnPostTest() => await After("test", await new ReplayEvents(Database).Test(Actor, Endpoint, Stop));

    public async Task<IActionResult> OnPostResend([FromForm(Name = "event")] string? number) =>
        await After("resend", await new ReplayEvents(Database).Resend(Actor, new ResendRequest(number ?? "", null, Endpoint), Stop));

    public async Task<IActionResult> OnPostRemove([FromForm(Name = "sure")] bool sure)
    {
        if (!sure) return await Shown(Refusal.Usage("not_sure", "Say that you mean it.") with { Field = "sure" });
        return (await Receivers.Remove(Actor, Endpoint, Stop)).Ok(out _, out var refusal) ? RedirectToPage("/Webhooks/Index", new { removed = Endpoint }) : await Shown(refusal);
    }

    // The page is asked for anew, so that a reload does nothing twice.
    private async Task<IActionResult> After<T>(string done, Outcome<T> outcome) => outcome.Refusal is { } refusal ? await Shown(refusal) : RedirectToPage("/Webhooks/Show", new { endpoint = Endpoint, done });

    private async Task<IActionResult> Shown(Refusal? refused, string? after = null)
    {
        if (!(await Receivers.Show(Actor, Endpoint, Stop)).Ok(out var receiver, out var refusal)) return Gone(refusal);
        var asked = new DeliveryQuestion(receiver.Endpoint, null, Given(State), Given(after));
        if (!(await new ReplayEvents(Database).Deliveries(Actor, asked with { Limit = asked.Limit + 1 }, Stop)).Ok(out var rows, out refusal)) return Gone(refusal);
        (Receiver, Deliveries) = (receiver, [.. rows.Take(asked.Limit)]);
        Next = rows.Count > asked.Limit ? Deliveries[^1].Event : null;
        return refused is null ? Page() : Refuse(refused);
    }
}
