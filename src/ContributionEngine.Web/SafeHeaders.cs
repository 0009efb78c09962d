using Microsoft.AspNetCore.Http;

namespace ContributionEngine.Web;

/// <summary>What a browser is told to keep to: nothing from elsewhere, nothing inline, nobody's frame, and no copy of a page of a signed-in user.</summary>
internal static class SafeHeaders
{
    private const string Policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static Task Set(HttpContext call, RequestDelegate next)
    {
        var headers = call.Response.Headers;
        (headers.ContentSecurityPolicy, headers.XContentTypeOptions, headers["Referrer-Policy"]) = (Policy, "nosniff", "same-origin");
        (headers["Permissions-Policy"], headers["Cross-Origin-Opener-Policy"]) = ("camera=(), microphone=(), geolocation=()", "same-origin");
        headers.CacheControl = "no-store";
        return next(call);
    }
}
