using System.Security.Claims;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ContributionEngine.Web;

/// <summary>An OpenID Connect provider that vouches for users: people by the code flow with PKCE, programs by its tokens. It lets in only whom an operator has entered.</summary>
/// <param name="Authority">Its address, below which <c>.well-known/openid-configuration</c> stands.</param>
/// <param name="NameClaim">The claim that says who somebody is; with <c>email</c> the address has to be verified there.</param>
public sealed record Provider(string Authority, string ClientId, string? ClientSecret, string NameClaim)
{
    internal const string ByToken = "token";
    internal const string Ask = "/sign-in/provider";
    internal const string Refused = "refused";

    private const string ByCode = "provider";
    private const string SignInPath = "/sign-in";

    // Its word about her, which it wants to see again when she leaves.
    private const string Vouched = OpenIdConnectParameterNames.IdToken;
    private const string Email = "email";

    /// <summary>Whom the tokens of programs have to be meant for.</summary>
    public string Audience { get; init; } = ClientId;

    // Only for a provider on this very machine may the line be plain.
    private bool IsSafeLine => !new Uri(Authority).IsLoopback;

    /// <summary>Sends a person to the provider, and from there to the page that she wanted.</summary>
    internal static IResult Challenge(string? back, SiteSettings settings) =>
        settings.Provider is null ? Results.NotFound() : Results.Challenge(new AuthenticationProperties { RedirectUri = Back.To(back) }, [ByCode]);

    /// <summary>Where her provider ends its own session too, for whoever came by it; null: she did not, it has no such place, or it is away.</summary>
    internal static async Task<string?> Leave(HttpContext call)
    {
        if (await call.GetTokenAsync(CookieAuthenticationDefaults.AuthenticationScheme, Vouched) is not { } token) return null;
        var asked = call.RequestServices.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(ByCode);
        try
        {
            var there = (await asked.ConfigurationManager!.GetConfigurationAsync(call.RequestAborted)).EndSessionEndpoint;
            return string.IsNullOrEmpty(there) ? null : QueryHelpers.AddQueryString(there, new Dictionary<string, string?>
            {
                [OpenIdConnectParameterNames.IdTokenHint] = token, [OpenIdConnectParameterNames.ClientId] = asked.ClientId,
                [OpenIdConnectParameterNames.PostLogoutRedirectUri] = $"{call.Request.Scheme}://{call.Request.Host}{call.Request.PathBase}{SignInPath}",
            });
        }
        catch (InvalidOperationException)
        {
            // A provider that is away keeps nobody signed in here.
            return null;
        }
    }

    internal void AddTo(AuthenticationBuilder ways, CookieSecurePolicy secure) => ways.AddOpenIdConnect(ByCode, asked => People(asked, secure)).AddJwtBearer(ByToken, Programs);

    private void People(OpenIdConnectOptions asked, CookieSecurePolicy secure)
    {
        (asked.Authority, asked.ClientId, asked.ClientSecret, asked.RequireHttpsMetadata) = (Authority, ClientId, ClientSecret, IsSafeLine);
        (asked.ResponseType, asked.ResponseMode, asked.UsePkce) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query, true);
        (asked.CallbackPath, asked.SignInScheme, asked.MapInboundClaims, asked.SaveTokens) = ($"{Ask}/back", CookieAuthenticationDefaults.AuthenticationScheme, false, false);
        asked.Scope.Clear();
        foreach (var scope in new[] { "openid", "profile", Email }) asked.Scope.Add(scope);
        foreach (var cookie in new[] { asked.CorrelationCookie, asked.NonceCookie }) (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, secure);
        asked.Events.OnTokenValidated = LetIn;
        asked.Events.OnRemoteFailure = failed => SendBack(failed, "provider_failed");
    }

    private void Programs(JwtBearerOptions asked)
    {
        (asked.Authority, asked.Audience, asked.RequireHttpsMetadata, asked.MapInboundClaims) = (Authority, Audience, IsSafeLine, false);
        asked.Events = new JwtBearerEvents { OnTokenValidated = Recognise };
    }

    private async Task LetIn(Microsoft.AspNetCore.Authentication.OpenIdConnect.TokenValidatedContext vouched)
    {
        var call = vouched.HttpContext;
        var signIn = call.RequestServices.GetRequiredService<SignIn>();
        if (NameOf(vouched.Principal) is { } name && (await signIn.Vouched(name, call.RequestAborted)).Ok(out var session, out _))
        {
            if (session.Language is { } language) Languages.Remember(call, language);
            vouched.Principal = Sessions.Principal(session);
            if (vouched.TokenEndpointResponse?.IdToken is { } token) vouched.Properties!.StoreTokens([new AuthenticationToken { Name = Vouched, Value = token }]);
            return;
        }

        await SendBack(vouched, "user_not_invited");
    }

    private async Task Recognise(Microsoft.AspNetCore.Authentication.JwtBearer.TokenValidatedContext token)
    {
        var call = token.HttpContext;
        if (NameOf(token.Principal) is { } name && (await call.RequestServices.GetRequiredService<SignIn>().Bearer(name, call.RequestAborted)).Ok(out var known, out _))
        {
            token.Principal = SignedIn.Principal(new KnownActor(known.Actor, known.Role, known.Organisation), ByToken);
            return;
        }

        token.Fail("user_not_invited");
    }

    // An address that nobody has verified may be anybody's.
    private string? NameOf(ClaimsPrincipal? principal) =>
        NameClaim == Email && !string.Equals(principal?.FindFirstValue("email_verified"), "true", StringComparison.OrdinalIgnoreCase) ? null : principal?.FindFirstValue(NameClaim);

    private static Task SendBack<TOptions>(HandleRequestContext<TOptions> context, string code) where TOptions : AuthenticationSchemeOptions
    {
        context.Response.Redirect(QueryHelpers.AddQueryString(SignInPath, Refused, code));
        context.HandleResponse();
        return Task.CompletedTask;
    }
}
