using System.Text.Json.Nodes;
using ContributionEngine.Core;
using ContributionEngine.FundGateway;
using ContributionEngine.Messaging;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Announcing;

/// <summary>A cooperative at work, and a program that hears of it over real HTTP; the clock stands at this moment.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    public static readonly AgreementDraft Coffee = Agreements.Coffee();

    private readonly Desk desk;
    private readonly HttpFund server;
    private readonly WebhookSender sender;

    private Receiver(Desk desk, HttpFund server)
    {
        (this.desk, this.server) = (desk, server);
        sender = new WebhookSender(mayBeLocal: true, desk.Clock);
        Keep = new KeepWebhooks(desk.Database, mayBeLocal: true);
        Replay = new ReplayEvents(desk.Database);
    }

    public Desk Desk => desk;

    public KeepWebhooks Keep { get; }

    public ReplayEvents Replay { get; }

    public string Url => $"{server.Url}/hooks";

    /// <summary>What it heard, taken or not.</summary>
    public IReadOnlyList<Heard> Heard => server.Heard;

    /// <summary>Kinds of what it heard.</summary>
    public IEnumerable<string> Kinds => Heard.Select(message => Body(message)["type"]!.GetValue<string>());

    public static async Task<Receiver> Open(Func<int>? status = null)
    {
        var desk = await Desk.With(Coffee, Members.Pickers);
        desk.Clock.Move(TimeProvider.System.GetUtcNow() - desk.Clock.GetUtcNow());
        var answer = status ?? (() => 204);
        return new Receiver(desk, await HttpFund.Start((_, context) =>
        {
            context.Response.StatusCode = answer();
            return Task.CompletedTask;
        }));
    }

    public static JsonNode Body(Heard message) => JsonNode.Parse(message.Body)!;

    public static string Id(Heard message) => message.Headers[WebhookSignature.IdHeader];

    /// <summary>An endpoint at this receiver's address.</summary>
    public async Task<KnownEndpoint> Listen(string types, Actor? by = null) => (await Keep.Add(by ?? Desk.Treasurer, new EndpointRequest(Url, [types]), CancellationToken.None)).Value;

    /// <summary>Ana pays January in a file of her own.</summary>
    public async Task Upload(string receipt = "R1") =>
        _ = (await desk.Submit(Coffee.Number, Receipts.Csv(new Paid(receipt, "A001", "2021-01-15", "38600.00")), "2021-01-31", request => request with { AcceptRepeats = true })).Value;

    /// <summary>Works everything that is due; the fund takes and answers nothing.</summary>
    public async Task Drain(IFundChannel? fund = null)
    {
        var map = MessageMap.Of(new FundChannels(_ => Outcome<IFundChannel>.Of(fund ?? new ScriptedFund())), new WebhookLine(sender.Send));
        Assert.That(await new DirectDispatcher(desk.Database, map).Drain(Desk.Treasurer, CancellationToken.None), Is.Empty);
    }

    /// <summary>Goes on by so much, in steps, working what is due.</summary>
    public async Task Pass(TimeSpan time, TimeSpan step)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += step)
        {
            desk.Clock.Move(step);
            await Drain();
        }
    }

    public async Task<IReadOnlyList<KnownDelivery>> Deliveries(string endpoint) => (await Replay.Deliveries(Desk.Treasurer, new DeliveryQuestion(endpoint), CancellationToken.None)).Value;

    public async Task<KnownEndpoint> Endpoint(string number) => (await Keep.Show(Desk.Treasurer, number, CancellationToken.None)).Value;

    public async ValueTask DisposeAsync()
    {
        sender.Dispose();
        await server.DisposeAsync();
        await desk.DisposeAsync();
    }
}
