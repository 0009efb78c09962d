using System.Globalization;
using System.Security.Claims;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace ContributionEngine.Web;

/// <summary>
/// Sessions of people at a browser: a cookie that names the user and her stamp. At every request the database is asked whether the
/// stamp still stands, so a changed password, a disabled user or another role counts at once.
/// </summary>
internal static class Sessions
{
    /// <summary>Between the password and the second factor: a cookie that opens nothing.</summary>
    public const string Pending = "pending";

    public const string NewPassword = "/sign-in/new-password";

    public const string SecondFactor = "/account/second-factor";

    private const string InTheEngine = CookieAuthenticationDefaults.AuthenticationScheme;
    private const string UserId = "user_id";
    private const string Stamp = "stamp";
    private const string StepBefore = "step_before";

    // What she has to do before anything else opens, and where.
    private static readonly Dictionary<string, string> Steps = new() { [nameof(SignInStep.NewPassword)] = NewPassword, [nameof(SignInStep.SetUpFactor)] = SecondFactor };

    /// <summary>A session on a device that others use too, from one request to the next.</summary>
    private static readonly TimeSpan StaysWhileUsed = TimeSpan.FromHours(12);

    private static readonly TimeSpan PendingFor = TimeSpan.FromMinutes(10);

    private static readonly object Away = new();

    public static void AddTo(AuthenticationBuilder ways, CookieSecurePolicy secure) => ways
        .AddCookie(cookie =>
        {
            (cookie.Cookie.Name, cookie.Cookie.HttpOnly, cookie.Cookie.SameSite, cookie.Cookie.SecurePolicy) = ("ce_session", true, SameSiteMode.Lax, secure);
            (cookie.ExpireTimeSpan, cookie.SlidingExpiration) = (Site.StaysSignedIn, true);
            (cookie.LoginPath, cookie.AccessDeniedPath, cookie.ReturnUrlParameter) = ("/sign-in", "/not-allowed", "back");
            cookie.Events.OnValidatePrincipal = Check;
            cookie.Events.OnRedirectToAccessDenied = Denied;
        })
        .AddCookie(Pending, cookie =>
        {
            (cookie.Cookie.Name, cookie.Cookie.HttpOnly, cookie.Cookie.SameSite, cookie.Cookie.SecurePolicy, cookie.Cookie.Path) = ("ce_pending", true, SameSiteMode.Strict, secure, "/sign-in");
            (cookie.ExpireTimeSpan, cookie.SlidingExpiration) = (PendingFor, false);
        });

    /// <summary>Lets a user in.</summary>
    /// <param name="stays">She comes back to this device, which is hers.</param>
    public static async Task Begin(this HttpContext call, UserSession session, bool stays)
    {
        if (session.Language is not null) Languages.Remember(call, session.Language);
        await call.SignOutAsync(Pending);
        await call.SignInAsync(InTheEngine, Principal(session), Lasting(call, stays));
    }

    /// <summary>The session goes on after her stamp has changed.</summary>
    public static async Task Renew(this HttpContext call, UserSession session)
    {
        var before = (await call.AuthenticateAsync(InTheEngine)).Properties;
        var lasting = Lasting(call, before?.IsPersistent == true);
        lasting.StoreTokens(before?.GetTokens() ?? []);
        await call.SignInAsync(InTheEngine, Principal(session), lasting);
    }

    public static async Task End(this HttpContext call)
    {
        await call.SignOutAsync(Pending);
        await call.SignOutAsync(InTheEngine);
    }

    /// <summary>Remembers whose password was right until her second factor is.</summary>
    public static Task Hold(this HttpContext call, UserSession session, bool stays) => call.SignInAsync(Pending, Principal(session), new AuthenticationProperties { Items = { ["stays"] = stays ? "yes" : null } });

    /// <summary>Whose second factor is asked for; null: nobody's.</summary>
    public static async Task<((long UserId, string Stamp) Who, bool Stays)?> Held(this HttpContext call) =>
        await call.AuthenticateAsync(Pending) is { Succeeded: true } held && Who(held.Principal) is { } who ? (who, held.Properties?.Items.ContainsKey("stays") == true) : null;

    /// <summary>True for a user who came with a one-time password and has to choose her own.</summary>
    public static bool MustChangePassword(ClaimsPrincipal user) => user.HasClaim(StepBefore, nameof(SignInStep.NewPassword));

    /// <summary>True for a user whose role needs a second factor that she has not set up.</summary>
    public static bool MustSetUpFactor(ClaimsPrincipal user) => user.HasClaim(StepBefore, nameof(SignInStep.SetUpFactor));

    /// <summary>The page that a step is made on before any other; null: none.</summary>
    public static string? PageOf(SignInStep step) => Steps.GetValueOrDefault(step.ToString());

    public static ClaimsPrincipal Principal(UserSession session)
    {
        var isIn = session.Step == SignInStep.Done;
        List<Claim> claims = [new(UserId, session.UserId.ToString(CultureInfo.InvariantCulture)), new(Stamp, session.Stamp)];
        if (!isIn) claims.Add(new(StepBefore, session.Step.ToString()));
        if (session.Language is { } language) claims.Add(new(Tongue.Claim, language));
        // Without a role nothing opens but what is open to anyone.
        return SignedIn.Principal(new KnownActor(session.Actor, isIn ? session.Role : "", session.Organisation), InTheEngine, [.. claims]);
    }

    /// <summary>While the database is away nobody can be told from anybody: every page says so, save the one that says it.</summary>
    public static Task Stop(HttpContext call, RequestDelegate next)
    {
        if (!call.Items.ContainsKey(Away) || call.Request.Path.StartsWithSegments("/problem") || call.Request.Path.StartsWithSegments("/assets")) return next(call);
        call.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }

    private static async Task Check(CookieValidatePrincipalContext session)
    {
        var call = session.HttpContext;
        try
        {
            if (Who(session.Principal) is { } who && await call.RequestServices.GetRequiredService<SignIn>().Resume(who.UserId, who.Stamp, call.RequestAborted) is { } known)
            {
                session.ReplacePrincipal(Principal(known));
                return;
            }

            await call.SignOutAsync(InTheEngine);
        }
        catch (Exception away) when (call.RequestServices.GetRequiredService<Database>().Outage(away) is not null)
        {
            call.Items[Away] = away;
        }

        session.RejectPrincipal();
    }

    private static Task Denied(RedirectContext<CookieAuthenticationOptions> denied)
    {
        var call = denied.HttpContext;
        var to = call.User.FindFirstValue(StepBefore) is { } step && Steps.TryGetValue(step, out var page) ? QueryHelpers.AddQueryString(page, "back", call.Request.PathBase + call.Request.Path + call.Request.QueryString) : denied.RedirectUri;
        call.Response.Redirect(to);
        return Task.CompletedTask;
    }

    private static AuthenticationProperties Lasting(HttpContext call, bool stays) => new()
    {
        IsPersistent = stays,
        ExpiresUtc = stays ? null : call.RequestServices.GetRequiredService<Database>().Clock.GetUtcNow() + StaysWhileUsed,
    };

    private static (long UserId, string Stamp)? Who(ClaimsPrincipal? user) =>
        user?.FindFirstValue(UserId) is { } id && user.FindFirstValue(Stamp) is { } stamp ? (long.Parse(id, CultureInfo.InvariantCulture), stamp) : null;
}
