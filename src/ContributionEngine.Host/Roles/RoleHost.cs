using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Messaging;
using ContributionEngine.Storage;

namespace ContributionEngine.Host;

/// <summary>
/// A process with its roles: the relay, the queues that the roles read, the scheduler, and its pages. It goes on through outages
/// of database and broker, and ends within ten seconds when asked: what is in hand is rolled back and done by another.
/// </summary>
internal sealed class RoleHost(Session session, Role roles) : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(10);
    private static readonly (TimeSpan Shortest, TimeSpan Longest) DirectRest = (TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(1_500));

    private readonly SemaphoreSlim said = new(0);
    private Watching? watching;

    public async Task<Outcome<Reply>> Run(string? urls, CancellationToken stop)
    {
        await using var pages = await Pages.Start((urls, roles.HasFlag(Role.Web)), session, () => watching!.Readiness());
        watching = new Watching(session.Database, pages.Log) { FundsLeftAlone = () => session.FundsLeftAlone };
        if (roles.HasFlag(Role.Web)) await LetFirstIn(stop);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var work = new List<Task>();
        try
        {
            if (session.Broker is { } broker) work.AddRange(await OnBroker(broker, pages, ending.Token));
            else if ((roles & ~Role.Web) != 0) work.Add(Direct(ending.Token));
            if (roles.HasFlag(Role.Scheduler)) work.Add(Schedule(ending.Token));
            work.Add(Patiently("watching", watching.Look, ending.Token));
            Console.Error.WriteLine($"{roles.ToString().ToLowerInvariant()}: {session.Database.Dialect.Place}, {session.Broker?.Place ?? "no broker"}{(pages.Address is { } at ? $", {at}" : "")}; SIGTERM or Ctrl-C ends it.");
            await await Task.WhenAny([.. work, Task.Delay(Timeout.Infinite, stop)]);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Console.Error.WriteLine("ending: what is in hand is finished or rolled back.");
        }
        catch (Exception outside) when (session.Broker?.Outage(outside) is { } refusal)
        {
            return refusal;
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(work).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        return new Reply(null);
    }

    public ValueTask DisposeAsync()
    {
        said.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task LetFirstIn(CancellationToken stop)
    {
        if (await new FirstOperator(session.Database).Run(stop) is not { } first) return;
        Console.Error.WriteLine($"first sign-in: user {first.User}, one-time password {first.Password}. It is shown only now, has to be changed at the first sign-in, and is good until {first.Until:yyyy-MM-dd}.");
    }

    private async Task<IReadOnlyList<Task>> OnBroker(Broker broker, Pages pages, CancellationToken ending)
    {
        await broker.Prepare(MessageMap.Queues, ending);
        var queues = session.Map.Where(route => roles.HasFlag(Enum.Parse<Role>(route.Role, ignoreCase: true))).ToList();
        var consumers = queues.Count == 0 ? null : await BrokerConsumers.Start((broker, pages.Logs), session.Database, queues, ending);
        watching!.Consumers = consumers;
        var relay = new OutboxRelay(session.Database, broker, session.Map) { Trouble = failure => watching.Broker = failure is null };
        return [Ended(relay, consumers, ending)];
    }

    private static async Task Ended(OutboxRelay relay, BrokerConsumers? consumers, CancellationToken ending)
    {
        try
        {
            await relay.Run(ending);
        }
        finally
        {
            relay.Dispose();
            if (consumers is not null) await consumers.DisposeAsync();
        }
    }

    // Without a broker every process works all queues of the shards that it leases.
    private Task Direct(CancellationToken ending)
    {
        session.Database.Said += () => said.Release();
        session.ForPeople.Said += () => said.Release();
        var rest = DirectRest.Shortest;
        return Patiently("working the outbox", async stop =>
        {
            while (true)
            {
                var before = session.Dispatcher.Worked;
                foreach (var failed in await session.Dispatcher.Drain(session.Actor, stop)) watching!.Note(failed);
                rest = session.Dispatcher.Worked > before || await said.WaitAsync(rest, stop) ? DirectRest.Shortest : TimeSpan.FromTicks(Math.Min(rest.Ticks * 2, DirectRest.Longest.Ticks));
            }
        }, ending);
    }

    private Task Schedule(CancellationToken ending)
    {
        var scheduler = new ScheduledSettlement(session.Database);
        return Patiently("scheduling", async stop =>
        {
            while (true)
            {
                watching!.Note(await scheduler.Round(stop));
                await Task.Delay(Tick, stop);
            }
        }, ending);
    }

    // An outage of the database is said once and waited for; anything else ends the process, and its supervisor starts it anew.
    private async Task Patiently(string what, Func<CancellationToken, Task> work, CancellationToken ending)
    {
        while (true)
        {
            try
            {
                await work(ending);
            }
            catch (Exception away) when (Schema.Outage(session.Database.Dialect, away) is { } outage)
            {
                watching!.Note(what, outage);
                await Task.Delay(Retries.OutageWaits.Longest, ending);
            }
        }
    }
}
