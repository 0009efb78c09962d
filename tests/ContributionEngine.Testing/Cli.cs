using System.Diagnostics;

namespace ContributionEngine.Testing;

/// <summary>The real executable, run as users and other programs run it: a process with arguments, in a folder of its own.</summary>
public static class Cli
{
    private const string Settings = "CONTRIBUTION_ENGINE_";
    private const string Database = "sqlite:work.db";

    /// <summary>What the environment says of the database, where nothing else is asked for.</summary>
    public static readonly IReadOnlyList<KeyValuePair<string, string>> OnFile = [KeyValuePair.Create($"{Settings}DB", Database)];

    /// <summary>A command that has not ended by then is a fault of the program, and of nothing else.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The executable that was built with this test assembly: the same configuration of the same tree.</summary>
    public static string Executable { get; } = Find();

    /// <summary>Runs a command line to its end.</summary>
    public static async Task<Answer> Run(string folder, string command, string? database = Database)
    {
        using var running = Start(folder, command, database);
        return await running.Ended();
    }

    /// <summary>Starts a command line and leaves it running.</summary>
    /// <param name="folder">Working folder.</param>
    /// <param name="command">Words parted by blanks; a word with blanks stands in double quotes.</param>
    /// <param name="database">What the environment names; null: nothing.</param>
    public static RunningCommand Start(string folder, string command, string? database = Database) =>
        Start(folder, command, database is null ? [] : [KeyValuePair.Create($"{Settings}DB", database)]);

    /// <summary>Starts a command line with these variables in its environment, and with no other setting of the engine.</summary>
    public static RunningCommand Start(string folder, string command, IReadOnlyList<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo(Executable, Words(command))
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith(Settings, StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        start.Environment["TMPDIR"] = Directory.CreateDirectory(Path.Combine(folder, "tmp")).FullName;
        return new RunningCommand(command, Process.Start(start)!);
    }

    /// <summary>The words of a command line.</summary>
    public static IReadOnlyList<string> Words(string command)
    {
        var words = new List<string>();
        var parts = command.Split('"');
        for (var i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 1) words.Add(parts[i]);
            else words.AddRange(parts[i].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        return words;
    }

    private static string Find()
    {
        var configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Debug{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Debug" : "Release";
        var name = OperatingSystem.IsWindows() ? "contribution-engine.exe" : "contribution-engine";
        var path = Path.Combine(SourceTree.Root, "src", "ContributionEngine.Host", "bin", configuration, "net10.0", name);
        return File.Exists(path) ? path : throw new FileNotFoundException($"Build the solution first: there is no {path}.");
    }
}
