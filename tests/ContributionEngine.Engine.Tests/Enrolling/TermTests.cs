using ContributionEngine.Core;
using ContributionEngine.Engine.Tests.Correcting;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Enrolling;

/// <summary>The next term of an agreement, and its end. A month of the harvest is 38,600.00 a member, January to May 2021.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class TermTests
{
    private static readonly AgreementDraft HalfYear = Agreements.Coffee() with { End = "2021-06-30" };

    [Test]
    public async Task The_season_of_a_renewed_agreement_moves_with_its_term()
    {
        await using var harvest = await Harvest.With(HalfYear);

        var renewed = (await Renew(harvest, "2021-07-01", "2021-12-31")).Value;
        await Generate(harvest, "2021-06-30");

        Assert.That(renewed.Agreement.Terms.Select(term => term.Start.Month), Is.EqualTo(new[] { 1, 7 }));
        Assert.That(await Periods(harvest), Is.EqualTo("2021-01 2021-02 2021-03 2021-04 2021-05 2021-07 2021-08 2021-09 2021-10 2021-11"));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task Only_what_is_named_is_other_in_the_next_term()
    {
        await using var harvest = await Harvest.With(HalfYear);

        var renewed = (await Renew(harvest, "2021-07-01", "2021-12-31", """{"presumptive_income": "450000"}""")).Value;

        Assert.That(renewed.Agreement.Terms.Select(term => (term.Parameters["presumptive_income"], term.Parameters["payment_day"])), Is.EqualTo(new[] { ("400000", "15"), ("450000", "15") }));
    }

    [TestCase("2021-06-30", "2021-12-31", null, "terms_overlap")]
    [TestCase("2021-07-01", "2021-06-30", null, "agreement_invalid")]
    [TestCase("2021-07-01", "2021-12-31", "[1]", "parameters_malformed")]
    [TestCase("2022-01-01", "2022-12-31", null, "not_in_force")]
    [TestCase("2021-07-01", "2021-12-31", """{"no_such": "1"}""", "invalid_input")]
    public async Task A_term_that_cannot_be_is_refused(string start, string end, string? changes, string code)
    {
        await using var harvest = await Harvest.With(HalfYear);

        Assert.That((await Renew(harvest, start, end, changes)).Refusal?.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task The_notice_months_are_billed_and_no_later_one()
    {
        await using var harvest = await Harvest.With();

        var ended = (await End(harvest, "2021-01-10", "2021-01-10")).Value;

        Assert.That((ended.State, ended.LastDay, ended.Members), Is.EqualTo(("notice", new DateOnly(2021, 4, 30), 3)));
        Assert.That(await Periods(harvest), Is.EqualTo("2021-01 2021-02 2021-03 2021-04"));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task Notice_given_twice_says_the_same()
    {
        await using var harvest = await Harvest.With();
        var first = (await End(harvest, "2021-01-10", "2021-01-10")).Value;

        var second = (await End(harvest, "2021-01-10", "2021-01-11")).Value;

        Assert.That((second.LastDay, second.State, second.Schedule.Replaced), Is.EqualTo((first.LastDay, "notice", 0)));
    }

    [Test]
    public async Task An_agreement_whose_last_day_is_over_is_closed_when_no_money_is_left()
    {
        await using var harvest = await Harvest.With();
        _ = (await End(harvest, "2021-01-10", "2021-01-10")).Value;

        await Generate(harvest, "2021-05-01");

        Assert.That((await harvest.Desk.Agreement(Harvest.Number)).State, Is.EqualTo("closed"));
    }

    [Test]
    public async Task It_is_only_ended_while_money_of_a_member_is_left_and_each_has_a_case()
    {
        await using var harvest = await Harvest.With();
        _ = (await End(harvest, "2021-01-10", "2021-01-10")).Value;
        _ = (await harvest.Post(Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "160000.00")), "2021-05-01")).Value;

        Assert.That((await harvest.Desk.Agreement(Harvest.Number)).State, Is.EqualTo("ended"));
        var refund = (await harvest.Cases("refund_due")).Single();
        Assert.That((refund.Subject, refund.Amount?.ToMajor()), Is.EqualTo(("member A001", "5600.00")));
    }

    private static Task<Outcome<StoredAgreement>> Renew(Harvest harvest, string start, string end, string? changes = null) =>
        new RenewAgreement(harvest.Desk.Database).Run(Desk.Treasurer, new RenewRequest(Harvest.Number, start, end, changes), CancellationToken.None);

    private static Task<Outcome<EndedAgreement>> End(Harvest harvest, string on, string asOf) =>
        new EndAgreement(harvest.Desk.Database).Run(Desk.Treasurer, new EndRequest(Harvest.Number, on, "the cooperative dissolves", asOf), CancellationToken.None);

    private static async Task Generate(Harvest harvest, string asOf) =>
        _ = (await new GenerateSchedule(harvest.Desk.Database).Run(Desk.Treasurer, new ScheduleRequest(Harvest.Number, null, null, asOf), CancellationToken.None)).Value;

    private static async Task<string> Periods(Harvest harvest)
    {
        var agreement = await harvest.Desk.Agreement(Harvest.Number);
        return string.Join(' ', (await harvest.Desk.Read(work => work.Obligations.Of(agreement.Id))).Select(row => row.Period).Distinct().Order(StringComparer.Ordinal));
    }
}
