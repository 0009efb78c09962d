using ContributionEngine.Testing;

namespace ContributionEngine.Faults.Tests;

/// <summary>Commands and roles of the program on one database and broker.</summary>
/// <param name="Database">Npgsql connection string.</param>
/// <param name="Bus">amqp address; null: without a broker.</param>
internal sealed record Commands(Workplace Place, string Database, string? Bus)
{
    // Nobody listens there; a command that does not wait never speaks to the broker.
    private const string NoBroker = "amqp://nobody:nothing@127.0.0.1:1/";

    public string Key { get; init; } = "";

    /// <summary>The same, doing in its own process what workers would.</summary>
    public Commands WithoutBroker => this with { Bus = null };

    public RunningCommand Start(string command) => Cli.Start(Place.Folder, command, [.. Settings()]);

    public async Task<Answer> Run(string command)
    {
        using var running = Start(command);
        return await running.Ended();
    }

    public async Task<Answer> Ok(string command) => (await Run(command)).Exits(0);

    /// <summary>Sends a file in and leaves its rows staged for whoever works then.</summary>
    public async Task Staged(string file, string agreement) =>
        await (this with { Bus = NoBroker }).Ok($"upload submit {file} --agreement {agreement} --as-of {Season.AsOf} --no-wait");

    /// <summary>Begins an agreement's settlement and leaves the work to whoever works then.</summary>
    public Task<Answer> Settled(string agreement) => Run($"settlement run --agreement {agreement} --as-of {Season.CutOff} --no-wait");

    private IEnumerable<KeyValuePair<string, string>> Settings()
    {
        yield return new("CONTRIBUTION_ENGINE_DB", $"postgresql:{Database}");
        yield return new("CONTRIBUTION_ENGINE_FUND_DIR", Place.PathOf("fund"));
        if (Bus is not null) yield return new("CONTRIBUTION_ENGINE_BUS", Bus);
        if (Key.Length > 0) yield return new("CONTRIBUTION_ENGINE_KEY", Key);
    }
}
