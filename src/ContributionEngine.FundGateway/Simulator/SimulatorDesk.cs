using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ContributionEngine.FundGateway;

/// <summary>The simulator's endpoints. What a sender does is noted, for the report that it is given about itself.</summary>
internal sealed class SimulatorDesk(SimulatorMemory memory, string? settingsPath, TimeProvider clock)
{
    public async Task<IResult> Take(HttpRequest request)
    {
        var settings = SimulatorSettings.Of(settingsPath);
        var reference = request.Headers["Idempotency-Key"].ToString();
        if (Closed(settings) is { } until) return Unavailable((SenderAct.Sent, reference), request.HttpContext.Response, until);
        if (memory.CountTo("calls", settings.UnavailableFirst)) return Unavailable((SenderAct.Sent, reference), request.HttpContext.Response, clock.GetUtcNow());
        if (!Core.CreditorReference.IsValid(reference)) return Noted(SenderAct.Sent, reference, "key_invalid", Problem("reference_invalid", "Idempotency-Key is no ISO 11649 reference."));
        var taken = await memory.Keep(reference, request.Body, request.Headers["X-Content-SHA256"].ToString(), request.HttpContext.RequestAborted);
        var script = settings.For(reference, memory.NumberOf(reference));
        if (taken is Kept.OtherBytes || (script.OtherBytes && taken is Kept.Fresh or Kept.Again)) return Noted(SenderAct.Sent, reference, "other_bytes", Results.Problem("This reference was used for other bytes.", statusCode: StatusCodes.Status409Conflict, title: "reference_used"));
        if (taken is Kept.WrongHash) return Noted(SenderAct.Sent, reference, "hash_wrong", Problem("hash_wrong", "The bytes do not have the SHA-256 that was announced."));
        if (taken is Kept.Fresh && Fault(reference) is { } fault) return Noted(SenderAct.Sent, reference, "invalid", fault);
        if (taken is Kept.Fresh && (script.HangAfterAccepting || memory.CountTo("hangs", settings.TimeOutAfterAccepting)))
        {
            memory.Note(new SenderNote(clock.GetUtcNow(), SenderAct.Sent, reference, "hung"));
            await Task.Delay(Timeout.Infinite, request.HttpContext.RequestAborted);
        }

        return Noted(SenderAct.Sent, reference, taken is Kept.Fresh ? "taken" : "again", Results.Json(new { reference, status = "received" }, statusCode: taken is Kept.Fresh ? StatusCodes.Status202Accepted : StatusCodes.Status200OK));
    }

    public IResult Find(string reference, HttpRequest request)
    {
        var settings = SimulatorSettings.Of(settingsPath);
        if (Closed(settings) is { } until) return Unavailable((SenderAct.Asked, reference), request.HttpContext.Response, until);
        if (!memory.Has(reference)) return Noted(SenderAct.Asked, reference, memory.WasSent(reference) ? "not_found" : "never_sent", Results.NotFound());
        var sha256 = settings.For(reference, memory.NumberOf(reference)).OtherBytes ? new string('0', 64) : memory.Sha256Of(reference);
        return Noted(SenderAct.Asked, reference, "found", Results.Json(new { reference, status = "received", sha256 }));
    }

    public IResult Answers(string reference, HttpRequest request)
    {
        var settings = SimulatorSettings.Of(settingsPath);
        if (Closed(settings) is { } until) return Unavailable((SenderAct.Fetched, reference), request.HttpContext.Response, until);
        if (!memory.Has(reference)) return Noted(SenderAct.Fetched, reference, "never_sent", Results.NotFound());
        var script = settings.For(reference, memory.NumberOf(reference));
        var due = memory.AnswersDue(reference, settings, clock.GetUtcNow()).SelectMany(answer => Enumerable.Repeat(answer, Math.Max(1, settings.AnswerTwice ? 2 : script.Copies)));
        return Noted(SenderAct.Fetched, reference, "answered", AnswerBody.Of(reference, [.. script.Reverse ? due.Reverse() : due]));
    }

    public IResult Conformance() => Results.Json(ConformanceReport.Of(memory.Notes()), ConformanceReport.Json);

    private IResult? Fault(string reference)
    {
        if (ReceivedDeclaration.Read(memory.ContentOf(reference)).Ok(out var declaration, out var fault) && (declaration is null || declaration.Header.Reference == reference)) return null;
        memory.Forget(reference);
        return Problem("declaration_invalid", fault?.Detail ?? $"The file is not the one of reference {reference}: its header says {declaration!.Header.Reference}.");
    }

    private IResult Noted(SenderAct act, string reference, string outcome, IResult result)
    {
        memory.Note(new SenderNote(clock.GetUtcNow(), act, reference, outcome));
        return result;
    }

    private DateTimeOffset? Closed(SimulatorSettings settings)
    {
        var now = clock.GetUtcNow();
        return settings.Maintenance.FirstOrDefault(window => window.From <= now && now < window.To)?.To;
    }

    private IResult Unavailable((SenderAct Act, string Reference) said, HttpResponse response, DateTimeOffset until)
    {
        var now = clock.GetUtcNow();
        var wait = until > now ? until - now : TimeSpan.Zero;
        memory.Note(new SenderNote(now, said.Act, said.Reference, "closed", now + wait));
        response.Headers.RetryAfter = ((wait.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond).ToString(CultureInfo.InvariantCulture);
        return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }

    private static IResult Problem(string code, string detail) => Results.Problem(detail, statusCode: StatusCodes.Status422UnprocessableEntity, title: code);
}
