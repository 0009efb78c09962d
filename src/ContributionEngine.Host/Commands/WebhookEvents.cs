using System.CommandLine;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary><c>webhook event list | show | resend</c>.</summary>
internal static class WebhookEventCommands
{
    private static readonly Argument<string> Number = Make.Arg("EVENT", "Number of the event, such as evt_000000001234");

    public static Command List()
    {
        var type = Make.Maybe("--type", "Only this kind, such as remittance.paid");
        var since = Make.Maybe("--since", "Only those since an instant");
        var after = Make.Maybe("--after", "Go on after this event");
        return new Command("list", "Events that somebody has asked for, the newest first") { type, since, after }.Reads(async (run, stop) =>
        {
            var asked = new EventQuestion(run.Line.GetValue(type), run.Line.GetValue(since), run.Line.GetValue(after));
            if (!(await Events(run).List(run.Session.Actor, asked, stop)).Ok(out var events, out var refusal)) return refusal;
            return new Reply(events.Select(one => new { one.Event, one.Type, one.CreatedAt, data = one.Body.GetProperty("data") }).ToList());
        });
    }

    public static Command Show() => new Command("show", "An event as it is sent, and how far each endpoint has heard of it") { Number }.Reads(async (run, stop) =>
    {
        var number = run.Line.GetRequiredValue(Number);
        if (!(await Events(run).Show(run.Session.Actor, number, stop)).Ok(out var one, out var refusal)) return refusal;
        if (!(await Events(run).Deliveries(run.Session.Actor, new DeliveryQuestion(Event: number), stop)).Ok(out var deliveries, out refusal)) return refusal;
        return new Reply(new { one.Event, one.Type, one.CreatedAt, one.Body, deliveries });
    });

    public static Command Resend()
    {
        var one = new Argument<string?>("EVENT") { Description = "Number of the event", Arity = ArgumentArity.ZeroOrOne };
        var since = Make.Maybe("--since", "All since an instant");
        var endpoint = Make.Maybe("--endpoint", "Only to this endpoint (default: to all that asked for the kind)");
        return new Command("resend", "Send again, under the same number") { one, since, endpoint }.Writes(Access.Treasurers, async (run, stop) =>
        {
            var asked = new ResendRequest(run.Line.GetValue(one), run.Line.GetValue(since), run.Line.GetValue(endpoint));
            if (!(await Events(run).Resend(run.Session.Actor, asked, stop)).Ok(out var resent, out var refusal)) return refusal;
            await run.Session.Drain(stop);
            return new Reply(resent);
        });
    }

    private static ReplayEvents Events(Run run) => new(run.Session.Database);
}
