using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Ends the session of this browser.</summary>
[Allows(Access.Anyone)]
public sealed class SignOutModel : Screen
{
    public IActionResult OnGet() => LocalRedirect("/");

    public async Task<IActionResult> OnPost()
    {
        await HttpContext.End();
        return LocalRedirect("/sign-in");
    }
}
