using System.Diagnostics;
using System.Text;
using ContributionEngine.Testing;
using RabbitMQ.Client;

namespace ContributionEngine.Host.Tests.Servers;

/// <summary>Processes with roles: they share the work, end when asked, and are not led astray.</summary>
internal sealed class RoleTests
{
    private const string Reconcile = "reconcile-receipts";
    private const string Posted = "select count(*) from receipt";
    private const string Postings = "select count(*) from posting";
    private const int ManyRows = 20_000;

    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(10);

    /// <summary>A command that waits for workers gives up after a minute of silence.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(45);

    [Test]
    public async Task A_queue_that_somebody_declared_in_another_way_ends_the_worker_and_is_named()
    {
        await using var place = await ServerPlace.Fresh(onBroker: true);
        await OnBroker(place, channel => channel.QueueDeclareAsync(Reconcile, durable: true, exclusive: false, autoDelete: false));
        var said = await place.Work.Run("worker -o json");
        Assert.That((said.Exit, said.Problem.At("code"), said.Problem.At("title").Contains(Reconcile, StringComparison.Ordinal)), Is.EqualTo((2, "queue_differs", true)), said.ToString());
    }

    [Test]
    public async Task Foreign_and_corrupt_messages_are_parked_where_people_look_and_move_no_money()
    {
        await using var place = await ServerPlace.Harvest(onBroker: true);
        var before = await place.Number(Postings);
        await place.Start("worker");
        await OnBroker(place, async channel =>
        {
            foreach (var body in new[] { "{\"Agreement\": 1, \"By\": \"nobody\"}", "no JSON at all" })
            {
                await channel.BasicPublishAsync("", Reconcile, mandatory: true, new BasicProperties { ContentType = "application/json" }, Encoding.UTF8.GetBytes(body));
            }
        });
        await place.Until("select count(*) from outbox where parked_reason is not null", 2);
        var waiting = (await place.Work.Json("outbox list")).AsArray();
        Assert.That(waiting.Select(row => row.At("queue")), Is.EqualTo(new[] { Reconcile, Reconcile }));
        Assert.That(waiting.Select(row => row.At("parked_reason")), Has.All.Not.Empty);
        Assert.That(await place.Number(Postings), Is.EqualTo(before));
    }

    [Test]
    public async Task A_worker_that_is_asked_to_end_amid_a_large_file_ends_soon_and_another_goes_on()
    {
        await using var place = await ServerPlace.Harvest(onBroker: true);
        place.Work.Write("large.csv", Receipts.Csv(Enumerable.Range(0, ManyRows).Select(i => new Paid($"L{i}", $"A00{1 + (i % 3)}", "2021-01-15", "1.00"))));
        await place.Work.Ok("upload submit large.csv --agreement CR-2021-014 --as-of 2021-01-31 --no-wait");
        var first = await place.Start("worker");
        await place.Until(Posted, 1);
        var (answer, took) = await first.Stop();
        var left = ManyRows - await place.Number(Posted);
        await place.Start("worker");
        await place.Until(Posted, ManyRows);
        await place.Until("select count(*) from upload where state = 'reconciled'", 1);
        Assert.That((answer.Exit, took < EndsWithin, left > 0), Is.EqualTo((0, true, true)), $"{answer} after {took}, {left} left");
        Assert.That((await place.Number(Posted), (await place.Work.Run("verify")).Exit), Is.EqualTo(((long)ManyRows, 0)));
    }

    [Test]
    public async Task Two_schedulers_settle_a_cutoff_that_is_due_once()
    {
        await using var place = await ServerPlace.Harvest(onBroker: true);
        await place.Work.Ok($"{Prepared.Submit} --no-wait");
        await Task.WhenAll(place.Start("worker"), place.Start("gateway"));
        await place.Until("select count(*) from upload where state = 'reconciled'", 1);
        await Task.WhenAll(place.Start("serve --roles scheduler --urls http://127.0.0.1:0"), place.Start("serve --roles scheduler --urls http://127.0.0.1:0"));
        await place.Until("select count(*) from remittance where answer <> 'none'", 1);
        Assert.That((await place.Number("select count(*) from settlement_run"), await place.Number("select count(*) from remittance")), Is.EqualTo((1L, 1L)));
        Assert.That((await place.Work.Json("verify")).At("verify"), Is.EqualTo("ok"));
    }

    [Test]
    public async Task A_command_that_does_not_wait_leaves_its_work_for_whoever_comes()
    {
        await using var place = await ServerPlace.Harvest(onBroker: true);
        var began = Stopwatch.GetTimestamp();
        var said = await place.Work.Run($"{Prepared.Submit} --no-wait -o json");
        var took = Stopwatch.GetElapsedTime(began);
        Assert.That((said.Exit, said.Json.At("state"), took < AtOnce), Is.EqualTo((0, "committed", true)), $"{said} after {took}");
        Assert.That((await place.Work.Json("outbox list")).AsArray().Select(row => row.At("queue")), Is.EqualTo(new[] { Reconcile }));
        await place.Start("worker");
        await place.Until(Posted, Prepared.January.Length);
    }

    private static async Task OnBroker(ServerPlace place, Func<IChannel, Task> step)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(place.Bus) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await step(channel);
    }
}
