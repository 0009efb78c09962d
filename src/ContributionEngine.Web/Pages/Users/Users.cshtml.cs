using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Everybody who may use the engine.</summary>
[Allows(Access.Operators)]
public sealed class UsersModel : Screen
{
    public IReadOnlyList<KnownLogin> Logins { get; private set; } = [];

    public async Task<IActionResult> OnGet()
    {
        Logins = await new KeepLogins(Database).All(Actor, Stop);
        return Page();
    }
}
