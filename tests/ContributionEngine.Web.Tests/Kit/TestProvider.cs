using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace ContributionEngine.Web.Tests;

/// <summary>An OpenID Connect provider on loopback, by OpenIddict without a store: whoever comes is the one that the test says.</summary>
internal sealed class TestProvider : IAsyncDisposable
{
    public const string Client = "contribution-engine";
    public const string Secret = "a secret of this test";

    private readonly WebApplication server;

    private TestProvider(WebApplication server) => this.server = server;

    public string Url => server.Urls.First().TrimEnd('/');

    /// <summary>The mail address of whoever comes.</summary>
    public string Who { get; set; } = "";

    public bool IsVerified { get; set; } = true;

    /// <summary>Whose sessions were ended, by her mail address, which the token that was sent along says.</summary>
    public List<string?> Left { get; } = [];

    /// <summary>Whom its tokens are meant for.</summary>
    public string Audience { get; set; } = Client;

    /// <summary>What a site is told of it.</summary>
    public KeyValuePair<string, string>[] Settings =>
    [
        new("CONTRIBUTION_ENGINE_OIDC_AUTHORITY", Url), new("CONTRIBUTION_ENGINE_OIDC_CLIENT_ID", Client), new("CONTRIBUTION_ENGINE_OIDC_CLIENT_SECRET", Secret), new("CONTRIBUTION_ENGINE_OIDC_NAME_CLAIM", "email"),
    ];

    public static async Task<TestProvider> Start()
    {
        TestProvider? provider = null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddOpenIddict().AddServer(server => Configure(server, () => provider!));
        var app = builder.Build();
        app.UseAuthentication();
        provider = new TestProvider(app);
        await app.StartAsync();
        return provider;
    }

    /// <summary>A token as a program gets it.</summary>
    public async Task<string> Token()
    {
        using var program = new HttpClient();
        using var asked = new FormUrlEncodedContent([new("grant_type", GrantTypes.ClientCredentials), new("client_id", Client), new("client_secret", Secret)]);
        using var answer = await program.PostAsync($"{Url}/token", asked);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["access_token"]!;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static void Configure(OpenIddictServerBuilder server, Func<TestProvider> provider)
    {
        server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token").SetEndSessionEndpointUris("leave");
        server.AllowAuthorizationCodeFlow().AllowClientCredentialsFlow().RequireProofKeyForCodeExchange().RegisterScopes(Scopes.Profile, Scopes.Email);
        server.AddEphemeralEncryptionKey().AddEphemeralSigningKey().DisableAccessTokenEncryption().EnableDegradedMode();
        server.UseAspNetCore().DisableTransportSecurityRequirement();
        server.AddEventHandler<OpenIddictServerEvents.ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(asked =>
        {
            if (asked.ClientId != Client || !new Uri(asked.RedirectUri!).AbsolutePath.Equals("/sign-in/provider/back", StringComparison.Ordinal)) asked.Reject(Errors.InvalidClient);
            return ValueTask.CompletedTask;
        }));
        server.AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(handler => handler.UseInlineHandler(asked =>
        {
            if (asked.ClientId != Client || asked.ClientSecret != Secret) asked.Reject(Errors.InvalidClient);
            return ValueTask.CompletedTask;
        }));
        server.AddEventHandler<OpenIddictServerEvents.HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(asked =>
        {
            asked.Principal = provider().Principal(asked.Request.GetScopes());
            return ValueTask.CompletedTask;
        }));
        server.AddEventHandler<OpenIddictServerEvents.HandleTokenRequestContext>(handler => handler.UseInlineHandler(asked =>
        {
            if (asked.Request.IsClientCredentialsGrantType()) asked.Principal = provider().Principal([]);
            return ValueTask.CompletedTask;
        }));
        server.AddEventHandler<OpenIddictServerEvents.ValidateEndSessionRequestContext>(handler => handler.UseInlineHandler(asked =>
        {
            if (asked.PostLogoutRedirectUri is null || !new Uri(asked.PostLogoutRedirectUri).AbsolutePath.Equals("/sign-in", StringComparison.Ordinal)) asked.Reject(Errors.InvalidRequest);
            return ValueTask.CompletedTask;
        }));
        server.AddEventHandler<OpenIddictServerEvents.HandleEndSessionRequestContext>(handler => handler.UseInlineHandler(asked =>
        {
            provider().Left.Add(asked.IdentityTokenHintPrincipal?.GetClaim(Claims.Email));
            asked.SignOut();
            return ValueTask.CompletedTask;
        }));
    }

    private ClaimsPrincipal Principal(IEnumerable<string> scopes)
    {
        var identity = new ClaimsIdentity("test", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, $"id of {Who}").SetClaim(Claims.Email, Who).SetClaim(Claims.EmailVerified, IsVerified).SetDestinations(_ => [Destinations.AccessToken, Destinations.IdentityToken]);
        return new ClaimsPrincipal(identity).SetScopes(scopes).SetAudiences(Audience);
    }
}
