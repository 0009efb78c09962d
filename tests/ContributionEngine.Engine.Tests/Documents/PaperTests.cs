using ContributionEngine.Core;
using ContributionEngine.Engine.Tests.Correcting;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Documents;

/// <summary>Accounts, slips and advices of the harvest: Ana's and Rosa's January is on one remittance of 77,200.00.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class PaperTests
{
    private static readonly Actor Elsewhere = new("treasurer", 1);

    [Test]
    public async Task An_organisations_account_adds_up_to_the_ledger()
    {
        await using var harvest = await Harvest.Remitted();
        var account = (await new StateOrganisation(harvest.Desk.Database).Run(Desk.Treasurer, (Harvest.Number, "es"), CancellationToken.None)).Value;
        Assert.That(account.Periods.Take(2).Select(row => (row.Period, row.Owed, row.Paid, row.Remitted, row.Accepted)), Is.EqualTo(new[] { ("2021-01", 11580000L, 9720000L, 7720000L, 0L), ("2021-02", 11580000L, 1140000L, 0L, 0L) }));
        Assert.That((account.Total.Open, account.Ageing.Sum(band => band.Amount), account.Held), Is.EqualTo((47040000L, 47040000L, 10860000L)));
        Assert.That(account.Ageing.Where(band => band.Amount > 0).Select(band => band.Band), Is.EqualTo(new[] { ">180" }));
        Assert.That(account.LateMembers, Is.EqualTo(3));
    }

    [TestCase("2021-02-15", null)]
    [TestCase("2021-02-16", "1-30")]
    [TestCase("2021-03-17", "1-30")]
    [TestCase("2021-03-18", "31-60")]
    [TestCase("2021-05-16", "61-90")]
    [TestCase("2021-05-17", "91-180")]
    [TestCase("2021-08-15", ">180")]
    public async Task What_is_still_owed_for_january_grows_older_day_by_day(string day, string? band)
    {
        await using var harvest = await Harvest.Collected();
        harvest.Desk.Clock.Move(new DateTimeOffset(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), new TimeOnly(18, 0), TimeSpan.Zero) - harvest.Desk.Clock.GetUtcNow());
        var account = (await new StateOrganisation(harvest.Desk.Database).Run(Desk.Treasurer, (Harvest.Number, null), CancellationToken.None)).Value;
        Assert.That(account.Ageing.Last(one => one.Amount > 0 && one.Band == band).Amount, Is.GreaterThanOrEqualTo(1860000L));
        Assert.That(account.Ageing.SkipWhile(one => one.Band != band).Skip(1).Sum(one => one.Amount), Is.Zero);
    }

    [Test]
    public async Task A_funds_account_has_what_was_sent_accepted_sent_back_and_paid()
    {
        await using var harvest = await Harvest.Remitted();
        await harvest.Say(AcknowledgementOutcome.Accepted, 1, 2, 3);
        await harvest.Say(AcknowledgementOutcome.Rejected, 4);
        var account = (await new StateFund(harvest.Desk.Database).Run(Desk.Treasurer, ("FUND", null), CancellationToken.None)).Value;
        var one = account.Agreements.Single();
        Assert.That((account.Fund, one.Agreement, one.Total, one.Accepted, one.Rejected, one.Paid, one.Open), Is.EqualTo(("The fund", Harvest.Number, 7720000L, 5592000L, 2128000L, 0L, 5592000L)));
        Assert.That(await Code(new StateFund(harvest.Desk.Database).Run(Elsewhere, ("FUND", null), CancellationToken.None)), Is.EqualTo("fund_unknown"));
    }

    [Test]
    public async Task A_slip_asks_for_what_is_payable_with_the_reference_that_the_bank_brings_back()
    {
        await using var harvest = await Harvest.Remitted();
        await harvest.Say(AcknowledgementOutcome.Rejected, 4);
        var (number, reference) = await Remittance(harvest);
        var slip = (await new SlipRemittance(harvest.Desk.Database).Run(Desk.Treasurer, (number, null), CancellationToken.None)).Value;
        Assert.That((slip.Reference, slip.Amount.ToString(), slip.Payee.Account, slip.Payee.Name), Is.EqualTo((reference, "55920.00 CRC", "CR0015202001026284066", "The fund")));
        Assert.That(await Code(new SlipRemittance(harvest.Desk.Database).Run(Elsewhere, (number, null), CancellationToken.None)), Is.EqualTo("remittance_unknown"));
        await harvest.Say(AcknowledgementOutcome.Rejected, 1, 2, 3);
        Assert.That(await Code(new SlipRemittance(harvest.Desk.Database).Run(Desk.Treasurer, (number, null), CancellationToken.None)), Is.EqualTo("nothing_payable"));
    }

    [Test]
    public async Task The_lines_of_an_advice_add_up_to_the_total_that_was_sealed()
    {
        await using var harvest = await Harvest.Remitted();
        await harvest.Say(AcknowledgementOutcome.Rejected, 4);
        var (number, _) = await Remittance(harvest);
        var advice = (await new AdviseRemittance(harvest.Desk.Database).Run(Desk.Treasurer, (number, null, true), CancellationToken.None)).Value;
        Assert.That((advice.Total, advice.Lines.Sum(line => line.Amount), advice.Payable), Is.EqualTo((7720000L, 7720000L, 5592000L)));
        Assert.That(advice.Lines.Select(line => $"{line.LineNo} {line.MemberNo} {line.Component} {line.Outcome}"), Is.EqualTo(new[] { "1 A001 sem sent", "2 A001 ivm sent", "3 A003 sem sent", "4 A003 ivm rejected" }));
        Assert.That(await Code(new AdviseRemittance(harvest.Desk.Database).Run(Elsewhere, (number, null, true), CancellationToken.None)), Is.EqualTo("remittance_unknown"));
    }

    private static async Task<(string Number, string Reference)> Remittance(Harvest harvest)
    {
        var agreement = await harvest.Desk.Agreement(Harvest.Number);
        var one = (await harvest.Desk.Read(work => work.Remittances.Of(agreement.Id))).Single();
        return (one.Number, one.Reference);
    }

    private static async Task<string?> Code<T>(Task<Outcome<T>> asked) => (await asked).Refusal?.Code;
}
