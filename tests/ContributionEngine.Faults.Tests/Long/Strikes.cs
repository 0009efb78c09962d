namespace ContributionEngine.Faults.Tests;

/// <summary>What may befall a stack.</summary>
internal enum Strike
{
    WorkerKilled,
    GatewayKilled,
    BrokerKilled,
    DatabaseKilled,
    WorkerFrozen,
    ConnectionsCut,
    AnswersLost,
}

/// <summary>
/// Keeps three workers and two gateways alive as a supervisor does, and strikes them and their servers. Each process has its
/// own luck with the network: some go through the proxies.
/// </summary>
internal sealed class Strikes(Stack stack, Chance chance)
{
    private const int BrokerNeedsSeconds = 3;

    private static readonly (string Role, Through Through)[] Wanted =
    [
        ("worker", Through.Nothing), ("worker", Through.DatabaseProxy), ("worker", Through.DatabaseProxy | Through.BrokerProxy), ("gateway", Through.Nothing), ("gateway", Through.BrokerProxy),
    ];

    private readonly RoleProcess?[] running = new RoleProcess?[Wanted.Length];
    private readonly Dictionary<Strike, int> seen = [];
    private readonly HashSet<string> killed = [];
    private int restarts;

    /// <summary>Kills of workers, gateways, the broker and the database so far.</summary>
    public int Kills => seen.Where(one => one.Key is Strike.WorkerKilled or Strike.GatewayKilled or Strike.BrokerKilled or Strike.DatabaseKilled).Sum(one => one.Value);

    public string Summary => $"{string.Join(", ", seen.OrderBy(one => one.Key).Select(one => $"{one.Key} {one.Value}"))}; {Kills} kills; {restarts} processes ended by themselves and were started anew";

    /// <summary>So many of each, in an order of chance.</summary>
    public static IReadOnlyList<Strike> Shuffled(Chance chance, params IEnumerable<(Strike Strike, int Times)> of) =>
        chance.Shuffled(of.SelectMany(one => Enumerable.Repeat(one.Strike, one.Times)));

    /// <summary>Starts what is missing.</summary>
    public void Supervise()
    {
        for (var i = 0; i < Wanted.Length; i++)
        {
            if (running[i] is { Command.IsAlive: true }) continue;
            if (running[i] is { } ended && !killed.Contains(ended.Name)) restarts++;
            running[i] = stack.Launch(Wanted[i].Role, Wanted[i].Through);
        }
    }

    public async Task Befall(Strike strike)
    {
        seen[strike] = seen.GetValueOrDefault(strike) + 1;
        await (strike switch
        {
            Strike.WorkerKilled => Kill("worker"),
            Strike.GatewayKilled => Kill("gateway"),
            Strike.BrokerKilled => BrokerKilled(),
            Strike.DatabaseKilled => DatabaseKilled(),
            Strike.WorkerFrozen => Freeze(),
            Strike.ConnectionsCut => Cut(),
            _ => LoseAnswers(),
        });
    }

    // Also one that has only just begun.
    private async Task Kill(string role)
    {
        var doomed = Some(role);
        killed.Add(doomed.Name);
        await doomed.Command.Kill();
    }

    private async Task BrokerKilled()
    {
        await stack.Broker!.Kill();
        await Task.Delay(chance.Within(BrokerNeedsSeconds * 1_000));
        await stack.Broker.Start();
    }

    private async Task DatabaseKilled()
    {
        await stack.Server!.Kill();
        await Task.Delay(chance.Within(1_000));
        await stack.Server.Start();
    }

    private async Task Freeze()
    {
        var frozen = Some("worker");
        await frozen.Command.Freeze();
        await Task.Delay(chance.Within(3_000));
        await frozen.Command.Thaw();
    }

    private Task Cut()
    {
        stack.DatabaseProxy.Reset();
        stack.BrokerProxy.Reset();
        return Task.CompletedTask;
    }

    private async Task LoseAnswers()
    {
        var proxy = chance.Of([stack.DatabaseProxy, stack.BrokerProxy]);
        proxy.DropServerToClient();
        await Task.Delay(chance.Within(1_000));
        proxy.PassThrough();
    }

    private RoleProcess Some(string role) => running[chance.Of([.. Enumerable.Range(0, Wanted.Length).Where(i => Wanted[i].Role == role)])]!;
}
