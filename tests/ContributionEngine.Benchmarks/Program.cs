using System.Globalization;
using ContributionEngine.Benchmarks;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var page = Array.IndexOf(args, "--markdown");
if (page >= 0 && page + 1 == args.Length) return Usage();
string[] words = page < 0 ? args : [.. args[..page], .. args[(page + 2)..]];
var sizes = new Dictionary<string, int> { ["receipts"] = 200_000, ["check"] = 1_000_000, ["schedule"] = 20_000, ["outbox"] = 1_000_000, ["declarations"] = 1_000_000, ["lists"] = 1_000_000 };
if (words.Length > 2 || (words.Length == 2 && !(sizes.ContainsKey(words[0]) && int.TryParse(words[1], out var size) && (sizes[words[0]] = size) > 0))) return Usage();
var benchmarks = new Dictionary<string, Func<IAsyncEnumerable<Measured>>>
{
    ["receipts"] = () => ReceiptsPace.Run(sizes["receipts"]),
    ["check"] = () => CheckPace.Run(sizes["check"]),
    ["workbook"] = WorkbookPace.Run,
    ["obligations"] = ObligationsPace.Run,
    ["schedule"] = () => SchedulePace.Run(sizes["schedule"]),
    ["memory"] = PeakMemory.Run,
    ["start"] = StartTime.Run,
    ["outbox"] = () => OutboxPace.Run(sizes["outbox"]), ["declarations"] = () => DeclarationPace.Run(sizes["declarations"]), ["match"] = MatchPace.Run,
    ["idle"] = IdleRole.Run, ["api"] = ApiPace.Run, ["lists"] = () => ListPace.Run(sizes["lists"]),
};
if (words.Length > 0 && !benchmarks.ContainsKey(words[0])) return Usage();
var results = new List<Measured>();
foreach (var (name, benchmark) in benchmarks.Where(entry => words.Length == 0 || entry.Key == words[0]))
{
    await foreach (var result in Results.Guarded(name, benchmark()))
    {
        Console.WriteLine(result);
        results.Add(result);
    }
}

if (page >= 0) await File.WriteAllTextAsync(args[page + 1], ResultsPage.Of(results, await Stack.Versions()));
return results.TrueForAll(result => result.Holds) ? 0 : 1;

static int Usage()
{
    Console.Error.WriteLine("usage: benchmarks [receipts [ROWS] | check [ROWS] | workbook | obligations | schedule [MEMBERS] | memory | start | outbox [ROWS] | declarations [LINES] | match | idle | api | lists [ROWS]] [--markdown FILE]");
    return 2;
}
