using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ContributionEngine.Web;

/// <summary>Who makes a request: by the cookie of a session on pages, by a key everywhere.</summary>
public static class SignedIn
{
    internal const string ByKey = "key";
    private const string ByEither = "either";
    private const string OrganisationId = "organisation_id";

    /// <summary>The acting user of a request that was let through.</summary>
    public static Actor Actor(this HttpContext call) => new(
        call.User.Identity?.Name ?? throw new InvalidOperationException("Nobody is signed in."),
        call.User.FindFirstValue(OrganisationId) is { } id ? long.Parse(id, CultureInfo.InvariantCulture) : null);

    public static string? Role(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.Role);

    internal static ClaimsPrincipal Principal(KnownActor known, string scheme)
    {
        List<Claim> claims = [new(ClaimTypes.Name, known.Actor.Name), new(ClaimTypes.Role, known.Role)];
        if (known.Actor.OrganisationId is { } id) claims.Add(new(OrganisationId, id.ToString(CultureInfo.InvariantCulture)));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }

    internal static void AddTo(IServiceCollection services, CookieSecurePolicy secure) => services
        .AddAuthentication(ByEither)
        .AddPolicyScheme(ByEither, null, either => either.ForwardDefaultSelector = call => call.Request.Headers.Authorization.Count > 0 || call.Request.Path.StartsWithSegments("/v1") ? ByKey : CookieAuthenticationDefaults.AuthenticationScheme)
        .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(ByKey, null)
        .AddCookie(cookie =>
        {
            (cookie.Cookie.Name, cookie.Cookie.HttpOnly, cookie.Cookie.SameSite, cookie.Cookie.SecurePolicy) = ("ce_session", true, SameSiteMode.Lax, secure);
            (cookie.ExpireTimeSpan, cookie.SlidingExpiration) = (Site.StaysSignedIn, true);
            (cookie.LoginPath, cookie.AccessDeniedPath, cookie.ReturnUrlParameter) = ("/sign-in", "/not-allowed", "back");
        });
}

/// <summary>A bearer key, as programs come with: the same key as the command line's.</summary>
internal sealed class KeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        var database = Context.RequestServices.GetRequiredService<Database>();
        if (!(await Door.Known(database, header[Bearer.Length..].Trim(), Context.RequestAborted)).Ok(out var known, out var refusal)) return AuthenticateResult.Fail(refusal.Code);
        return AuthenticateResult.Success(new AuthenticationTicket(SignedIn.Principal(known, Scheme.Name), Scheme.Name));
    }
}
