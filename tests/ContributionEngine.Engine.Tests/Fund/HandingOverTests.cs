using ContributionEngine.Engine.Tests.Correcting;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine.Tests.Fund;

/// <summary>What the engine makes of a fund that was not reached, is not the fund, or of which nobody knows what it has.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HandingOverTests
{
    private static readonly Handover Nobody = new Handover.NobodyToAsk("no_status_url", $"No word came back, and there is nobody to ask.");

    [Test]
    public async Task Where_nobody_can_be_asked_a_person_is_asked_once_and_nothing_is_sent_again()
    {
        await using var harvest = await Cut(new Handover.Unknown("timed_out", $"no answer"), Nobody);
        harvest.Desk.Clock.Move(TimeSpan.FromDays(3));
        await harvest.Drain();
        Assert.That(((await harvest.Cases()).Select(item => item.Reason), harvest.Fund.Delivered, harvest.Fund.Asked), Is.EqualTo((new[] { "delivery_unknown" }, 1, 1)));
    }

    [Test]
    public async Task The_fund_has_it_says_a_person_and_its_answer_is_picked_up()
    {
        await using var harvest = await Cut(new Handover.Unknown("timed_out", $"no answer"), Nobody);
        await Decide(harvest, "confirm");
        Assert.That(((await Remittance(harvest)).Delivery, harvest.Fund.Delivered, await harvest.Cases()), Is.EqualTo(("delivered", 1, Array.Empty<KnownCase>())));
    }

    [Test]
    public async Task The_fund_has_nothing_says_a_person_and_it_is_handed_over_again()
    {
        await using var harvest = await Cut(new Handover.Unknown("timed_out", $"no answer"), Nobody);
        harvest.Fund.OnDeliver = new Handover.Delivered(null);
        await Decide(harvest, "resend");
        Assert.That(((await Remittance(harvest)).Delivery, harvest.Fund.Delivered, await harvest.Cases()), Is.EqualTo(("delivered", 2, Array.Empty<KnownCase>())));
    }

    [Test]
    public async Task A_stranger_in_the_funds_place_opens_a_case_that_closes_when_the_fund_is_back()
    {
        await using var harvest = await Cut(new Handover.Mistrusted("host_key", $"another host key"), Nobody);
        var asked = (await harvest.Cases()).Single();
        Assert.That((asked.Reason, asked.Detail, (await Remittance(harvest)).Delivery), Is.EqualTo(("fund_not_trusted", "another host key", "sealed")));
        harvest.Fund.OnDeliver = new Handover.Delivered(null);
        harvest.Desk.Clock.Move(TimeSpan.FromMinutes(5));
        await harvest.Drain();
        Assert.That(((await Remittance(harvest)).Delivery, await harvest.Cases()), Is.EqualTo(("delivered", Array.Empty<KnownCase>())));
    }

    [Test]
    public async Task A_fund_that_asks_for_an_hour_is_left_alone_for_an_hour()
    {
        await using var harvest = await Cut(new Handover.NotReached("not_heard", $"closed until eight") { Wait = TimeSpan.FromHours(1) }, Nobody);
        harvest.Desk.Clock.Move(TimeSpan.FromMinutes(59));
        await harvest.Drain();
        Assert.That(harvest.Fund.Delivered, Is.EqualTo(1));
        harvest.Desk.Clock.Move(TimeSpan.FromMinutes(1));
        await harvest.Drain();
        Assert.That(harvest.Fund.Delivered, Is.EqualTo(2));
    }

    [Test]
    public async Task The_case_of_a_fund_that_is_away_says_why_it_is_away_now()
    {
        await using var harvest = await Cut(new Handover.NotReached("not_heard", $"nobody listens"), Nobody);
        harvest.Fund.OnDeliver = new Handover.NotReached("not_heard", $"the circuit is open");
        harvest.Desk.Clock.Move(TimeSpan.FromMinutes(5));
        await harvest.Drain();
        Assert.That((await harvest.Cases()).Select(item => $"{item.Reason}: {item.Detail}"), Is.EqualTo(new[] { "fund_not_reached: the circuit is open" }));
    }

    private static async Task<Harvest> Cut(Handover delivered, Handover asked)
    {
        var harvest = await Harvest.Collected();
        (harvest.Fund.OnDeliver, harvest.Fund.OnAsk) = (delivered, asked);
        await harvest.Cut("2021-02-05");
        return harvest;
    }

    private static async Task Decide(Harvest harvest, string action)
    {
        var number = (await harvest.Cases("delivery_unknown")).Single().Case;
        _ = (await harvest.Decide(new CaseDecision(number, action, "said on the telephone"))).Value;
        await harvest.Drain();
    }

    private static async Task<StoredRemittance> Remittance(Harvest harvest)
    {
        var agreement = await harvest.Desk.Agreement(Harvest.Number);
        return (await harvest.Desk.Read(work => work.Remittances.Of(agreement.Id))).Single();
    }
}
