using System.Diagnostics;
using System.Globalization;

namespace ContributionEngine.Benchmarks;

/// <summary>A program that is measured from outside, as whoever runs it would see it.</summary>
/// <param name="path">The program's file.</param>
internal sealed class Executable(string path)
{
    private const string Ours = "src/ContributionEngine.Host/bin/Release/net10.0/contribution-engine";

    private static readonly TimeSpan Sampling = TimeSpan.FromMilliseconds(50);

    /// <summary>The program that the solution builds.</summary>
    public static Executable ContributionEngine
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ContributionEngine.sln"))) folder = folder.Parent;
            var path = folder is null ? Ours : Path.Combine(folder.FullName, Ours);
            return File.Exists(path) ? new Executable(path) : throw new FileNotFoundException("Build the solution first, in Release.", path);
        }
    }

    /// <summary>Starts it, for whoever ends it.</summary>
    public Process Begin(params string[] words) => Process.Start(new ProcessStartInfo(path, words))!;

    /// <summary>Runs to the end and throws unless it succeeds.</summary>
    public async Task<RunSeen> Run(string folder, params string[] words)
    {
        var start = new ProcessStartInfo(path, words) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var sayings = new[] { Listen(process.StandardOutput, began), Listen(process.StandardError, began) };
        var peak = PeakBytes(process);
        await process.WaitForExitAsync();
        var took = Stopwatch.GetElapsedTime(began);
        var said = await Task.WhenAll(sayings);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{Path.GetFileName(path)} {string.Join(' ', words)} ended with {process.ExitCode}: {said[1].Text}{said[0].Text}");
        return new RunSeen(took, said.Where(stream => stream.Text.Length > 0).Select(stream => stream.First).DefaultIfEmpty(took).Min(), await peak, said[0].Text);
    }

    private static async Task<(string Text, TimeSpan First)> Listen(StreamReader stream, long began)
    {
        var first = new char[1];
        var read = await stream.ReadAsync(first);
        var at = Stopwatch.GetElapsedTime(began);
        return (new string(first, 0, read) + await stream.ReadToEndAsync(), at);
    }

    // The kernel keeps the highest mark, so only what grows in the last moment before the end could be missed. The mark that
    // getrusage gives is no better: it begins with the parent's size at the fork.
    private static async Task<long> PeakBytes(Process process)
    {
        var peak = 0L;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, HighWaterBytes(process.Id));
            await Task.Delay(Sampling);
        }

        return peak;
    }

    private static long HighWaterBytes(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}

/// <summary>One run of a program.</summary>
/// <param name="FirstWord">When the first byte was read from either stream.</param>
/// <param name="PeakBytes">Most memory resident at once; 0 when the run was too short to be seen.</param>
/// <param name="Answer">What stood on standard output.</param>
internal sealed record RunSeen(TimeSpan Took, TimeSpan FirstWord, long PeakBytes, string Answer);
