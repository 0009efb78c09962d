using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Ends the session of this browser, and goes on to the provider for whoever came by it: else the next one at this device would be let in as her.</summary>
[Allows(Access.Anyone)]
public sealed class SignOutModel : Screen
{
    /// <summary>Where the provider ends its session.</summary>
    public string? There { get; private set; }

    public IActionResult OnGet() => LocalRedirect("/");

    public async Task<IActionResult> OnPost()
    {
        There = await Provider.Leave(HttpContext);
        await HttpContext.End();
        // A form may lead nowhere but here, so the page itself goes on.
        return There is null ? LocalRedirect("/sign-in") : Page();
    }
}
