namespace ContributionEngine.Benchmarks;

/// <summary>How soon the program answers, against the smallest .NET program on the same machine.</summary>
internal static class StartTime
{
    private const int Runs = 20;
    private const double TimesMax = 3;
    private const double DemoWordSecondsMax = 2;
    private const double DemoSecondsMax = 15;

    private const string HelloProject = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <InvariantGlobalization>true</InvariantGlobalization>
          </PropertyGroup>
        </Project>
        """;

    public static async IAsyncEnumerable<Measured> Run()
    {
        using var place = new Workplace();
        var (engine, hello) = (Executable.ContributionEngine, await Hello(place));
        var (ours, bare) = (new List<double>(), new List<double>());
        for (var i = 0; i <= Runs; i++)
        {
            var (ofEngine, ofHello) = (await engine.Run(place.Folder, "--version"), await hello.Run(place.Folder));
            if (i == 0) continue; // The first of each warms the disk cache.
            ours.Add(ofEngine.Took.TotalMilliseconds);
            bare.Add(ofHello.Took.TotalMilliseconds);
        }

        yield return new Measured(
            "start, --version against a bare .NET program",
            $"{Median(ours):0} ms ({ours.Min():0} to {ours.Max():0}) against {Median(bare):0} ms ({bare.Min():0} to {bare.Max():0}), median of {Runs}",
            Median(ours) / Median(bare), Bound.AtMost(TimesMax, "times as long"));

        var demo = await engine.Run(place.Folder, "demo", "--dir", place["demo"]);
        yield return new Measured("demo, first word", $"{demo.FirstWord.TotalSeconds:0.00} s after its start", demo.FirstWord.TotalSeconds, Bound.AtMost(DemoWordSecondsMax, "s"));
        yield return new Measured("demo, to its end", $"{demo.Took.TotalSeconds:0.0} s", demo.Took.TotalSeconds, Bound.AtMost(DemoSecondsMax, "s"));
    }

    private static async Task<Executable> Hello(Workplace place)
    {
        Directory.CreateDirectory(place["hello"]);
        await File.WriteAllTextAsync(Path.Combine(place["hello"], "hello.csproj"), HelloProject);
        await File.WriteAllTextAsync(Path.Combine(place["hello"], "Hello.cs"), "System.Console.WriteLine(\"Hello\");\n");
        await new Executable("dotnet").Run(place["hello"], "build", "-c", "Release", "-v", "quiet", "-nodeReuse:false", "-p:UseSharedCompilation=false");
        return new Executable(Path.Combine(place["hello"], "bin", "Release", "net10.0", "hello"));
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
