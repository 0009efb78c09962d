using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ContributionEngine.Benchmarks;

/// <summary>The results as a page of the documentation.</summary>
internal static class ResultsPage
{
    public static string Of(IEnumerable<Measured> results, string servers)
    {
        var page = new StringBuilder($"""
            # Benchmarks

            Written by `tests/nightly.sh`. What is claimed of speed is a ratio to a yardstick that is measured beside it in the same run; the
            absolute figures belong to the machine. Each claim has a bound, and the run fails when one is not kept.

            Machine: {Machine()}{servers}. Date: {TimeProvider.System.GetUtcNow():yyyy-MM-dd}.

            | Claim | Measured | Value | Bound | |
            | --- | --- | --- | --- | --- |

            """);
        foreach (var result in results) page.Append(CultureInfo.InvariantCulture, $"| {result.Claim} | {result.Figures} | {result.Shown} | {result.Bound} | {result.Verdict} |\n");
        return page.ToString();
    }

    private static string Machine()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30);
        return $"{Environment.ProcessorCount} cores, {Math.Round(memory):0} GiB, {SystemName()}, .NET {Environment.Version}";
    }

    private static string SystemName()
    {
        const string release = "/etc/os-release";
        if (!File.Exists(release)) return RuntimeInformation.OSDescription;
        var fields = File.ReadLines(release).Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1].Trim('"'));
        return $"{fields.GetValueOrDefault("NAME", "Linux").Replace(" GNU/Linux", "", StringComparison.Ordinal)} {fields.GetValueOrDefault("VERSION_ID", "")}".TrimEnd();
    }
}
