using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Programs that hear of events: those of the whole fund, or of the acting user's organisation.</summary>
[Allows(Access.Users)]
public sealed class WebhooksModel(SiteSettings site) : Screen
{
    /// <summary>A receiver was removed just now.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Removed { get; set; }

    public IReadOnlyList<KnownEndpoint> Receivers { get; private set; } = [];

    public bool MayChange => May(Access.Treasurers);

    public async Task<IActionResult> OnGet()
    {
        Receivers = await new KeepWebhooks(Database, site.WebhooksMayBeLocal).All(Actor, Stop);
        return Page();
    }
}
