using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Adds a program that hears of events, and shows its secret once.</summary>
[Allows(Access.Treasurers)]
public sealed class AddWebhookModel(SiteSettings site) : Screen
{
    [BindProperty(Name = "url")]
    public string? Address { get; set; }

    [BindProperty(Name = "event_types")]
    public string? EventTypes { get; set; }

    [BindProperty]
    public string? Organisation { get; set; }

    [BindProperty]
    public string? Description { get; set; }

    /// <summary>The key that the form was sent under: one form adds one receiver, however often it is sent.</summary>
    [BindProperty(Name = "once")]
    public string? FormSent { get; set; }

    public IReadOnlyList<(string Code, string Name)> Organisations { get; private set; } = [];

    /// <summary>A receiver that was added just now, with its secret.</summary>
    public KnownEndpoint? Made { get; private set; }

    public async Task<IActionResult> OnGet()
    {
        if (May(Access.Fund)) Organisations = await new KeepUsers(Database).Organisations(Actor, Stop);
        return Page();
    }

    public async Task<IActionResult> OnPost()
    {
        await OnGet();
        var asked = new EndpointRequest(Given(Address) ?? "", [Given(EventTypes) ?? WebhookTypes.Every], Given(Organisation), Given(Description));
        if (!(await Once(FormSent, () => new KeepWebhooks(Database, site.WebhooksMayBeLocal).Add(Actor, asked, Stop))).Ok(out var made, out var refusal)) return Refuse(refusal);
        Made = made;
        return Page();
    }
}
