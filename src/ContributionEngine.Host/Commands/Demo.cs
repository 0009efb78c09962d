using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using Spectre.Console;

namespace ContributionEngine.Host;

/// <summary><c>demo</c>: the whole job on sample data, in DIR/demo.db unless a database is named.</summary>
internal static class DemoCommand
{
    public static Command Verb()
    {
        var directory = new Option<string>("--dir") { Description = "Where the database and the files go", DefaultValueFactory = _ => "./demo-output" };
        var command = new Command("demo", "The whole job on sample data: a coffee cooperative's harvest, from the treasurer's files to the proof") { directory };
        command.SetAction((line, stop) => Shell.Guarded(new Settings(line), false, printer => Run(line, (Path.GetFullPath(line.GetRequiredValue(directory)), printer), stop), stop));
        return command;
    }

    private static async Task<Outcome<Reply>> Run(ParseResult line, (string Directory, Printer Printer) to, CancellationToken stop)
    {
        var settings = new Settings(line);
        Console.Error.WriteLine("ContributionEngine demo: a coffee cooperative's harvest of 2021");
        Directory.CreateDirectory(to.Directory);
        var database = settings.IsDbNamed ? settings.Db : $"sqlite:{Path.Combine(to.Directory, "demo.db")}";
        if (!(await Session.Open(settings, database, new Opening(true, Access.Officers) { Patience = Demo.Patience }, stop)).Ok(out var session, out var refusal)) return refusal;
        await using (session)
        {
            var others = (await session.Database.Read(session.Actor, work => work.Agreements.All(), stop)).Where(number => number != HarvestSample.Number).ToList();
            if (others.Count > 0) return Refusal.Conflict("database_not_empty", $"The database holds agreement {others[0]}; the demo takes an empty database or its own.");
            var demo = new Demo(session, to.Directory);
            var began = TimeProvider.System.GetTimestamp();
            if (!(await demo.Run(Say, stop)).Ok(out var agreement, out refusal)) return refusal;
            var report = await DemoReport.Of(session, agreement, stop);
            Console.Error.WriteLine($"done in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s");
            var exit = report.Breaks.Count == 0 ? 0 : (int)RefusalKind.ControlFailed;
            if (!to.Printer.IsTable) return new Reply(report.Json(demo.Files), exit);
            report.Show(AnsiConsole.Console, demo.Files);
            return new Reply(null, exit);
        }
    }

    private static void Say(string step) => Console.Error.WriteLine($"  {step}");
}
