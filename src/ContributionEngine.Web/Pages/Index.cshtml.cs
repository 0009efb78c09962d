using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>The way in: each to where her work is.</summary>
[Allows(Access.Users)]
public sealed class IndexModel : Screen
{
    public IActionResult OnGet() => LocalRedirect(SignedIn.Role(User) == Door.Treasurer ? "/home" : "/work");
}
