using ContributionEngine.Core;
using ContributionEngine.Engine.Tests.Correcting;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Settling;

/// <summary>Collecting costs 1.5 % of what the fund accepts: 1,158.00 for Ana's and Rosa's January, on lines 1 to 4 of 77,200.00.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CollectionFeeTests
{
    [TestCase("fund")]
    [TestCase("organisation")]
    public async Task A_remittance_that_is_answered_to_its_last_line_costs_its_payer_the_percentage(string payer)
    {
        await using var harvest = await Answered(payer);
        Assert.That(await Fees(harvest), Is.EqualTo(new[] { $"{payer} 2022: 1158.00 of 77200.00, open 1158.00" }));
        Assert.That((await harvest.Balance("collection_fee"), await harvest.Balance("collection_fee_due"), await harvest.Desk.Breaks()), Is.EqualTo((1_158m, -1_158m, Array.Empty<Break>())));
    }

    [Test]
    public async Task Nothing_is_charged_while_a_line_has_no_answer()
    {
        await using var harvest = await Harvest.Remitted(Coffee("fund"));
        await harvest.Say(AcknowledgementOutcome.Accepted, 1, 2, 3);
        Assert.That((await Fees(harvest), await harvest.Desk.Breaks()), Is.EqualTo((Array.Empty<string>(), Array.Empty<Break>())));
    }

    // Line 1 is Ana's sem, 17,320.00.
    [Test]
    public async Task A_line_that_was_rejected_costs_nothing()
    {
        await using var harvest = await Harvest.Remitted(Coffee("fund"));
        await harvest.Say(AcknowledgementOutcome.Rejected, 1);
        await harvest.Say(AcknowledgementOutcome.Accepted, 2, 3, 4);
        Assert.That((await Fees(harvest), await harvest.Desk.Breaks()), Is.EqualTo((new[] { "fund 2022: 898.20 of 59880.00, open 898.20" }, Array.Empty<Break>())));
    }

    [Test]
    public async Task A_line_that_is_returned_later_lowers_the_fee_and_the_year_in_which_it_was_charged()
    {
        await using var harvest = await Answered("fund");
        harvest.Desk.Clock.Move(TimeSpan.FromDays(365));
        await harvest.Say(AcknowledgementOutcome.Returned, 1);
        Assert.That((await Fees(harvest), await harvest.Balance("collection_fee"), await harvest.Desk.Breaks()), Is.EqualTo((new[] { "fund 2022: 898.20 of 59880.00, open 898.20" }, 898.20m, Array.Empty<Break>())));
    }

    // Luis pays the rest of his January: 38,600.00 more, of which 342.00 are left below the cap.
    [Test]
    public async Task A_cap_that_is_reached_takes_what_is_left_of_it()
    {
        await using var harvest = await Answered("fund", "1500.00");
        await Second(harvest);
        var year = (await Years(harvest)).Single();
        Assert.That(await Fees(harvest), Is.EqualTo(new[] { "fund 2022: 1158.00 of 77200.00, open 1158.00", "fund 2022: 342.00 of 38600.00, open 342.00" }));
        Assert.That((year.Worked.ToMajor(), year.Fee.ToMajor(), year.Cap!.Value.ToMajor(), year.Left!.Value.ToMajor()), Is.EqualTo(("1737.00", "1500.00", "1500.00", "0.00")));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    // In Costa Rica it is still 31 December at 5:00 of the next day in UTC.
    [TestCase("2023-01-01T05:00:00Z", "2022: 1500.00")]
    [TestCase("2023-01-01T07:00:00Z", "2022: 1158.00, 2023: 579.00")]
    public async Task The_cap_begins_anew_with_the_year_of_the_agreements_zone(string now, string years)
    {
        await using var harvest = await Answered("fund", "1500.00");
        harvest.Desk.Clock.Move(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture) - harvest.Desk.Clock.GetUtcNow());
        await Second(harvest);
        Assert.That((string.Join(", ", (await Years(harvest)).Select(year => $"{year.Year}: {year.Fee.ToMajor()}")), await harvest.Desk.Breaks()), Is.EqualTo((years, Array.Empty<Break>())));
    }

    [Test]
    public async Task The_fund_is_paid_as_much_as_without_a_fee()
    {
        await using var harvest = await Answered("organisation");
        await using var without = await Harvest.Remitted();
        await without.Say(AcknowledgementOutcome.Accepted, 1, 2, 3, 4);
        var (charged, free) = (await Last(harvest), await Last(without));
        Assert.That((charged.Total, charged.Rejected), Is.EqualTo((7_720_000L, 0L)).And.EqualTo((free.Total, free.Rejected)));
        foreach (var account in new[] { Account.Cash, Account.InTransit, Account.Custody, Account.MemberCredit, Account.Fees, Account.DueFromFund })
        {
            Assert.That(await harvest.Balance(account), Is.EqualTo(await without.Balance(account)), account);
        }
    }

    [Test]
    public async Task What_its_payer_has_paid_is_settled_for_one_remittance_or_for_all()
    {
        await using var harvest = await Answered("fund");
        await Second(harvest);
        var second = (await Last(harvest)).Number;
        var one = (await Settle(harvest, second)).Value;
        Assert.That((one.Remittances, one.Total.ToMajor(), await harvest.Balance("collection_fee")), Is.EqualTo((1, "579.00", 1_158m)));
        var all = (await Settle(harvest)).Value;
        Assert.That((all.Remittances, all.Total.ToMajor(), await harvest.Balance("collection_fee"), (await Settle(harvest)).Refusal?.Code), Is.EqualTo((1, "1158.00", 0m, "no_fee_open")));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task What_was_paid_and_is_not_owed_any_more_is_open_below_zero_until_it_is_given_back()
    {
        await using var harvest = await Answered("fund");
        _ = (await Settle(harvest)).Value;
        await harvest.Say(AcknowledgementOutcome.Returned, 1);
        Assert.That((await Fees(harvest), await harvest.Balance("collection_fee")), Is.EqualTo((new[] { "fund 2022: 898.20 of 59880.00, open -259.80" }, -259.80m)));
        Assert.That(((await Settle(harvest)).Value.Total.ToMajor(), await harvest.Balance("collection_fee"), await harvest.Desk.Breaks()), Is.EqualTo(("-259.80", 0m, Array.Empty<Break>())));
    }

    [TestCase("""{"percent":"1.5","payer":"member","cap_per_year":null}""", "not_supported_yet", "collection_fee.payer")]
    [TestCase("""{"percent":"1.5","payer":"fund","cap_per_year":"1500.005"}""", "agreement_invalid", "collection_fee.cap_per_year")]
    public async Task What_cannot_be_charged_is_refused_by_name(string fee, string code, string field)
    {
        await using var desk = await Desk.Open();
        var refusal = (await new ImportAgreement(desk.Database).Run(Desk.Treasurer, (Agreements.Coffee() with { CollectionFee = fee }).Json, CancellationToken.None)).Refusal;
        Assert.That((refusal?.Code, refusal?.Field), Is.EqualTo((code, field)));
    }

    private static AgreementDraft Coffee(string payer, string? cap = null) =>
        Agreements.Coffee() with { CollectionFee = $$"""{"percent":"1.5","payer":"{{payer}}","cap_per_year":{{(cap is null ? "null" : $"\"{cap}\"")}}}""" };

    private static async Task<Harvest> Answered(string payer, string? cap = null)
    {
        var harvest = await Harvest.Remitted(Coffee(payer, cap));
        await harvest.Say(AcknowledgementOutcome.Accepted, 1, 2, 3, 4);
        return harvest;
    }

    // Luis's January, 38,600.00, goes and is accepted.
    private static async Task Second(Harvest harvest)
    {
        _ = (await harvest.Post(Receipts.Csv(new Paid("R4", "A002", "2021-02-08", "18600.00")), "2021-02-08")).Value;
        await harvest.Cut("2021-02-12");
        await harvest.Say(AcknowledgementOutcome.Accepted, 1, 2);
    }

    private static Task<Outcome<FeeSum>> Settle(Harvest harvest, string? remittance = null) =>
        new SettleFees(harvest.Desk.Database).Run(Desk.Treasurer, new FeeReceipt(Harvest.Number, remittance, "transfer 7") { AsOf = "2022-06-01" }, CancellationToken.None);

    private static async Task<string[]> Fees(Harvest harvest) =>
        [.. (await new SettleFees(harvest.Desk.Database).List(Desk.Treasurer, Harvest.Number, CancellationToken.None)).Value.Select(fee => $"{fee.Payer} {fee.Year}: {fee.Fee.ToMajor()} of {fee.Base.ToMajor()}, open {fee.Open.ToMajor()}")];

    private static async Task<IReadOnlyList<FeeYear>> Years(Harvest harvest) => (await new SettleFees(harvest.Desk.Database).Years(Desk.Treasurer, Harvest.Number, CancellationToken.None)).Value;

    private static async Task<StoredRemittance> Last(Harvest harvest)
    {
        var agreement = await harvest.Desk.Agreement(Harvest.Number);
        return (await harvest.Desk.Read(work => work.Remittances.Of(agreement.Id)))[^1];
    }
}
