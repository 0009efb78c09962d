using ContributionEngine.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace ContributionEngine.Web.Pages;

/// <summary>What the steps of signing in have in common: where she came from, and where she goes on.</summary>
public abstract class SignInScreen(IServiceProvider services) : Screen
{
    /// <summary>The page that she wanted.</summary>
    [BindProperty(Name = "back", SupportsGet = true)]
    public string? From { get; set; }

    private protected SignInPace Pace { get; } = services.GetRequiredService<SignInPace>();

    protected IActionResult TooOften()
    {
        var page = Refuse(SignInPace.TooOften);
        Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return page;
    }

    protected async Task<IActionResult> GoOn(UserSession session, bool stays)
    {
        if (session.Step == SignInStep.SecondFactor)
        {
            await HttpContext.Hold(session, stays);
            return LocalRedirect($"/sign-in/code?back={Uri.EscapeDataString(Back.To(From))}");
        }

        await HttpContext.Begin(session, stays);
        return LocalRedirect(Sessions.PageOf(session.Step) is { } before ? $"{before}?back={Uri.EscapeDataString(Back.To(From))}" : Back.To(From));
    }
}
