using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Whoever came with a one-time password chooses her own before anything else.</summary>
[Allows(Access.Anyone)]
public sealed class NewPasswordModel(IServiceProvider services) : SignInScreen(services)
{
    public IActionResult OnGet() => Sessions.MustChangePassword(User) ? Page() : LocalRedirect(Back.To(From));

    public async Task<IActionResult> OnPost([FromForm(Name = "password")] string? password)
    {
        if (!Sessions.MustChangePassword(User)) return LocalRedirect(Back.To(From));
        if (!(await new OwnAccount(Database).ChangePassword(Actor, (null, password ?? ""), Stop)).Ok(out var session, out var refusal)) return Refuse(refusal);
        await HttpContext.Renew(session);
        return LocalRedirect(Back.To(From));
    }
}
