using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Where somebody lands whose role does not allow what she asked for.</summary>
[Allows(Access.Anyone)]
public sealed class NotAllowedModel : Screen
{
    public IActionResult OnGet() => StatusCode(403);
}
