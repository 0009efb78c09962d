using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>The code of an authenticator app, or a recovery code.</summary>
[Allows(Access.Anyone)]
public sealed class SecondStepModel(SignIn signIn, IServiceProvider services) : SignInScreen(services)
{
    private static readonly Refusal Empty = Refusal.Usage("code_empty", "The code is missing.") with { Field = "code" };

    public async Task<IActionResult> OnGet() => await HttpContext.Held() is null ? Again() : Page();

    public async Task<IActionResult> OnPost([FromForm(Name = "code")] string? code)
    {
        if (!Pace.Takes(HttpContext)) return TooOften();
        if (await HttpContext.Held() is not { } held) return Again();
        if (string.IsNullOrWhiteSpace(code)) return Refuse(Empty);
        if ((await signIn.SecondFactor(held.Who, code, Stop)).Ok(out var session, out var refusal)) return await GoOn(session, held.Stays);
        return refusal.Code == "session_over" ? Again() : Refuse(refusal with { Field = "code" });
    }

    private LocalRedirectResult Again() => LocalRedirect($"/sign-in?back={Uri.EscapeDataString(Back.To(From))}");
}
