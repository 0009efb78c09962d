namespace ContributionEngine.Core.Tests.Webhooks;

/// <summary>Kinds of events, and how long a receiver is waited for.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class EventTypeTests
{
    [TestCase("remittance.paid", ExpectedResult = true)]
    [TestCase("remittance.*", ExpectedResult = true)]
    [TestCase("*", ExpectedResult = true)]
    [TestCase("remittance", ExpectedResult = false)]
    [TestCase("payment.*", ExpectedResult = false)]
    public bool A_word_stands_for_a_kind_for_all_of_an_object_or_for_every_one(string word) => WebhookTypes.Wants([word], WebhookTypes.RemittancePaid);

    [Test]
    public void Words_are_kept_once_in_order_and_no_word_is_every_kind() => Assert.Multiple(() =>
    {
        Assert.That(WebhookTypes.Read(["upload.*,case.opened", "case.opened"]).Value, Is.EqualTo(new[] { "case.opened", "upload.*" }));
        Assert.That(WebhookTypes.Read([]).Value, Is.EqualTo(new[] { "*" }));
        Assert.That(WebhookTypes.Read(["invoice.paid"]).Refusal!.Code, Is.EqualTo("event_type_unknown"));
    });

    [Test]
    public void Ten_attempts_are_made_over_three_days()
    {
        var waits = Enumerable.Range(1, 9).Select(attempts => WebhookRetries.WaitAfter(attempts, 0)!.Value).ToList();
        Assert.That(waits.Aggregate(TimeSpan.Zero, (sum, wait) => sum + wait), Is.EqualTo(new TimeSpan(75, 35, 5)));
        Assert.That(WebhookRetries.WaitAfter(2, 200), Is.EqualTo(TimeSpan.FromMinutes(6)));
        Assert.That(WebhookRetries.WaitAfter(WebhookRetries.AttemptsMax, 0), Is.Null);
    }
}
