using System.Text;
using ContributionEngine.Core;
using ContributionEngine.FundGateway;
using ContributionEngine.Testing;
using RabbitMQ.Client;

namespace ContributionEngine.Engine.Tests.Fund;

/// <summary>A fund that takes messages, on a RabbitMQ.</summary>
public sealed class MessageChannelTests
{
    private const string Exchange = "fund-in";
    private const string Inbox = "fund-inbox";
    private const string Outbox = "fund-answers";

    private readonly string password = Path.GetTempFileName();

    private TestVirtualHost host = null!;
    private IConnection connection = null!;
    private IChannel fund = null!;
    private FundGate gate = null!;

    [SetUp]
    public async Task Start()
    {
        host = await TestVirtualHost.Create();
        connection = await new ConnectionFactory { Uri = new Uri(host.Address) }.CreateConnectionAsync();
        fund = await connection.CreateChannelAsync();
        await fund.ExchangeDeclareAsync(Exchange, "direct", durable: true);
        foreach (var queue in new[] { Inbox, Outbox }) await fund.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);
        await fund.QueueBindAsync(Inbox, Exchange, "ours");
        await File.WriteAllTextAsync(password, Uri.UnescapeDataString(new Uri(host.Address).UserInfo.Split(':')[1]));
        gate = Parcels.Gate();
    }

    [TearDown]
    public async Task End()
    {
        if (gate is not null) await gate.DisposeAsync();
        if (connection is not null) await connection.DisposeAsync();
        if (host is not null) await host.DisposeAsync();
        File.Delete(password);
    }

    [Test]
    public async Task A_file_is_one_persistent_message_named_by_its_reference()
    {
        Assert.That(await gate.Deliver(Fund()), Is.EqualTo(new Handover.Delivered(null)));
        var message = (await fund.BasicGetAsync(Inbox, autoAck: true))!;
        var said = message.BasicProperties;
        Assert.That(
            (said.MessageId, said.DeliveryMode, Encoding.UTF8.GetString((byte[])said.Headers!["sha256"]!), Encoding.UTF8.GetString(message.Body.Span), message.MessageCount),
            Is.EqualTo((Parcels.Reference, DeliveryModes.Persistent, Parcels.Sha256, Parcels.Text, 0u)));
    }

    [TestCase(Exchange, "nobodys")]
    [TestCase("no-such-exchange", "ours")]
    public async Task A_message_that_no_queue_takes_is_refused(string exchange, string key)
    {
        Assert.That(await gate.Deliver(Fund(exchange, key)), Is.InstanceOf<Handover.Refused>().With.Property("Code").EqualTo("unroutable"));
    }

    [Test]
    public async Task A_file_above_the_limit_is_refused_before_it_is_sent()
    {
        var parcel = Parcels.To(Fund()) with { Open = () => new MemoryStream(new byte[FundPipeline.MessageBytesMax + 1]) };
        Assert.That((await gate.Of(Fund()).Deliver(parcel, CancellationToken.None)).Told(), Is.EqualTo("Refused: too_large: The file has 16777217 bytes; a message carries at most 16777216."));
    }

    [Test]
    public async Task A_wrong_password_is_not_reached_and_not_tried_again_soon()
    {
        await File.WriteAllTextAsync(password, "wr0ng");
        Assert.That(await gate.Deliver(Fund()), Is.InstanceOf<Handover.NotReached>().With.Property("Wait").EqualTo(TimeSpan.FromMinutes(15)));
    }

    [Test]
    public async Task A_message_that_the_broker_does_not_confirm_is_unknown()
    {
        await fund.QueueDeleteAsync(Inbox);
        await fund.QueueDeclareAsync(Inbox, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-max-length"] = 0, ["x-overflow"] = "reject-publish" });
        await fund.QueueBindAsync(Inbox, Exchange, "ours");
        Assert.That((await gate.Deliver(Fund())).Told(), Is.EqualTo("Unknown: the broker did not confirm the message (nack)"));
    }

    [TestCase(false, typeof(Handover.NobodyToAsk))]
    [TestCase(true, typeof(Handover.NotFound))]
    public async Task An_exchange_cannot_be_asked(bool promised, Type means) => Assert.That(await gate.Ask(Fund() with { Idempotent = promised }), Is.InstanceOf(means));

    [Test]
    public async Task An_answer_stays_the_brokers_until_it_is_stored()
    {
        await Answer("one", "two");
        Assert.That((await gate.Answers(Fund())).Select(Words), Is.EqualTo(new[] { "A-1 one", "A-2 two" }));
        await (await gate.Answers(Fund()))[0].Taken!(CancellationToken.None);
        await gate.DisposeAsync();
        gate = Parcels.Gate();
        var again = await gate.Answers(Fund());
        Assert.That(again.Select(Words), Is.EqualTo(new[] { "A-2 two" }));
        await again[0].Taken!(CancellationToken.None);
        await again[0].Taken!(CancellationToken.None);
        Assert.That(await gate.Answers(Fund()), Is.Empty);
    }

    [Test]
    public async Task A_queue_of_answers_that_is_missing_is_named()
    {
        Assert.That(async () => await gate.Answers(Fund() with { Answers = "no-such-queue" }), Throws.InstanceOf<IOException>().With.Message.Contains("«no-such-queue»"));
        await Answer("one");
        Assert.That((await gate.Answers(Fund())).Select(Words), Is.EqualTo(new[] { "A-1 one" }));
    }

    private static string Words(PickedAnswer answer) => $"{answer.Name} {Encoding.UTF8.GetString(answer.Content)}";

    private Channel Fund(string exchange = Exchange, string key = "ours")
    {
        var url = new UriBuilder(host.Address) { Password = "", Query = $"exchange={exchange}&routing_key={key}" };
        return new Channel("message", "csv") { Url = url.Uri.ToString(), Secret = $"file:{password}", Answers = Outbox };
    }

    private async Task Answer(params string[] texts)
    {
        foreach (var (text, i) in texts.Select((text, i) => (text, i)))
        {
            await fund.BasicPublishAsync("", Outbox, mandatory: true, new BasicProperties { MessageId = $"A-{i + 1}" }, Encoding.UTF8.GetBytes(text));
        }
    }
}
