using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ContributionEngine.Web;

/// <param name="Secret">Shown once: when the endpoint is added, and when its secret is changed.</param>
internal sealed record EndpointAnswer(string Endpoint, string Url, IReadOnlyList<string> EventTypes, string? Organisation, string? Description, string State, string? DisabledReason, DateTimeOffset CreatedAt, string? Secret)
{
    public static EndpointAnswer Of(KnownEndpoint one) => new(one.Endpoint, one.Url, one.EventTypes, one.Organisation, one.Description, one.State, one.DisabledReason, one.CreatedAt, one.Secret);
}

internal sealed record AnnouncedAnswer(string Event, string Type, DateTimeOffset CreatedAt, JsonElement Body)
{
    public static AnnouncedAnswer Of(KnownEvent one) => new(one.Event, one.Type, one.CreatedAt, one.Body);
}

internal sealed record WebhookDeliveryAnswer(string Event, string Type, string Endpoint, string State, long Attempts, long? LastStatus, string? LastDetail, DateTimeOffset? NextAttemptAt, DateTimeOffset? DeliveredAt)
{
    public static WebhookDeliveryAnswer Of(KnownDelivery one, ApiCall call) => new(
        one.Event, one.Type, one.Endpoint, one.State, one.Attempts, one.LastStatus, one.LastSaid is { } said && !one.IsInItsWords ? call.Told(said) : one.LastDetail, one.NextAttemptAt, one.DeliveredAt);
}

internal sealed record EndpointAsked(string Url, IReadOnlyList<string> EventTypes, string? Organisation = null, string? Description = null)
{
    public EndpointRequest AsRequest() => new(Url, EventTypes, Organisation, Description);
}

/// <summary>What is left out stays as it is; an empty description takes it away.</summary>
internal sealed record EndpointChangeAsked(string? Url = null, IReadOnlyList<string>? EventTypes = null, string? Description = null)
{
    public EndpointChange AsChange() => new(Url, EventTypes, Description);
}

internal sealed record ResendAsked(string? Event = null, string? Since = null, string? Endpoint = null);

internal sealed record AnnouncedAsked(string? Type, string? Since, string? After, int? Limit)
{
    public EventQuestion Question => new(Type, Since, After) { Limit = Limit ?? UsualLimit };

    private const int UsualLimit = 50;
}

internal sealed record HeardAsked(string? State, string? After, int? Limit)
{
    public DeliveryQuestion Of(string endpoint) => new(endpoint, null, State, After) { Limit = Limit ?? UsualLimit };

    private const int UsualLimit = 50;
}

internal static class WebhooksApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/webhooks", async (ApiCall call) => Results.Ok((await Keep(call).All(call.Actor, call.Stop)).Select(EndpointAnswer.Of).ToList())).Reads<IReadOnlyList<EndpointAnswer>>(Access.Users, "Endpoints that hear of events");
        api.MapGet("/webhooks/{endpoint}", (string endpoint, ApiCall call) => call.Show(Keep(call).Show(call.Actor, endpoint, call.Stop), EndpointAnswer.Of)).Reads<EndpointAnswer>(Access.Users, "One endpoint");
        api.MapPost("/webhooks", (EndpointAsked asked, ApiCall call) => call.Write(() => Keep(call).Add(call.Actor, asked.AsRequest(), call.Stop), one => Results.Created($"{Api.Root}/webhooks/{one.Endpoint}", EndpointAnswer.Of(one))))
            .WritesSecret<EndpointAnswer>(Access.Treasurers, "Add an endpoint; its secret is shown this once", StatusCodes.Status201Created);
        api.MapPost("/webhooks/{endpoint}/change", (string endpoint, EndpointChangeAsked asked, ApiCall call) => Change(call, endpoint, keep => keep.Change(call.Actor, endpoint, asked.AsChange(), call.Stop)))
            .Writes<EndpointAnswer>(Access.Treasurers, "Change the address, the kinds or the description of an endpoint; what is left out stays");
        api.MapPost("/webhooks/{endpoint}/rotate", (string endpoint, ApiCall call) => Change(call, endpoint, keep => keep.Rotate(call.Actor, endpoint, call.Stop))).WritesSecret<EndpointAnswer>(Access.Treasurers, "Make a new secret; for 24 hours messages are signed with the one before too");
        api.MapPost("/webhooks/{endpoint}/disable", (string endpoint, ReasonAsked asked, ApiCall call) => Change(call, endpoint, keep => keep.Disable(call.Actor, endpoint, asked.Reason, call.Stop))).Writes<EndpointAnswer>(Access.Treasurers, "Send nothing to an endpoint; what is due waits");
        api.MapPost("/webhooks/{endpoint}/enable", (string endpoint, ApiCall call) => Change(call, endpoint, keep => keep.Enable(call.Actor, endpoint, call.Stop))).Writes<EndpointAnswer>(Access.Treasurers, "Send to an endpoint again, what waited first");
        api.MapPost("/webhooks/{endpoint}/remove", (string endpoint, ApiCall call) => Change(call, endpoint, keep => keep.Remove(call.Actor, endpoint, call.Stop))).Writes<EndpointAnswer>(Access.Treasurers, "Remove an endpoint and its secrets");
        api.MapPost("/webhooks/{endpoint}/test", (string endpoint, ApiCall call) => call.Write(() => new ReplayEvents(call.Database).Test(call.Actor, endpoint, call.Stop), AnnouncedAnswer.Of)).Writes<AnnouncedAnswer>(Access.Treasurers, "Send an event to an endpoint, to try it");
        api.MapGet("/webhooks/{endpoint}/deliveries", async (string endpoint, [AsParameters] HeardAsked asked, ApiCall call) => Rows(await new ReplayEvents(call.Database).Deliveries(call.Actor, asked.Of(endpoint), call.Stop), one => WebhookDeliveryAnswer.Of(one, call)))
            .Reads<IReadOnlyList<WebhookDeliveryAnswer>>(Access.Users, "What an endpoint has heard, newest first; after takes the number of an event");
        api.MapGet("/events", async ([AsParameters] AnnouncedAsked asked, ApiCall call) => Rows(await new ReplayEvents(call.Database).List(call.Actor, asked.Question, call.Stop), AnnouncedAnswer.Of))
            .Reads<IReadOnlyList<AnnouncedAnswer>>(Access.Users, "Events that an endpoint has asked for, newest first; after takes the number of an event");
        api.MapPost("/events/resend", (ResendAsked asked, ApiCall call) => call.Write(() => new ReplayEvents(call.Database).Resend(call.Actor, new ResendRequest(asked.Event, asked.Since, asked.Endpoint), call.Stop), resent => resent))
            .Writes<ResentEvents>(Access.Treasurers, "Send one event again, or all since an instant, under the same numbers");
    }

    private static KeepWebhooks Keep(ApiCall call) => new(call.Database, call.Settings.WebhooksMayBeLocal);

    private static async Task<IResult> Change(ApiCall call, string endpoint, Func<KeepWebhooks, Task<Outcome<KnownEndpoint>>> step) =>
        await call.Changed(() => Keep(call).Show(call.Actor, endpoint, call.Stop), EndpointAnswer.Of) ?? await call.Write(() => step(Keep(call)), EndpointAnswer.Of);

    private static IResult Rows<T, TAnswer>(Outcome<IReadOnlyList<T>> found, Func<T, TAnswer> answer) => found.Ok(out var rows, out var refusal) ? Results.Ok(rows.Select(answer).ToList()) : Problems.Of(refusal);
}
