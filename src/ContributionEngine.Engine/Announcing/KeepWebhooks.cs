using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A receiver as somebody asks for it.</summary>
/// <param name="EventTypes">Kinds such as <c>remittance.paid</c>, <c>remittance.*</c> or <c>*</c>; empty: every kind.</param>
/// <param name="Organisation">Code of the organisation whose agreements it hears of; null: the acting user's, or the whole fund.</param>
public sealed record EndpointRequest(string Url, IReadOnlyList<string> EventTypes, string? Organisation = null, string? Description = null);

/// <summary>What is to be otherwise about a receiver. What is null stays as it is; whose it is always stays.</summary>
/// <param name="EventTypes">Empty: every kind.</param>
/// <param name="Description">Empty: none.</param>
/// <param name="Seen">The <see cref="KnownEndpoint.Print"/> of what was seen; null: whatever it is by now.</param>
public sealed record EndpointChange(string? Url = null, IReadOnlyList<string>? EventTypes = null, string? Description = null, string? Seen = null);

/// <summary>A receiver as others see it.</summary>
/// <param name="State">enabled or disabled.</param>
/// <param name="FailingSince">When it began to fail; null: the last attempt was answered well.</param>
/// <param name="Secret">A secret that was made just now: the only time that it is seen.</param>
public sealed record KnownEndpoint(string Endpoint, string Url, IReadOnlyList<string> EventTypes, string? Organisation, string? Description, string State)
{
    /// <summary>Tells whether what can be changed about it is still what somebody saw.</summary>
    public string Print => ShownPrint.Of(new { Url, EventTypes, Description });

    public string? DisabledReason { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FailingSince { get; init; }

    public string? Secret { get; init; }
}

/// <summary>Receivers of events. An organisation's hears only of its own agreements; each change is audited, without the address.</summary>
/// <param name="mayBeLocal">Also addresses of our own network and plain http: for tests, and receivers on the premises.</param>
public sealed class KeepWebhooks(Database database, bool mayBeLocal)
{
    /// <summary>So many receivers an organisation may have, and so many the fund.</summary>
    public const int EndpointsMax = 20;

    /// <summary>Reason of the case of a receiver that the engine has disabled.</summary>
    public const string DisabledCase = "webhook_endpoint_disabled";

    /// <summary>Characters that are kept of a reason or a description.</summary>
    private const int LineMax = 400;

    public Task<IReadOnlyList<KnownEndpoint>> All(Actor actor, CancellationToken stop) =>
        database.Read<IReadOnlyList<KnownEndpoint>>(actor, async work => [.. (await work.WebhookEndpoints.List()).Select(Shown)], stop);

    /// <summary>Refusals: <c>webhook_endpoint_unknown</c>.</summary>
    public Task<Outcome<KnownEndpoint>> Show(Actor actor, string number, CancellationToken stop) =>
        database.Read<Outcome<KnownEndpoint>>(actor, async work => (await work.WebhookEndpoints.Find(number)).Ok(out var found, out var refusal) ? Shown(found) : refusal, stop);

    /// <summary>Adds a receiver and shows its secret. Refusals: <c>webhook_url_refused</c>, <c>event_type_unknown</c>, <c>organisation_unknown</c>, <c>webhook_endpoints_full</c>.</summary>
    public Task<Outcome<KnownEndpoint>> Add(Actor actor, EndpointRequest asked, CancellationToken stop) => database.Attempt<KnownEndpoint>(actor, async work =>
    {
        if (!Read(new StoredEndpoint(), new EndpointChange(asked.Url, asked.EventTypes, asked.Description)).Ok(out var read, out var refusal)) return refusal;
        if (!(await work.WebhookEndpoints.Owner(asked.Organisation)).Ok(out var owner, out refusal)) return refusal;
        if ((await work.WebhookEndpoints.List()).Count(row => row.OrganisationId == owner) >= EndpointsMax)
        {
            return Refusal.Conflict("webhook_endpoints_full", $"There are {EndpointsMax} webhook endpoints already.") with { Help = "Remove one that is not needed any more: 'webhook endpoint remove'." };
        }

        var (endpoint, secret) = await work.WebhookEndpoints.Add(read with { OrganisationId = owner });
        await Record(work, "webhook-endpoint-added", endpoint, new { event_types = endpoint.EventTypes, organisation = endpoint.Organisation });
        return Shown(endpoint) with { Secret = secret };
    }, stop);

    /// <summary>Changes address, kinds and description; its secret stays, and what waits goes to the new address. Refusals: <c>webhook_endpoint_unknown</c>, <c>webhook_endpoint_changed</c>, <c>webhook_url_refused</c>, <c>event_type_unknown</c>.</summary>
    public Task<Outcome<KnownEndpoint>> Change(Actor actor, string number, EndpointChange asked, CancellationToken stop) => On(actor, number, async (work, endpoint) =>
    {
        if (asked.Seen is { } seen && seen != Shown(endpoint).Print)
        {
            return Refusal.Conflict("webhook_endpoint_changed", $"{endpoint.Number} was changed since it was seen.") with { Value = endpoint.Number, Help = "Look at what it is now, and change it again." };
        }

        // An address that stays is not judged anew: a receiver on the premises keeps its own when such ones are not added any more.
        if (!Read(endpoint, asked.Url == endpoint.Url ? asked with { Url = null } : asked).Ok(out var after, out var refusal)) return refusal;
        if (after == endpoint) return Shown(endpoint);
        var isElsewhere = after.Url != endpoint.Url;
        await work.WebhookEndpoints.Change(endpoint.Id, after);
        // An address that was not tried yet has not failed.
        if (isElsewhere) await work.WebhookEndpoints.Note(endpoint.Id, failed: false);
        await Record(work, "webhook-endpoint-changed", endpoint, new { before = endpoint.EventTypes, after = after.EventTypes, other_address = isElsewhere, other_description = after.Description != endpoint.Description });
        return await Now(work, endpoint);
    }, stop);

    /// <summary>Makes a new secret; for 24 hours every message is signed with the one before too. Refusals: <c>webhook_endpoint_unknown</c>.</summary>
    public Task<Outcome<KnownEndpoint>> Rotate(Actor actor, string number, CancellationToken stop) => On(actor, number, async (work, endpoint) =>
    {
        var secret = await work.WebhookEndpoints.Rotate(endpoint.Id, work.Now + WebhookSignature.Overlap);
        await Record(work, "webhook-secret-rotated", endpoint, new { overlap_hours = WebhookSignature.Overlap.TotalHours });
        return Shown(endpoint) with { Secret = secret };
    }, stop);

    /// <summary>Nothing is sent to it until it is enabled; what is due waits. Refusals: <c>webhook_endpoint_unknown</c>.</summary>
    public Task<Outcome<KnownEndpoint>> Disable(Actor actor, string number, string reason, CancellationToken stop) => On(actor, number, async (work, endpoint) =>
    {
        await Disable(work, endpoint, Cut(reason)!);
        return await Now(work, endpoint);
    }, stop);

    /// <summary>Sends again, what waited meanwhile first. Refusals: <c>webhook_endpoint_unknown</c>.</summary>
    public Task<Outcome<KnownEndpoint>> Enable(Actor actor, string number, CancellationToken stop) => On(actor, number, async (work, endpoint) =>
    {
        if (endpoint.IsLive) return Shown(endpoint);
        await work.WebhookEndpoints.Enable(endpoint.Id);
        await work.Cases.Close(null, DisabledCase, [endpoint.Number], new CaseEnd("receiver_enabled", $"it is enabled again"));
        await Record(work, "webhook-endpoint-enabled", endpoint, new { waited = await work.WebhookDeliveries.Resume(endpoint.Id) });
        return await Now(work, endpoint);
    }, stop);

    /// <summary>It is gone, with its secrets. Refusals: <c>webhook_endpoint_unknown</c>.</summary>
    public Task<Outcome<KnownEndpoint>> Remove(Actor actor, string number, CancellationToken stop) => On(actor, number, async (work, endpoint) =>
    {
        await work.WebhookEndpoints.Remove(endpoint.Id);
        await work.Cases.Close(null, DisabledCase, [endpoint.Number], new CaseEnd("receiver_removed", $"it was removed"));
        await Record(work, "webhook-endpoint-removed", endpoint, new { });
        return Shown(endpoint) with { State = "removed" };
    }, stop);

    internal static async Task Disable(Work work, StoredEndpoint endpoint, string reason)
    {
        await work.WebhookEndpoints.Disable(endpoint.Id, reason);
        await Record(work, "webhook-endpoint-disabled", endpoint, new { reason });
    }

    private Task<Outcome<KnownEndpoint>> On(Actor actor, string number, Func<Work, StoredEndpoint, Task<Outcome<KnownEndpoint>>> step, CancellationToken stop) => database.Attempt<KnownEndpoint>(actor, async work =>
        (await work.WebhookEndpoints.Find(number)).Ok(out var found, out var refusal) ? await step(work, found) : refusal, stop);

    private Outcome<StoredEndpoint> Read(StoredEndpoint before, EndpointChange asked)
    {
        var after = before;
        if (asked.Url is not null)
        {
            if (!WebhookAddress.Read(asked.Url, mayBeLocal).Ok(out var url, out var refusal)) return refusal;
            after = after with { Url = url.AbsoluteUri };
        }

        if (asked.EventTypes is not null)
        {
            if (!WebhookTypes.Read(asked.EventTypes).Ok(out var types, out var refusal)) return refusal;
            after = after with { EventTypes = string.Join(' ', types) };
        }

        return asked.Description is null ? after : after with { Description = asked.Description == "" ? null : Cut(asked.Description) };
    }

    private static async Task<KnownEndpoint> Now(Work work, StoredEndpoint endpoint) => Shown((await work.WebhookEndpoints.Get(endpoint.Id))!);

    private static Task<long> Record(Work work, string useCase, StoredEndpoint endpoint, object document) =>
        work.Audit.Record(Audit.Administration, useCase, endpoint.Number, JsonSerializer.Serialize(document));

    private static string? Cut(string? text) => text?.Length > LineMax ? text[..LineMax] : text;

    private static KnownEndpoint Shown(StoredEndpoint row) => new(row.Number, row.Url, row.EventTypes.Split(' '), row.Organisation, row.Description, row.IsLive ? "enabled" : "disabled")
    {
        DisabledReason = row.DisabledReason, CreatedAt = row.CreatedAt, FailingSince = row.FailingSince,
    };
}
