using System.Net;
using System.Security.Authentication;
using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.FundGateway;

/// <summary>A response as far as it is read: its status, its bounded body without our secrets, and how long the fund asks to be left alone.</summary>
internal sealed record HttpReply(HttpStatusCode Status, string Text, TimeSpan? RetryAfter, Uri? Location);

/// <summary>What a status code, or the lack of one, means for a remittance. Whatever leaves a doubt is unknown.</summary>
internal static class HttpVerdict
{
    /// <summary>After the declaration was sent.</summary>
    public static Handover OfDelivery(HttpReply reply, FundPipeline numbers) => (int)reply.Status switch
    {
        200 or 201 or 202 or 204 => new Handover.Delivered(null),
        429 or 425 => new Handover.NotReached(Said(reply, "busy", $"takes no more for now")) { Wait = reply.RetryAfter ?? numbers.DeniedRest },
        503 when reply.RetryAfter is { } wait => new Handover.NotReached(Said(reply, "unavailable", $"is not available")) { Wait = wait },
        // An earlier attempt of ours may stand there, and so may other bytes: its status says which.
        409 => new Handover.Unknown(Said(reply, "reference_there", $"has something under this reference already")),
        408 => new Handover.Unknown(Said(reply, "cut_off", $"did not get the whole file in time")),
        >= 400 and < 500 and not (401 or 407) => Handover.Refused.InItsWords($"http_{(int)reply.Status}", reply.Text),
        _ => Elsewhere(reply, numbers) ?? new Handover.Unknown(Said(reply, "failed", $"failed")),
    };

    /// <summary>After asking. A body that names the SHA-256 of what the fund has is compared.</summary>
    public static Handover OfAsking(HttpReply reply, (string Reference, string Sha256) ours, FundPipeline numbers) => reply.Status switch
    {
        HttpStatusCode.OK when Sha256In(reply.Text) is { } theirs && !theirs.Equals(ours.Sha256, StringComparison.OrdinalIgnoreCase) =>
            new Handover.Refused("reference_used", $"The fund has other bytes under {ours.Reference:reference}: SHA-256 {theirs:theirs}; ours have {ours.Sha256:ours}."),
        HttpStatusCode.OK => new Handover.Delivered(null),
        HttpStatusCode.NotFound or HttpStatusCode.Gone => new Handover.NotFound(),
        _ => Elsewhere(reply, numbers) ?? new Handover.Unknown(Said(reply, "not_said", $"did not say what it has")),
    };

    /// <summary>Without a response. Null: nothing that a fund or a network does.</summary>
    public static Handover? Of(Exception trouble) => trouble switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } or HttpRequestException { InnerException: AuthenticationException } =>
            new Handover.Mistrusted("certificate", $"The fund's certificate is not trusted: {FundText.Of((trouble.InnerException ?? trouble).Message):text}"),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError } => new Handover.NotReached("not_reached", $"{FundText.Of(trouble.Message):text}"),
        OperationCanceledException { InnerException: TimeoutException } => new Handover.NotReached("not_heard", $"nobody listened in time"),
        HttpRequestException or IOException => new Handover.Unknown("broken_off", $"{FundText.Of(trouble.Message):text}"),
        _ => null,
    };

    // Who was met did not look at the file: it asks who we are, or points elsewhere.
    private static Handover? Elsewhere(HttpReply reply, FundPipeline numbers) => (int)reply.Status switch
    {
        401 or 407 => new Handover.NotReached(Said(reply, "denied", $"does not accept our credentials")) { Wait = numbers.DeniedRest },
        >= 300 and < 400 => new Handover.NotReached("redirected", $"{Said(reply, "points_elsewhere", $"points to «{FundText.Of($"{reply.Location}"):url}»")}; redirects are not followed: put the right address into the agreement's channel") { Wait = numbers.DeniedRest },
        _ => null,
    };

    private static Remark Said(HttpReply reply, string code, Sentence what)
    {
        var said = Handover.Told(code, $"the fund {what} ({(int)reply.Status:status})");
        return reply.Text.Length == 0 ? said : Handover.Told("said", $"{said}: {reply.Text:text}");
    }

    private static string? Sha256In(string text)
    {
        try
        {
            using var body = JsonDocument.Parse(text);
            return body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("sha256", out var hash) && hash.ValueKind == JsonValueKind.String ? hash.GetString() : null;
        }
        catch (JsonException)
        {
            // A fund may say in any words that it has it.
            return null;
        }
    }
}
