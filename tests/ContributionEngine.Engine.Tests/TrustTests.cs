using ContributionEngine.Messaging;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests;

/// <summary>A server whose certificate nobody vouches for gets neither password nor money, and the operator a sentence.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class TrustTests
{
    [Test]
    public async Task A_database_that_is_not_trusted_is_refused()
    {
        await using var server = new UntrustedServer(asPostgreSql: true);
        var dialect = new PostgreSql($"Host=127.0.0.1;Port={server.Port};Username=engine;Password=secret;Database=contributions;SSL Mode=VerifyFull");
        var refusal = (await Schema.Of(dialect, CancellationToken.None)).Refusal!;
        Assert.That((refusal.Code, refusal.Detail.Contains("secret", StringComparison.Ordinal)), Is.EqualTo(("database_not_trusted", false)));
    }

    [Test]
    public async Task A_broker_that_is_not_trusted_is_refused()
    {
        await using var server = new UntrustedServer(asPostgreSql: false);
        var broker = Broker.Of($"amqps://engine:secret@127.0.0.1:{server.Port}/").Value;
        var failure = Assert.CatchAsync(() => broker.Prepare(MessageMap.Queues, CancellationToken.None))!;
        var refusal = broker.Outage(failure)!;
        Assert.That((refusal.Code, refusal.Detail.Contains("secret", StringComparison.Ordinal)), Is.EqualTo(("broker_not_trusted", false)));
    }
}
