using System.Globalization;
using System.Runtime.CompilerServices;
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

/// <summary>Who makes a request: by the cookie of a session on pages, by a key or a provider's token everywhere.</summary>
public static class SignedIn
{
    internal const string ByKey = "key";
    internal const string Bearer = "Bearer ";
    private const string Subject = "sub";
    private const string OrganisationId = "organisation_id";

    /// <summary>The acting user of a request that was let through.</summary>
    public static Actor Actor(this HttpContext call) => new(
        call.User.Identity?.Name ?? throw new InvalidOperationException("Nobody is signed in."),
        call.User.FindFirstValue(OrganisationId) is { } id ? long.Parse(id, CultureInfo.InvariantCulture) : null);

    public static string? Role(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.Role);

    internal static ClaimsPrincipal Principal(KnownActor known, string scheme, params Claim[] more)
    {
        // Forms are bound to the subject alone, so that one stays good when the session behind it goes on under another stamp.
        List<Claim> claims = [new(Subject, known.Actor.Name), new(ClaimTypes.Name, known.Actor.Name), .. more];
        if (known.Role.Length > 0) claims.Add(new(ClaimTypes.Role, known.Role));
        if (known.Actor.OrganisationId is { } id) claims.Add(new(OrganisationId, id.ToString(CultureInfo.InvariantCulture)));
        if (known.Organisation is { } name) claims.Add(new(Menu.Organisation, name));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }

    internal static void AddTo(IServiceCollection services, SiteSettings settings)
    {
        var (provider, secure) = (settings.Provider, settings.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest);
        services.AddSingleton<KnownKeys>();
        var ways = services.AddAuthentication(ByKey)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(ByKey, null, key => key.ForwardDefaultSelector = call => Way(call, provider is not null));
        Sessions.AddTo(ways, secure);
        provider?.AddTo(ways, secure);
    }

    // Ours begin with a mark of their own; any other bearer is a provider's.
    private static string Way(HttpContext call, bool hasProvider)
    {
        var said = call.Request.Headers.Authorization.ToString();
        if (hasProvider && said.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && !said.AsSpan(Bearer.Length).TrimStart().StartsWith(KeepKeys.Mark)) return Provider.ByToken;
        return said.Length > 0 || call.Request.Path.StartsWithSegments(Api.Root) ? ByKey : CookieAuthenticationDefaults.AuthenticationScheme;
    }
}

/// <summary>A bearer key, as programs come with: the same key as the command line's.</summary>
internal sealed class KeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    // Of those whom the engine knows at the moment; nobody changes them.
    private static readonly ConditionalWeakTable<KnownActor, ClaimsPrincipal> Principals = [];

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(SignedIn.Bearer, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        var keys = Context.RequestServices.GetRequiredService<KnownKeys>();
        if (!(await keys.Of(header[SignedIn.Bearer.Length..].Trim(), Context.RequestAborted)).Ok(out var known, out var refusal)) return AuthenticateResult.Fail(refusal.Code);
        return AuthenticateResult.Success(new AuthenticationTicket(Principals.GetValue(known, one => SignedIn.Principal(one, SignedIn.ByKey)), SignedIn.ByKey));
    }
}
