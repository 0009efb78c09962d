using ContributionEngine.Core;
using ContributionEngine.Messaging;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests;

/// <summary>The same 2,000 contributions written thirty and more ways are the same 2,000 rows.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ThirtyWaysTests
{
    private const int Count = 2_000;
    private const string AsOf = "2021-02-15";

    private static readonly AgreementDraft Coffee = Agreements.Coffee();
    private static readonly IReadOnlyList<Contribution> Contributions = Contribution.Of(Count);
    private static readonly IReadOnlyList<Way> Ways = ThirtyWays.Of(Contributions);
    private Desk empty = null!;
    private Desk posted = null!;

    private static IEnumerable<TestCaseData> Written => Ways.Select(way => new TestCaseData(way).SetArgDisplayNames(way.Name));

    [OneTimeSetUp]
    public async Task Begin()
    {
        empty = await Desk.With(Coffee, Contribution.People(Count));
        posted = await Desk.With(Coffee, Contribution.People(Count));
        _ = (await posted.Submit(Coffee.Number, Ways[0], AsOf)).Value;
        _ = await new DirectDispatcher(posted.Database, MessageMap.Of(NoFund.Channels)).Drain(Desk.Treasurer, CancellationToken.None);
    }

    [OneTimeTearDown]
    public async Task End()
    {
        await empty.DisposeAsync();
        await posted.DisposeAsync();
    }

    [Test]
    public void There_are_at_least_thirty() => Assert.That(Ways.Select(way => way.Name).Distinct().Count(), Is.GreaterThanOrEqualTo(30));

    [TestCaseSource(nameof(Written))]
    public async Task Each_gives_all_rows_and_the_same_sum(Way way)
    {
        var report = (await empty.Check(Coffee.Number, way, AsOf)).Value;
        Assert.That((report.Rows, report.Ready, report.Errors, report.SumReady.ToMajor()), Is.EqualTo((2_000L, 2_000L, 0L, "26752370.00")));
    }

    // Members, days, amounts, periods and methods make the key of a receipt without a number: all of them must be recognised.
    [TestCaseSource(nameof(Written))]
    public async Task Each_is_recognised_row_by_row_when_the_first_is_posted(Way way)
    {
        var report = (await posted.Check(Coffee.Number, way, AsOf)).Value;
        Assert.That((report.Rows, report.Ready, report.LeftOut, report.Errors), Is.EqualTo((2_000L, 0L, 2_000L, 0L)));
    }
}
