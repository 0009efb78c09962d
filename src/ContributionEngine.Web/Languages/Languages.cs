using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using HeaderNames = Microsoft.Net.Http.Headers.HeaderNames;

namespace ContributionEngine.Web;

/// <summary>Which language a request is answered in: the cookie, else what the user has chosen, else what the browser asks for; a program says it with each request. An address never changes by language.</summary>
internal static class Languages
{
    /// <summary>Each language in its own name.</summary>
    public static readonly (string Code, string Name)[] Named = [("es", "Español"), ("fr", "Français"), ("en", "English"), ("pt", "Português")];

    private const string Between = ", ";

    private static readonly TimeSpan Remembered = TimeSpan.FromDays(365);

    public static (string Language, string? Region) Of(HttpContext call) => (Problems.IsForPrograms(call) ? null : Chosen(call)) ?? Asked(call) ?? (Texts.Languages[0], null);

    /// <summary>Tells a program which languages its answer is in, beside those that were told before, and that they are by its own choice.</summary>
    public static void Tell(HttpResponse response, IEnumerable<string> tags)
    {
        var told = response.Headers.ContentLanguage is [{ } before] ? before.Split(Between) : [];
        response.Headers.ContentLanguage = string.Join(Between, told.Concat(tags).Distinct());
        if (!response.Headers.Vary.Contains(HeaderNames.AcceptLanguage)) response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
    }

    /// <summary>Takes a choice and goes back to the page where it was made.</summary>
    public static async Task<IResult> Choose(HttpContext call)
    {
        var form = await call.Request.ReadFormAsync(call.RequestAborted);
        if (Read(form["language"]) is { } chosen) Remember(call, chosen.Language);
        return Results.LocalRedirect(Back.To(form["back"]));
    }

    /// <summary>Keeps a choice on the device.</summary>
    public static void Remember(HttpContext call, string language) =>
        call.Response.Cookies.Append(Tongue.Cookie, language, new CookieOptions { MaxAge = Remembered, HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = call.Request.IsHttps });

    /// <summary>Forgets the choice: the browser says what is wanted.</summary>
    public static void Forget(HttpContext call) => call.Response.Cookies.Delete(Tongue.Cookie);

    private static (string Language, string? Region)? Chosen(HttpContext call) => Read(call.Request.Cookies[Tongue.Cookie]) ?? Read(call.User.FindFirstValue(Tongue.Claim));

    // The one that is liked best of those that are spoken here; 0 means "not this one".
    private static (string Language, string? Region)? Asked(HttpContext call) =>
        call.Request.GetTypedHeaders().AcceptLanguage.Where(asked => asked.Quality != 0).OrderByDescending(asked => asked.Quality ?? 1).Select(asked => Read(asked.Value.Value)).FirstOrDefault(found => found is not null);

    internal static (string Language, string? Region)? Read(string? tag)
    {
        var parts = (tag ?? "").Split('-');
        var language = parts[0].ToLowerInvariant();
        return language == Texts.Pseudo || Texts.Languages.Contains(language) ? (language, parts is [_, { Length: 2 } region] ? region.ToUpperInvariant() : null) : null;
    }
}

/// <summary>Where a form leads back to: only a place of this site, whatever the browser says.</summary>
internal static class Back
{
    public static string To(string? asked) => asked is ['/', not ('/' or '\\'), ..] && !asked.Any(char.IsControl) ? asked : "/";
}
