using System.Diagnostics;
using ContributionEngine.Engine;
using ContributionEngine.Messaging;
using Npgsql;
using NpgsqlTypes;

namespace ContributionEngine.Benchmarks;

/// <summary>
/// The relay's way from the outbox to the broker against publishing the same bodies from memory, in turn and the best of each; and
/// with a hundred times as many waiting. Every drain is followed by a count: all rows noted as sent, as many in the queue.
/// </summary>
internal static class OutboxPace
{
    private const int Some = 50_000;
    private const int Few = 10_000;
    private const int InTurn = 500;
    private const int Rounds = 5;
    private const int BodyBytes = 1_024;
    private const double BareFloor = 0.4;
    private const double MassTransitFloor = 4;
    private const double ManyFloor = 0.9;

    private static readonly string Body = "{\"agreement\": 1000001, \"pad\": \"" + new string('x', BodyBytes - 33) + "\"}";
    private static readonly byte[] Bytes = System.Text.Encoding.UTF8.GetBytes(Body);
    private static readonly IReadOnlyList<Route> Map = MessageMap.Of(new FundChannels(_ => throw new InvalidOperationException("Nothing is handed to a fund here.")));

    public static async IAsyncEnumerable<Measured> Run(int many)
    {
        await using var stack = await Stack.Create();
        var (relay, bare, inTurn, atOnce, few) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var round = 0; round <= Rounds; round++)
        {
            var drained = await Drain(stack, Some);
            var published = await PublishYardstick.Bare(stack.Broker, Some, Bytes);
            var each = await PublishYardstick.MassTransit(stack.Broker, new Uri(stack.Bus), (InTurn, Body), inTurn: true);
            var batches = await PublishYardstick.MassTransit(stack.Broker, new Uri(stack.Bus), (Few, Body), inTurn: false);
            Console.Error.WriteLine($"  outbox, round {round}: relay {drained:N0}/s, bare {published:N0}/s, MassTransit in turn {each:N0}/s, 500 at once {batches:N0}/s");
            if (round == 0) continue; // All are warm then.
            (relay, bare) = (Math.Max(relay, drained), Math.Max(bare, published));
            (inTurn, atOnce) = (Math.Max(inTurn, each), Math.Max(atOnce, batches));
        }

        yield return new Measured(
            $"outbox, {Some:N0} messages of 1 kB from PostgreSQL to RabbitMQ against a bare loop of confirmed publishes",
            $"relay {relay:N0}/s, loop {bare:N0}/s with 512 in flight, best of {Rounds}", relay / bare, Bound.AtLeast(BareFloor, "of the loop's pace"));
        yield return new Measured(
            "outbox, the same against a loop over batches of 500 that awaits each publish of MassTransit",
            $"relay {relay:N0}/s, loop {inTurn:N0}/s (without a bound: {atOnce:N0}/s with all 500 of a batch at once, from memory), best of {Rounds}", relay / inTurn, Bound.AtLeast(MassTransitFloor, "times as fast"));

        for (var round = 0; round < Rounds; round++) few = Math.Max(few, await Drain(stack, Few));
        var all = await Drain(stack, many);
        yield return new Measured($"outbox, {many:N0} messages waiting against {Few:N0}", $"{all:N0}/s against {few:N0}/s, best of {Rounds}", all / few, Bound.AtLeast(ManyFloor, "of the pace"));
    }

    /// <summary>Messages a second, from a table that held nothing else.</summary>
    private static async Task<double> Drain(Stack stack, int rows)
    {
        await Fill(stack, rows);
        var queue = Map[0].Queue;
        await using (var connection = await stack.Broker.Connect("benchmark", CancellationToken.None))
        await using (var channel = await connection.CreateChannelAsync())
        {
            await channel.QueueDeleteAsync(queue, ifUnused: false, ifEmpty: false);
        }

        await using var database = stack.Open();
        using var relay = new OutboxRelay(database, stack.Broker, Map);
        await stack.Broker.Prepare(Map.Select(route => route.Queue), CancellationToken.None);
        GC.Collect();
        var began = Stopwatch.GetTimestamp();
        var carried = await relay.Drain(CancellationToken.None);
        var took = Stopwatch.GetElapsedTime(began);
        var noted = await stack.Ask<long>("select count(*) from outbox where sends = 1 and sent_at is not null");
        var there = await stack.InQueue(queue);
        if (carried != rows || noted != rows || there != rows) throw new InvalidOperationException($"of {rows:N0} rows {carried:N0} were carried, {noted:N0} noted, and {there:N0} are in the queue.");
        return rows / took.TotalSeconds;
    }

    private static async Task Fill(Stack stack, int rows)
    {
        await stack.Order("truncate outbox");
        await stack.Order("update outbox_shard set owner = null, until = null");
        await using var connection = await stack.Source.OpenConnectionAsync();
        await using (var copy = await connection.BeginBinaryImportAsync("copy outbox (id, shard, agreement_id, destination, type, body, not_before, attempts, version, sends, enqueued_at) from stdin (format binary)"))
        {
            var now = DateTime.UtcNow;
            for (var i = 0L; i < rows; i++) await Row(copy, i, now.AddMilliseconds(i / 1000.0 - 10_000));
            await copy.CompleteAsync();
        }

        await stack.Order("vacuum analyze outbox");
        await stack.Order("checkpoint");
    }

    private static async Task Row(NpgsqlBinaryImporter copy, long i, DateTime said)
    {
        await copy.StartRowAsync();
        foreach (var number in new[] { i + 1, i % 16, i % 16 }) await copy.WriteAsync(number, NpgsqlDbType.Bigint);
        foreach (var text in new[] { Map[0].Queue, "reconcile", Body }) await copy.WriteAsync(text, NpgsqlDbType.Text);
        await copy.WriteAsync(said, NpgsqlDbType.TimestampTz);
        for (var zero = 0; zero < 3; zero++) await copy.WriteAsync(0L, NpgsqlDbType.Bigint);
        await copy.WriteAsync(said, NpgsqlDbType.TimestampTz);
    }
}
