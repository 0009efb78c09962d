using ContributionEngine.Engine;
using ContributionEngine.Files;
using ContributionEngine.FundGateway;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Host;

/// <summary>Where a fund sends its answers by itself: <c>POST /fund/answers/{agreement number}</c>, 202 when kept, 401 when not signed.</summary>
internal static class FundCallback
{
    private const string Signature = "X-Signature-SHA256";

    public static void Map(WebApplication app, Session session)
    {
        var callBack = new CallBack(session.Database, Secrets.Of);
        app.MapPost("/fund/answers/{agreement}", async (string agreement, HttpRequest request, CancellationToken stop) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, stop);
            return (await callBack.Run(agreement, body.ToArray(), request.Headers[Signature], stop)).Ok(out _, out var refusal)
                ? Results.StatusCode(StatusCodes.Status202Accepted)
                : Results.Problem($"{refusal.Detail} {refusal.Help}", statusCode: StatusCodes.Status401Unauthorized, title: refusal.Code);
        }).WithMetadata(new RequestSizeLimitAttribute(AnswerLimits.BytesMax));
    }
}
