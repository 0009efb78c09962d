using NUnit.Framework;

namespace ContributionEngine.Testing;

/// <summary>A server of one test, which it may kill and start again; gone with its data when disposed.</summary>
public abstract class OwnServer : IAsyncDisposable
{
    private const string RunVariable = "CONTRIBUTION_ENGINE_TEST_SERVERS";

    private readonly string folder;
    private readonly string kind;

    /// <summary>Where the server keeps what it is told.</summary>
    private protected string Place => Path.Combine(folder, kind);

    private protected OwnServer(string folder, string kind) => (this.folder, this.kind) = (folder, kind);

    /// <summary>Kill -9 of every process of the server, as a power cut would.</summary>
    public Task Kill() => ServersScript.Run($"{kind}-kill", folder);

    /// <summary>A clean end that breaks off what is being done.</summary>
    public Task Stop() => ServersScript.Run($"{kind}-stop", folder);

    /// <summary>Starts the ended server with its data at its old address, and waits until it takes connections.</summary>
    public Task Start() => ServersScript.Run($"{kind}-start", folder);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await End(folder);
    }

    /// <summary>Makes a server and hands on its folder and what the start printed; without the servers' programs the test is ignored.</summary>
    private protected static async Task<T> Made<T>(string kind, Func<string, string, T> seen)
    {
        if (!await ServersScript.Installed) Assert.Ignore("Needs the programs of PostgreSQL, RabbitMQ and OpenSSH: run the tests by tests/run.sh, which installs them.");
        var folder = Folder();
        try
        {
            return seen(folder, await ServersScript.Run($"{kind}-start", folder));
        }
        catch
        {
            await End(folder);
            throw;
        }
    }

    // Below the folder of the run's servers, so that the end of the run ends this one too.
    private static string Folder()
    {
        var run = Environment.GetEnvironmentVariable(RunVariable) is { Length: > 0 } named ? named : Path.GetTempPath();
        return Directory.CreateDirectory(Path.Combine(run, $"own-{Guid.NewGuid():n}"[..12])).FullName;
    }

    private static async Task End(string folder)
    {
        await ServersScript.Run("stop", folder);
        Directory.Delete(folder, recursive: true);
    }
}
