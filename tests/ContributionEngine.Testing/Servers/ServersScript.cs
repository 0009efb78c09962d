using System.Diagnostics;

namespace ContributionEngine.Testing;

/// <summary>tests/servers.sh, the one place that knows how servers are started and ended.</summary>
internal static class ServersScript
{
    private const string Shell = "bash";

    private static readonly string Script = Path.Combine(SourceTree.Root, "tests", "servers.sh");

    private static readonly Lazy<Task<bool>> There = new(async () => (await Ended([Script, "installed"])).Exit == 0);

    /// <summary>Whether this machine has the programs of all servers.</summary>
    public static Task<bool> Installed => There.Value;

    /// <summary>Runs a verb that must succeed and gives what it printed.</summary>
    public static Task<string> Run(params IReadOnlyList<string> words) => Must([Script, .. words]);

    /// <summary>Runs a command line of the shell that must succeed and gives what it printed.</summary>
    public static Task<string> RunLine(string line) => Must(["-c", line]);

    /// <summary>The value of an export line that <c>start</c> printed.</summary>
    public static string Exported(string printed, string variable)
    {
        var begin = $"export {variable}='";
        var line = printed.Split('\n').Single(line => line.StartsWith(begin, StringComparison.Ordinal));
        return line[begin.Length..^1];
    }

    private static async Task<string> Must(IReadOnlyList<string> words)
    {
        var (exit, said, complained) = await Ended(words);
        return exit == 0 ? said : throw new InvalidOperationException($"'{string.Join(' ', words)}' ended with {exit}\n{said}\n{complained}");
    }

    private static async Task<(int Exit, string Out, string Error)> Ended(IReadOnlyList<string> words)
    {
        using var process = Process.Start(new ProcessStartInfo(Shell, words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await said, await complained);
    }
}
