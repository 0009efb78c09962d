using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary><c>webhook endpoint add | change | list | deliveries | rotate | disable | enable | remove | test</c> and <c>webhook event list | show | resend</c>.</summary>
internal static class WebhookCommands
{
    private const int NotDelivered = 3;

    private static readonly Argument<string> Id = Make.Arg("ID", "Number of the endpoint, such as WHE-000000001234");

    public static Command Noun() => Make.Noun("webhook", "Other programs that hear of events",
        Make.Noun("endpoint", "Where they hear", Add(), Change(), List(), Deliveries(), Rotate(), Disable(), Enable(), Remove(), Test()),
        Make.Noun("event", "What they hear of", WebhookEventCommands.List(), WebhookEventCommands.Show(), WebhookEventCommands.Resend()));

    private static Command Add()
    {
        var url = Make.Needed("--url", "Address that begins with https://");
        var events = Make.Maybe("--events", "Kinds such as remittance.paid, remittance.* or *, with commas between (default *)");
        var organisation = Make.Maybe("--organisation", "Code of the organisation whose agreements it hears of (default: your own; of users of the fund, all)");
        var description = Make.Maybe("--description", "What it is for");
        return new Command("add", "Add an endpoint; its secret is shown this once") { url, events, organisation, description }.Writes(Access.Treasurers, async (run, stop) =>
        {
            var asked = new EndpointRequest(run.Line.GetRequiredValue(url), [run.Line.GetValue(events) ?? WebhookTypes.Every], run.Line.GetValue(organisation), run.Line.GetValue(description));
            return Printed(await Endpoints(run).Add(run.Session.Actor, asked, stop));
        });
    }

    private static Command Change()
    {
        var url = Make.Maybe("--url", "Another address that begins with https://; what waits goes there");
        var events = Make.Maybe("--events", "Other kinds, with commas between; * for every kind");
        var description = Make.Maybe("--description", "What it is for; \"\" for nothing");
        return new Command("change", "Change the address, the kinds or the description of an endpoint; what is not named stays") { Id, url, events, description }.Writes(Access.Treasurers, async (run, stop) =>
        {
            var asked = new EndpointChange(run.Line.GetValue(url), run.Line.GetValue(events) is { } kinds ? [kinds] : null, run.Line.GetValue(description));
            return Printed(await Endpoints(run).Change(run.Session.Actor, run.Line.GetRequiredValue(Id), asked, stop));
        });
    }

    private static Command List() => new Command("list", "Endpoints, the oldest first").Reads(async (run, stop) =>
        new Reply((await Endpoints(run).All(run.Session.Actor, stop)).Select(Listed).ToList()));

    private static Command Deliveries()
    {
        var state = Make.Maybe("--state", "waiting | delivered | failed");
        state.AcceptOnlyFromAmong("waiting", "delivered", "failed");
        var after = Make.Maybe("--after", "Go on after this event");
        return new Command("deliveries", "What an endpoint has heard, the newest first") { Id, state, after }.Reads(async (run, stop) =>
            Rows(await Events(run).Deliveries(run.Session.Actor, new DeliveryQuestion(run.Line.GetRequiredValue(Id), null, run.Line.GetValue(state), run.Line.GetValue(after)), stop)));
    }

    private static Command Rotate() => new Command("rotate", "Make a new secret; for 24 hours messages are signed with the one before too") { Id }.Writes(Access.Treasurers, async (run, stop) =>
        Printed(await Endpoints(run).Rotate(run.Session.Actor, run.Line.GetRequiredValue(Id), stop)));

    private static Command Disable()
    {
        var reason = Make.Needed("--reason", "Why");
        return new Command("disable", "Send nothing to an endpoint; what is due waits") { Id, reason }.Writes(Access.Treasurers, async (run, stop) =>
            Printed(await Endpoints(run).Disable(run.Session.Actor, run.Line.GetRequiredValue(Id), run.Line.GetRequiredValue(reason), stop)));
    }

    private static Command Enable() => new Command("enable", "Send to an endpoint again, what waited first") { Id }.Writes(Access.Treasurers, async (run, stop) =>
    {
        var enabled = await Endpoints(run).Enable(run.Session.Actor, run.Line.GetRequiredValue(Id), stop);
        await run.Session.Drain(stop);
        return Printed(enabled);
    });

    private static Command Remove() => new Command("remove", "Remove an endpoint and its secrets") { Id }.Writes(Access.Treasurers, async (run, stop) =>
        Printed(await Endpoints(run).Remove(run.Session.Actor, run.Line.GetRequiredValue(Id), stop)));

    private static Command Test() => new Command("test", "Send an event to an endpoint, to try it") { Id }.Writes(Access.Treasurers, async (run, stop) =>
    {
        var endpoint = run.Line.GetRequiredValue(Id);
        if (!(await Events(run).Test(run.Session.Actor, endpoint, stop)).Ok(out var made, out var refusal)) return refusal;
        await run.Session.Drain(stop);
        var told = (await Events(run).Deliveries(run.Session.Actor, new DeliveryQuestion(endpoint, made.Event), stop)).Value.Single();
        return new Reply(told, told.State == "delivered" ? 0 : NotDelivered);
    });

    private static KeepWebhooks Endpoints(Run run) => new(run.Session.Database, Settings.WebhookAllowLocal);

    private static ReplayEvents Events(Run run) => new(run.Session.Database);

    private static Outcome<Reply> Rows<T>(Outcome<IReadOnlyList<T>> rows) => rows.Ok(out var found, out var refusal) ? new Reply(found) : refusal;

    private static Outcome<Reply> Printed(Outcome<KnownEndpoint> endpoint) => endpoint.Ok(out var one, out var refusal) ? new Reply(Listed(one)) : refusal;

    private static object Listed(KnownEndpoint one) => one.Secret is { } secret
        ? new { secret, one.Endpoint, one.Url, one.EventTypes, one.Organisation, one.State }
        : new { one.Endpoint, one.Url, one.EventTypes, one.Organisation, one.Description, one.State, one.DisabledReason, one.FailingSince };
}
