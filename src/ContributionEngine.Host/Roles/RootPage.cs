using System.Net;
using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ContributionEngine.Host;

/// <summary><c>/v/ROOT</c>: what anybody may know of the root of a proof, and <c>/v/R1234?h=CODE</c>, of the slip of a receipt. Never a name and never an amount; one read by an index, and nothing is kept of who asks.</summary>
internal static class RootPage
{
    private const int Digits = 64;

    private const string Style =
        "body{margin:0 auto;max-width:44rem;padding:1.5rem;font:16px/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",sans-serif;color:#1b1f1d;background:#fff}" +
        "h1{font-size:1.4rem;line-height:1.25;border-bottom:3px solid #0b5d3b;padding-bottom:.6rem}dt{color:#55605a;margin-top:.8rem}dd{margin:0;overflow-wrap:anywhere}" +
        "code{font:14px/1.5 ui-monospace,\"DejaVu Sans Mono\",Menlo,Consolas,monospace}.good{color:#0b5d3b;font-weight:600}";

    // The style is named by its hash, so that a page that was tampered with on the way shows plain.
    private static readonly string Policy = $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly Actor Anybody = new("anybody");

    public static void Map(WebApplication app, Database database) => app.MapGet("/v/{root}", async (string root, string? h, HttpContext call) =>
    {
        var texts = StatementTexts.ForBrowser(call.Request.Headers.AcceptLanguage);
        var headers = call.Response.Headers;
        (headers.ContentSecurityPolicy, headers.XContentTypeOptions, headers["Referrer-Policy"]) = (Policy, "nosniff", "no-referrer");
        (headers.CacheControl, headers.Vary) = ("public, max-age=60", "Accept-Language");
        try
        {
            if (CheckReceipt.Id(root) is not null) return await ReceiptPage.Answer(database, (root, h), call);
            var found = root.Length == Digits && root.All(char.IsAsciiHexDigit)
                ? await database.Read(Anybody, work => work.ProofRoots.Find(root.ToLowerInvariant()), call.RequestAborted)
                : null;
            return Html(found is null ? Unknown(texts) : Known(texts, found), found is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK);
        }
        catch (Exception away) when (Schema.Outage(database.Dialect, away) is not null)
        {
            (headers.CacheControl, headers.RetryAfter) = ("no-store", "30");
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    });

    private static string Known(StatementTexts texts, PublishedRoot root) => Page(texts, texts.PageTitle, $"""
        <p>{texts.PageSays}</p>
        <dl>
        <dt>{texts.Root}</dt><dd><code>{root.Root}</code></dd>
        <dt>{texts.Reference}</dt><dd>{WebUtility.HtmlEncode(root.Reference)}</dd>
        <dt>{texts.Lines}</dt><dd>{root.LineCount}</dd>
        <dt>{texts.Version}</dt><dd>{root.Version}{(root.Newest > root.Version ? $" ({texts.Newer(root.Newest)})" : "")}</dd>
        <dt>{texts.MadeOn}</dt><dd>{Day(root.MadeAt)}</dd>
        <dt>{texts.AuditChain}</dt><dd>{(root.AuditSeq is { } seq ? texts.EventOf(seq) : texts.NotInChain)}</dd>
        </dl>
        <p>{(root.ConfirmedAt is { } at ? $"<span class=\"good\">{texts.Confirmed(DateOnly.FromDateTime(at.UtcDateTime))}</span>" : texts.NotConfirmed)}</p>
        """);

    private static string Unknown(StatementTexts texts) => Page(texts, texts.NoSuchRoot, $"<p>{texts.LookAgain}</p>");

    internal static string Page(StatementTexts texts, string title, string body) => $"""
        <!doctype html>
        <html lang="{texts.Language}">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>{title}</title><style>{Style}</style></head>
        <body><main><h1>{title}</h1>
        {body}
        </main></body>
        </html>

        """;

    private static string Day(DateTimeOffset instant) => StatementTexts.Day(DateOnly.FromDateTime(instant.UtcDateTime));

    internal static IResult Html(string page, int status) => Results.Content(page, "text/html; charset=utf-8", Encoding.UTF8, status);
}
