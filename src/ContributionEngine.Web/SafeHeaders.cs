using Microsoft.AspNetCore.Http;

namespace ContributionEngine.Web;

/// <summary>What a browser is told to keep to: nothing from elsewhere, nothing inline, nobody's frame, and no copy of a page of a signed-in user.</summary>
internal static class SafeHeaders
{
    private const string Policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Seconds for which a browser does not come without TLS again.</summary>
    private const string OnlyOverTls = "max-age=31536000";

    private static readonly (string Name, string Value)[] OverTlsSaid = [("Strict-Transport-Security", OnlyOverTls)];

    private static readonly (string Name, string Value)[] Said =
    [
        ("Content-Security-Policy", Policy), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"), ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cache-Control", "no-cache, no-store"), ("Pragma", "no-cache"),
    ];

    // What a program reads is no page: nothing of it may be shown, framed or kept.
    private static readonly (string Name, string Value)[] SaidOfData =
    [
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"), ("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store"),
    ];

    /// <summary>Where people come over TLS, every address that is given out says so, whatever the proxy before this process spoke.</summary>
    public static Task OverTls(HttpContext call, RequestDelegate next)
    {
        call.Request.Scheme = "https";
        return AtStart(call, next, OverTlsSaid);
    }

    public static Task Set(HttpContext call, RequestDelegate next) => AtStart(call, next, call.Request.Path.StartsWithSegments(Api.Root) ? SaidOfData : Said);

    // When an answer begins and not before, since a failure clears what stands by then; what an answer says of itself stays.
    private static Task AtStart(HttpContext call, RequestDelegate next, (string Name, string Value)[] said)
    {
        call.Response.OnStarting(() =>
        {
            foreach (var (name, value) in said) call.Response.Headers.TryAdd(name, value);
            return Task.CompletedTask;
        });
        return next(call);
    }
}
