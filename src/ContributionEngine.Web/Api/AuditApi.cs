using System.Text.Json.Nodes;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace ContributionEngine.Web;

internal sealed record EventAnswer(string Chain, long Seq, DateTimeOffset At, string Actor, string UseCase, string Subject, JsonNode? Document, string Hash)
{
    public static EventAnswer Of(ListedEvent row) => new(row.Chain, row.Seq, row.At, row.Actor, row.UseCase, row.Subject, JsonNode.Parse(row.Document), row.Hash);
}

internal sealed record ChainBreak(string Subject, string Detail);

internal sealed record VerifiedAnswer(string Audit, IReadOnlyList<ChainBreak> Breaks);

internal sealed record EventsAsked(string? Agreement, string? Actor, string? Subject, DateOnly? From, DateOnly? To, [property: FromQuery(Name = "use_case")] string? UseCase)
{
    public EventsWhere Where => new() { Agreement = Agreement, Actor = Actor, Subject = Subject, From = From, To = To, UseCase = UseCase };
}

/// <param name="Agreement">Its number, or administration.</param>
/// <param name="To">Last day, inside, UTC.</param>
internal sealed record ExtractAsked(string? Agreement, DateOnly? From, DateOnly? To, string? Format)
{
    public ExtractWanted In(string format, Tongue tongue) => new(Agreement is { Length: > 0 } ? Agreement : null, From, To, format, tongue.Tag);
}

internal sealed record ParkedAnswer(string Id, string Queue, string? Agreement, string Body, long Attempts, string? Reason, DateTimeOffset EnqueuedAt)
{
    public static ParkedAnswer Of(ListedMessage row) => new($"{row.Id}", row.Queue, row.Agreement, row.Body, row.Attempts, row.ParkedReason, row.EnqueuedAt);
}

internal sealed record MessageDone(string Id, string Done);

internal static class AuditApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/audit-events", ([AsParameters] EventsAsked asked, [AsParameters] PageAsked page, ApiCall call) => call.Page(page, (lists, slice) => lists.AuditEvents(asked.Where, slice), EventAnswer.Of))
            .Reads<PageAnswer<EventAnswer>>(Access.Users, "Who did what, newest first");
        api.MapGet("/audit-events/verify", Verify).Reads<VerifiedAnswer>(Access.Fund, "Prove that no link of a chain was changed");
        api.MapGet("/audit-events/extract", Extract).ReadsFile(Access.Fund, "An extract for an auditor, by agreement and days: format jsonl or csv with the events and their hashes, or their cover that proves the chains as json (the default), html or pdf");
        api.MapGet("/messages", ([AsParameters] PageAsked page, ApiCall call) => call.Page(page, (lists, slice) => lists.ParkedMessages(slice), ParkedAnswer.Of)).Reads<PageAnswer<ParkedAnswer>>(Access.Fund, "Messages between the parts of the engine that wait for a person");
        api.MapPost("/messages/{id}/retry", (long id, ApiCall call) => call.Write(() => new ParkedMessages(call.Database).Retry(call.Actor, id, call.Stop), _ => new MessageDone($"{id}", "retried"))).Writes<MessageDone>(Access.Officers, "Try a parked message again");
        api.MapPost("/messages/{id}/skip", (long id, ReasonAsked asked, ApiCall call) => call.Write(() => new ParkedMessages(call.Database).Skip(call.Actor, id, asked.Reason, call.Stop), _ => new MessageDone($"{id}", "skipped")))
            .Writes<MessageDone>(Access.Officers, "Drop a parked message for good");
    }

    private static Task<IResult> Extract([AsParameters] ExtractAsked asked, [AsParameters] Wish wish) => TakenAway.ForPrograms(
        (form, file) => new ExtractAudit(wish.Database).Write(wish.Actor, asked.In(form, wish.Tongue), file, wish.Stop), ("audit", asked.Format, AuditExtractFile.Formats), wish);

    private static async Task<IResult> Verify(ApiCall call)
    {
        var breaks = (await call.Read(work => work.Proofs.Audit())).Select(one => new ChainBreak(one.Subject, one.Detail)).ToList();
        return Results.Ok(new VerifiedAnswer(breaks.Count == 0 ? "ok" : "failed", breaks));
    }
}
