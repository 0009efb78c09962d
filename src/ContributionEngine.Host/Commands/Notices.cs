using System.CommandLine;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary><c>notice list | request | quote | withdraw</c>.</summary>
internal static class NoticeCommands
{
    private static readonly Argument<string> Number = Make.Arg("NTC", "Number of the notice, such as NTC-000000001234");

    public static Command Noun() => Make.Noun("notice", "What a fund that takes only a whole amount has quoted for a period", List(), Request(), Quote(), Withdraw());

    private static Command List()
    {
        var agreement = Make.Needed("--agreement", "Number of the agreement");
        return new Command("list", "Notices of an agreement, oldest first, with the remittances that pay them") { agreement }.Reads(async (run, stop) =>
            (await new KeepNotices(run.Session.Database).List(run.Session.Actor, run.Line.GetRequiredValue(agreement), stop)).Ok(out var notices, out var refusal) ? new Reply(notices) : refusal);
    }

    private static Command Request()
    {
        var agreement = Make.Needed("--agreement", "Number of the agreement");
        var period = Make.Needed("--period", "First month of the period, such as 2021-03");
        return new Command("request", "Note that the fund is asked for a notice over what the schedule owes for a period") { agreement, period }.Writes(async (run, stop) =>
            (await new KeepNotices(run.Session.Database).Request(run.Session.Actor, (run.Line.GetRequiredValue(agreement), run.Line.GetRequiredValue(period), run.AsOf), stop)).Ok(out var notice, out var refusal) ? new Reply(notice) : refusal);
    }

    private static Command Quote()
    {
        var reference = Make.Needed("--reference", "The fund's own reference of the notice");
        var amount = Make.Needed("--amount", "What the fund takes, such as 77200.00");
        var until = Make.Maybe("--valid-until", "The last day on which it holds, such as 2021-03-31");
        return new Command("quote", "Enter what the fund says; said again, the later word holds") { Number, reference, amount, until }.Writes(async (run, stop) =>
        {
            var quote = new QuoteRequest(run.Line.GetRequiredValue(Number), run.Line.GetRequiredValue(reference), run.Line.GetRequiredValue(amount), run.Line.GetValue(until)) { AsOf = run.AsOf };
            return (await new KeepNotices(run.Session.Database).Quote(run.Session.Actor, quote, stop)).Ok(out var notice, out var refusal) ? new Reply(notice) : refusal;
        });
    }

    private static Command Withdraw()
    {
        var reason = Make.Needed("--reason", "Why");
        return new Command("withdraw", "Give up a notice that nothing was paid under") { Number, reason }.Writes(async (run, stop) =>
            (await new KeepNotices(run.Session.Database).Withdraw(run.Session.Actor, (run.Line.GetRequiredValue(Number), run.Line.GetRequiredValue(reason), run.AsOf), stop)).Ok(out var notice, out var refusal) ? new Reply(notice) : refusal);
    }
}
