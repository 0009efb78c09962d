using System.Net;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Http;

namespace ContributionEngine.Host;

/// <summary><c>/v/R1234?h=CODE</c>: whether a slip is one of ours, and for whoever has its code also period, amount and initials. Nothing is kept of who asks.</summary>
internal static class ReceiptPage
{
    public static async Task<IResult> Answer(Database database, (string Name, string? Code) slip, HttpContext call)
    {
        var texts = DocumentTexts.ForBrowser(call.Request.Headers.AcceptLanguage);
        call.Response.Headers.CacheControl = "no-store";
        return await new CheckReceipt(database).Run(slip.Name, slip.Code, call.RequestAborted) switch
        {
            null => RootPage.Html(RootPage.Page(texts.Statement, texts.NotValid, $"<p>{Safe(texts.NotValidSays)}</p>"), StatusCodes.Status404NotFound),
            { Stands: false } gone => RootPage.Html(RootPage.Page(texts.Statement, texts.NotValidAnyMore, $"<p>{Safe(texts.TakenBack)}</p>{Known(gone, texts)}"), StatusCodes.Status200OK),
            var found => RootPage.Html(RootPage.Page(texts.Statement, texts.Valid, $"<p class=\"good\">{Safe(texts.ValidSays)}</p>{Known(found, texts)}"), StatusCodes.Status200OK),
        };
    }

    private static string Known(PublishedReceipt receipt, DocumentTexts texts) => $"""
        <dl>
        <dt>{texts.ReceiptTitle}</dt><dd>{receipt.Receipt}</dd>
        <dt>{texts.Amount}</dt><dd>{texts.Money(receipt.Amount)}</dd>
        <dt>{texts.Statement.Period}</dt><dd>{(receipt.Periods.Count == 0 ? "–" : Safe(string.Join(", ", receipt.Periods.Select(texts.Month))))}</dd>
        <dt>{texts.Initials}</dt><dd><bdi>{Safe(receipt.Initials)}</bdi></dd>
        </dl>
        """;

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
