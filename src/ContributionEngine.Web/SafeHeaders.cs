using Microsoft.AspNetCore.Http;

namespace ContributionEngine.Web;

/// <summary>What a browser is told to keep to: nothing from elsewhere, nothing inline, nobody's frame, and no copy of a page of a signed-in user.</summary>
internal static class SafeHeaders
{
    private const string Policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Seconds for which a browser does not come without TLS again.</summary>
    private const string OnlyOverTls = "max-age=31536000";

    /// <summary>Where people come over TLS, every address that is given out says so, whatever the proxy before this process spoke.</summary>
    public static Task OverTls(HttpContext call, RequestDelegate next)
    {
        call.Request.Scheme = "https";
        call.Response.Headers.StrictTransportSecurity = OnlyOverTls;
        return next(call);
    }

    public static Task Set(HttpContext call, RequestDelegate next)
    {
        var headers = call.Response.Headers;
        (headers.ContentSecurityPolicy, headers.XContentTypeOptions, headers["Referrer-Policy"]) = (Policy, "nosniff", "same-origin");
        (headers["Permissions-Policy"], headers["Cross-Origin-Opener-Policy"]) = ("camera=(), microphone=(), geolocation=()", "same-origin");
        (headers.CacheControl, headers.Pragma) = ("no-cache, no-store", "no-cache");
        return next(call);
    }
}
