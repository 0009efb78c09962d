using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary><c>remittance tell | told | take-back</c>.</summary>
internal static class ToldPaymentCommands
{
    private static readonly Argument<string> Number = Make.Arg("NO", "Number or reference of the remittance");

    public static Command Tell()
    {
        var (on, slip, amount) = (Make.Needed("--on", "The day on which it was paid, such as 2021-01-31"), Make.Needed("--slip", "The number on the paper or the message that was given"), Make.Needed("--amount", "In the currency of the remittance, such as 38600.00"));
        var way = Make.Needed("--way", "How it was paid");
        way.AcceptOnlyFromAmong(TellPayment.Channels);
        return new Command("tell", "Say that the organisation has paid a remittance, so that the fund finds the money; it moves none, and the same twice is kept once") { Number, on, way, slip, amount }.Writes(Access.Treasurers, async (run, stop) =>
        {
            var line = run.Line;
            var asked = new ToldRequest(line.GetRequiredValue(Number), line.GetRequiredValue(on), line.GetRequiredValue(way), line.GetRequiredValue(slip), line.GetRequiredValue(amount));
            return (await new TellPayment(run.Session.Database).Tell(run.Session.Actor, asked, stop)).Ok(out var told, out var refusal) ? new Reply(Shown(told)) : refusal;
        });
    }

    public static Command Told() => new Command("told", "What the organisation has told of payments of a remittance, oldest first") { Number }.Reads(async (run, stop) =>
        (await new TellPayment(run.Session.Database).List(run.Session.Actor, run.Line.GetRequiredValue(Number), stop)).Ok(out var told, out var refusal) ? new Reply(told.Select(Shown).ToList()) : refusal);

    public static Command TakeBack()
    {
        var which = new Option<long>("--told") { Description = "Which: 'remittance told' names it", Required = true };
        return new Command("take-back", "Take back what was told of a payment") { Number, which }.Writes(Access.Treasurers, async (run, stop) =>
            (await new TellPayment(run.Session.Database).TakeBack(run.Session.Actor, (run.Line.GetRequiredValue(Number), run.Line.GetRequiredValue(which)), stop)).Ok(out var told, out var refusal) ? new Reply(Shown(told)) : refusal);
    }

    private static object Shown(KnownToldPayment one) => new { told = one.Id, one.PaidOn, way = one.Channel, one.Slip, one.Amount, currency = one.Amount.Currency.Code, one.ToldBy, one.ToldAt };
}
