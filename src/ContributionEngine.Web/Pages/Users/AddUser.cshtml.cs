using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Adds a user and shows her one-time password, once.</summary>
[Allows(Access.Operators)]
public sealed class AddUserModel : Screen
{
    [BindProperty(Name = "name")]
    public string? Name { get; set; }

    [BindProperty(Name = "role")]
    public string? Role { get; set; }

    [BindProperty(Name = "organisation")]
    public string? Organisation { get; set; }

    public IReadOnlyList<(string Code, string Name)> Organisations { get; private set; } = [];

    /// <summary>The one-time password of a user who was added just now.</summary>
    public OneTimePassword? Made { get; private set; }

    public async Task<IActionResult> OnGet()
    {
        Organisations = await new KeepUsers(Database).Organisations(Actor, Stop);
        return Page();
    }

    public async Task<IActionResult> OnPost()
    {
        await OnGet();
        var asked = new KnownUser(Name?.Trim() ?? "", Role ?? "", string.IsNullOrWhiteSpace(Organisation) ? null : Organisation.Trim(), true);
        if (!(await new KeepUsers(Database).Add(Actor, asked, Stop)).Ok(out var user, out var refusal)) return Refuse(refusal);
        if (!(await new KeepLogins(Database).Password(Actor, user.Name, Stop)).Ok(out var made, out refusal)) return Refuse(refusal);
        Made = made;
        return Page();
    }
}
