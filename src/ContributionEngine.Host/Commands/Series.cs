using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary><c>series set | list</c>.</summary>
internal static class SeriesCommands
{
    public static Command Noun() => Make.Noun("series", "Published rates that packs ask for, by the month", Set(), List());

    private static Command Set()
    {
        var name = Make.Arg("NAME", "Name of the series, as the pack spells it");
        var month = Make.Arg("MONTH", "Month, such as 2021-03");
        var percent = Make.Arg("PERCENT", "Percent, 0 to 500");
        var source = Make.Needed("--source", "Where it was published");
        var correct = Make.Flag("--correct", "Take the place of a value that was entered wrongly; needs --reason");
        var reason = Make.Maybe("--reason", "Why the value is corrected");
        return new Command("set", "Enter the value of a month") { name, month, percent, source, correct, reason }.Writes(async (run, stop) =>
        {
            var why = run.Line.GetValue(reason);
            if (run.Line.GetValue(correct) == string.IsNullOrWhiteSpace(why)) return Refusal.Usage("reason_missing", "--correct and --reason go together.");
            var request = new SeriesRequest(run.Line.GetRequiredValue(name), run.Line.GetRequiredValue(month), run.Line.GetRequiredValue(percent), run.Line.GetRequiredValue(source), why);
            return (await new SetSeries(run.Session.Database).Run(run.Session.Actor, request, stop)).Ok(out var value, out var refusal) ? new Reply(value) : refusal;
        });
    }

    private static Command List()
    {
        var name = new Argument<string?>("NAME") { Description = "Only this series", Arity = ArgumentArity.ZeroOrOne };
        return new Command("list", "What has been entered") { name }.Reads(async (run, stop) =>
            new Reply(await new SetSeries(run.Session.Database).List(run.Session.Actor, run.Line.GetValue(name), stop)));
    }
}
