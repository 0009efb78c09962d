using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ContributionEngine.Web;

/// <summary>What is sent twice under one Idempotency-Key is done once, and answered twice.</summary>
internal static class Once
{
    public const string Header = "Idempotency-Key";
    private const string Replayed = "Idempotency-Replayed";

    /// <summary>Seconds after which a request that is still being worked on may be asked for again.</summary>
    private const string ComeAgain = "2";

    /// <summary>Keeps the body of a write, which is read twice: by its endpoint, and to tell whether the same is asked again.</summary>
    public static Task Buffer(HttpContext call, RequestDelegate next)
    {
        if (HttpMethods.IsPost(call.Request.Method) && call.Request.Path.StartsWithSegments(Api.Root)) call.Request.EnableBuffering();
        return next(call);
    }

    public static async ValueTask<object?> Filter(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var call = context.HttpContext;
        if (ApiCall.IsDryRun(call)) return await next(context);
        if (!Key(call).Ok(out var key, out var refusal)) return Problems.Of(refusal);
        var (actor, once) = (call.Actor(), new OnceOnly(call.RequestServices.GetRequiredService<Database>()));
        if (!(await once.Begin(actor, (key, await Asked(call)), call.RequestAborted)).Ok(out var before, out refusal))
        {
            if (refusal.Kind == RefusalKind.Conflict) call.Response.Headers.RetryAfter = ComeAgain;
            return Problems.Of(refusal);
        }

        if (before is not null) return await Sent(call, before, true);
        var isKept = false;
        try
        {
            var answer = await Written((IResult)(await next(context))!, call);
            isKept = IsFinal(answer.Status);
            if (isKept) await once.End(actor, key, answer);
            return await Sent(call, answer, false);
        }
        finally
        {
            if (!isKept) await once.Forget(actor, key);
        }
    }

    // What may be otherwise the next time is not held against the caller.
    private static bool IsFinal(int status) => status < StatusCodes.Status500InternalServerError && status is not (StatusCodes.Status409Conflict or StatusCodes.Status412PreconditionFailed or StatusCodes.Status429TooManyRequests);

    private static Outcome<string> Key(HttpContext call) => call.Request.Headers[Header] switch
    {
        [] => Refusal.Usage("idempotency_key_missing", $"A request that writes needs the header {Header}."),
        [{ Length: > 0 and <= OnceOnly.KeyMax } key] => key,
        _ => Refusal.Usage("idempotency_key_malformed", $"{Header} is one value of 1 to {OnceOnly.KeyMax} characters.") with { Value = $"{OnceOnly.KeyMax}" },
    };

    // A form is sent in other bytes each time, since its parts are set apart by a random line: its fields and files are what counts.
    private static async Task<string> Asked(HttpContext call)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Take($"{call.Request.Method} {call.Request.Path}{call.Request.QueryString} {call.Request.Headers.IfMatch}");
        if (call.Request.HasFormContentType)
        {
            var form = await call.Request.ReadFormAsync(call.RequestAborted);
            foreach (var field in form.OrderBy(field => field.Key, StringComparer.Ordinal)) Take($"{field.Key}={field.Value}");
            foreach (var file in form.Files)
            {
                Take($"{file.Name}={file.FileName}");
                await using var content = file.OpenReadStream();
                sha.AppendData(await SHA256.HashDataAsync(content, call.RequestAborted));
            }
        }
        else
        {
            call.Request.Body.Position = 0;
            sha.AppendData(await SHA256.HashDataAsync(call.Request.Body, call.RequestAborted));
            call.Request.Body.Position = 0;
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset());

        void Take(string text) => sha.AppendData(Encoding.UTF8.GetBytes($"{text.Length}:{text}"));
    }

    private static async Task<SentAnswer> Written(IResult result, HttpContext call)
    {
        var body = call.Response.Body;
        using var bytes = new MemoryStream();
        call.Response.Body = bytes;
        try
        {
            await result.ExecuteAsync(call);
        }
        finally
        {
            call.Response.Body = body;
        }

        return new SentAnswer(call.Response.StatusCode, call.Response.ContentType, call.Response.Headers.Location is [{ } location] ? location : null, bytes.ToArray());
    }

    private static async Task<IResult> Sent(HttpContext call, SentAnswer answer, bool isReplay)
    {
        var response = call.Response;
        (response.StatusCode, response.ContentType) = (answer.Status, answer.ContentType);
        if (answer.Location is not null) response.Headers.Location = answer.Location;
        if (isReplay) response.Headers[Replayed] = "true";
        await response.Body.WriteAsync(answer.Body, call.RequestAborted);
        return Results.Empty;
    }
}
