using System.CommandLine;
using ContributionEngine.Core;

namespace ContributionEngine.Host;

/// <summary><c>demo</c>: the whole job on sample data.</summary>
internal static class DemoCommand
{
    public static Command Verb()
    {
        var directory = new Option<string>("--dir") { Description = "Where the database and the files go", DefaultValueFactory = _ => "./demo-output" };
        var command = new Command("demo", "The whole job on sample data: a coffee cooperative's harvest, from the treasurer's files to the proof") { directory };
        command.SetAction((line, stop) => Shell.Guarded(new Printer(new Settings(line).Output, false), async printer =>
        {
            var settings = new Settings(line);
            var demo = new Demo(Path.GetFullPath(line.GetRequiredValue(directory)), printer);
            return await demo.Run(settings, stop);
        }, stop));
        return command;
    }
}
