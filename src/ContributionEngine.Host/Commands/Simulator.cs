using System.CommandLine;
using ContributionEngine.FundGateway;

namespace ContributionEngine.Host;

/// <summary><c>simulator</c>: a fund to rehearse with, as a process of its own.</summary>
internal static class SimulatorCommand
{
    public static Command Verb()
    {
        var url = new Option<string>("--urls") { Description = "Address to listen on", DefaultValueFactory = _ => "http://127.0.0.1:5310" };
        var directory = new Option<string>("--dir") { Description = "Where it remembers what it received", DefaultValueFactory = _ => "./fund-simulator" };
        var settings = Make.Maybe("--settings", "JSON file that says how the fund behaves; see docs/fund-onboarding.md");
        return new Command("simulator", "Run a fund simulator until interrupted") { url, directory, settings }.Alone(async (line, _, stop) =>
        {
            await using var fund = await FundSimulator.Start(new SimulatorOptions(line.GetRequiredValue(directory), line.GetValue(settings), line.GetRequiredValue(url)), stop);
            Console.Error.WriteLine($"The fund listens on {fund.Url}; Ctrl-C ends it.");
            await Task.Delay(Timeout.Infinite, stop).ContinueWith(_ => { }, TaskScheduler.Default);
            return new Reply(null);
        });
    }
}
