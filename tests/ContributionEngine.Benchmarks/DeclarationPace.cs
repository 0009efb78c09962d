using System.Diagnostics;
using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Files;

namespace ContributionEngine.Benchmarks;

/// <summary>
/// A declaration of a million lines in each form of text, its checks, sums and SHA-256 included, against a buffered writer that writes the same
/// lines, ready-made, to another file. A first round warms both sides; noise on the yardstick counts against the engine.
/// </summary>
internal static class DeclarationPace
{
    private const double Floor = 0.30;
    private const double MegabytesMax = 16;

    private static readonly Period Month = new(new DateOnly(2025, 4, 1), 1);

    public static async IAsyncEnumerable<Measured> Run(int lines)
    {
        using var place = new Workplace();
        foreach (var (format, currency, components) in new[]
        {
            ("csv", "INR", new[] { "epf-worker", "eps", "epf-employer" }), ("ecr2", "INR", ["epf-worker", "eps", "epf-employer"]), ("saff1", "AUD", ["sg"]), ("tss-am", "DOP", ["afp-worker", "afp-employer", "sfs-worker", "sfs-employer", "srl"]),
        })
        {
            var (header, all) = (Header(currency), Lines(components, lines));
            header = header with { Announced = new DeclarationTotals(all.Count, all.Sum(line => line.AmountMinor), 1) };
            var (_, megabytes) = await Engine(place["engine"], format, header, (all, 200_000));
            var ready = await File.ReadAllLinesAsync(place["engine"]);
            Plain(place["plain"], ready, format);
            var before = Plain(place["plain"], ready, format);
            var (took, _) = await Engine(place["engine"], format, header, (all, int.MaxValue));
            var after = Plain(place["plain"], ready, format);
            var plain = before < after ? before : after;
            var size = new FileInfo(place["engine"]).Length / 1e6;
            yield return new Measured(
                $"declaration {format}, {lines:N0} lines against a buffered writer of the same bytes",
                $"engine {size / took.TotalSeconds:0} MB/s ({size:0} MB in {took.TotalMilliseconds:0} ms), yardstick {size / plain.TotalSeconds:0} MB/s ({before.TotalMilliseconds:0} ms before, {after.TotalMilliseconds:0} ms after)",
                plain / took, Bound.AtLeast(Floor, "of the yardstick's pace"));
            yield return new Measured($"memory, declaration {format} of {lines:N0} lines", $"{megabytes:0.0} MB beyond the lines themselves", megabytes, Bound.AtMost(MegabytesMax, "MB"));
        }
    }

    private static DeclarationHeader Header(string currency) => new("RF18000000001001", "A-1", "65000000002001", "COOP", new DateTimeOffset(2025, 5, 9, 12, 0, 0, TimeSpan.Zero), Currency.Of(currency).Value)
    {
        Period = Month,
        CutoffOn = new DateOnly(2025, 5, 9),
        Parties = new DeclaringParties(new Party("65000000002001", "Example Fund") { TaxId = "65000000002" }, new Party("COOP", "Example Producers") { TaxId = currency == "AUD" ? "51000000001" : "101234567" }, new BankAccounts("08200187654321", null)),
        Figures = new Dictionary<string, Ratio> { ["epf_rate"] = 12, ["eps_rate"] = Ratio.Of(833, 100), ["eps_wage_ceiling"] = 15000 },
    };

    private static List<DeclarationLine> Lines(string[] components, int count)
    {
        var lines = new List<DeclarationLine>(count);
        for (var member = 0; lines.Count < count; member++)
        {
            var facts = new MemberFacts
            {
                DeclaredIncome = 14000,
                Others = new Dictionary<string, string> { ["given_name"] = "Maria", ["family_name"] = "Perez", ["sex"] = "F", ["birth_date"] = "1985-04-30", ["ncp_days"] = "2" },
            };
            var who = new DeclaredMember("Maria Perez", facts);
            var id = components[0] == "sg" ? $"{member:D9}" : components.Length == 3 ? $"{member:D12}" : $"{member:D11}";
            foreach (var component in components.Take(count - lines.Count))
            {
                var amount = component switch { "epf-worker" => 168000, "eps" => 116600, "epf-employer" => 51400, _ => 71750 };
                lines.Add(new DeclarationLine(lines.Count + 1, $"M{member:D7}", id, "2025-04", component, "principal", amount) { Member = who });
            }
        }

        // What the count cuts off of the last member is no whole month.
        while (components.Length == 3 && lines.Count % 3 != 0) lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    private static async Task<(TimeSpan Took, double Megabytes)> Engine(string path, string format, DeclarationHeader header, (List<DeclarationLine> Lines, int LookEvery) of)
    {
        var (lines, every) = of;
        var floor = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        var began = Stopwatch.GetTimestamp();
        await using (var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 }))
        {
            _ = (await DeclarationFormats.Find(format)!.Write(file, header, Each(), CancellationToken.None)).Value;
        }

        return (Stopwatch.GetElapsedTime(began), most / 1e6);

        async IAsyncEnumerable<DeclarationLine> Each()
        {
            await Task.CompletedTask;
            for (var i = 0; i < lines.Count; i++)
            {
                if (i % every == every - 1) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - floor);
                yield return lines[i];
            }
        }
    }

    private static TimeSpan Plain(string path, string[] lines, string format)
    {
        GC.Collect();
        var began = Stopwatch.GetTimestamp();
        using (var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 16) { NewLine = format == "csv" ? "\n" : "\r\n" })
        {
            foreach (var line in lines) writer.WriteLine(line);
        }

        return Stopwatch.GetElapsedTime(began);
    }
}
