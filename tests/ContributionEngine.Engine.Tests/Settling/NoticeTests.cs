using ContributionEngine.Core;
using ContributionEngine.Engine.Tests.Correcting;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Settling;

/// <summary>
/// A fund that takes only what it has quoted. Ana and Rosa have paid January, 77,200.00 of the 115,800.00 that the schedule owes; Luis has
/// paid 20,000.00 of his 38,600.00. Cut-offs are Fridays.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class NoticeTests
{
    [Test]
    public async Task A_notice_is_requested_over_what_the_schedule_owes_for_the_period()
    {
        await using var harvest = await Harvest.OfNotices();
        var asked = (await Request(harvest)).Value;
        Assert.That((asked.State, asked.Asked.ToMajor(), asked.Quoted, asked.FundReference), Is.EqualTo(("requested", "115800.00", (Money?)null, (string?)null)));
    }

    [Test]
    public async Task A_period_has_one_open_notice()
    {
        await using var harvest = await Harvest.OfNotices();
        _ = (await Request(harvest)).Value;
        Assert.That((await Request(harvest)).Refusal!.Code, Is.EqualTo("notice_open"));
    }

    [Test]
    public async Task A_fund_that_takes_any_amount_has_no_notices()
    {
        await using var harvest = await Harvest.Collected();
        Assert.That((await Request(harvest)).Refusal!.Code, Is.EqualTo("notice_not_taken"));
    }

    [Test]
    public async Task Exactly_what_was_quoted_goes_under_the_funds_reference_and_confirms_the_notice()
    {
        await using var harvest = await Quoted("77200.00");
        await harvest.Cut("2021-02-05");
        var (sent, notice) = ((await Sent(harvest)).Single(), await Notice(harvest));
        Assert.That((sent.Total, sent.FundReference, sent.Period), Is.EqualTo((7_720_000L, "SPA-77", "2021-01")));
        Assert.That((notice.State, notice.Remittance, await OpenCases(harvest), await harvest.Desk.Breaks()), Is.EqualTo(("confirmed", sent.Number, "", Array.Empty<Break>())));
    }

    [TestCase("77199.99", "0.01", "77200.00 CRC of 2021-01 is ready, and the fund takes 77199.99 CRC under SPA-77 (NTC): 0.01 CRC is too much. It goes once the fund has quoted what is ready: 'notice quote NTC --reference R --amount 77200.00'.")]
    [TestCase("77200.01", "-0.01", "77200.00 CRC of 2021-01 is ready, and the fund takes 77200.01 CRC under SPA-77 (NTC): 0.01 CRC is missing. It goes once that is paid, or the fund has quoted what is ready: 'notice quote NTC --reference R --amount 77200.00'.")]
    public async Task One_cent_more_or_less_holds_all_of_the_period_with_a_case(string amount, string difference, string detail)
    {
        await using var harvest = await Quoted(amount);
        await harvest.Cut("2021-02-05");
        var asked = (await harvest.Cases("notice_differs")).Single();
        Assert.That((await Remitted(harvest), asked.Subject, asked.Amount!.Value.ToMajor(), asked.Detail.Replace((await Notice(harvest)).Notice, "NTC", StringComparison.Ordinal)), Is.EqualTo((0L, "period 2021-01", difference, detail)));
    }

    [Test]
    public async Task The_case_closes_by_itself_when_the_members_pay_what_was_quoted_and_then_it_goes()
    {
        await using var harvest = await Quoted("115800.00");
        await harvest.Cut("2021-02-05");
        Assert.That(await OpenCases(harvest), Is.EqualTo("notice_differs"));
        _ = (await harvest.Post(Receipts.Csv(new Paid("R4", "A002", "2021-02-08", "18600.00")), "2021-02-08")).Value;
        Assert.That(await OpenCases(harvest), Is.Empty);
        await harvest.Cut("2021-02-12");
        Assert.That((await Remitted(harvest), await harvest.Desk.Breaks()), Is.EqualTo((11_580_000L, Array.Empty<Break>())));
    }

    [Test]
    public async Task What_the_organisation_advances_counts_towards_what_was_quoted()
    {
        await using var harvest = await Harvest.OfNotices(Agreements.Coffee() with { Liability = "guarantee", Shortfall = "advance_and_recover" });
        await Quote(harvest, "115800.00", null);
        await harvest.Cut("2021-02-12");
        Assert.That((await Remitted(harvest), await harvest.Balance("advances"), await harvest.Desk.Breaks()), Is.EqualTo((11_580_000L, 18_600m, Array.Empty<Break>())));
    }

    [Test]
    public async Task Without_a_quote_nothing_goes_and_a_case_names_what_to_ask_for_until_there_is_one()
    {
        await using var harvest = await Harvest.OfNotices();
        await harvest.Cut("2021-02-05");
        var asked = (await harvest.Cases("notice_needed")).Single();
        Assert.That((await Remitted(harvest), asked.Subject, asked.Amount!.Value.ToMajor(), asked.Detail), Is.EqualTo((0L, "period 2021-01", "77200.00", "77200.00 CRC of 2021-01 is ready, and the fund takes only an amount that it has quoted. Ask it for a notice over 115800.00 CRC, and enter it with 'notice request --agreement CR-2021-014 --period 2021-01' and 'notice quote'.")));
        await Quote(harvest, "77200.00", null);
        Assert.That(await OpenCases(harvest), Is.Empty);
    }

    [TestCase("2021-02-05", "confirmed", "", TestName = "{m}(on its last day it holds)")]
    [TestCase("2021-02-04", "expired", "notice_needed", TestName = "{m}(a day later it does not)")]
    public async Task A_quote_holds_until_its_last_day(string until, string state, string cases)
    {
        await using var harvest = await Quoted("77200.00", until);
        await harvest.Cut("2021-02-05");
        Assert.That(((await Notice(harvest)).State, await OpenCases(harvest)), Is.EqualTo((state, cases)));
    }

    [Test]
    public async Task A_remittance_that_is_cancelled_frees_its_notice_and_the_next_cut_off_pays_it_again()
    {
        await using var harvest = await Quoted("77200.00");
        await CutOnly(harvest, "2021-02-05");
        _ = (await new HandOver(harvest.Desk.Database).Cancel(Desk.Treasurer, (await Sent(harvest)).Single().Number, "wrong account", CancellationToken.None)).Value;
        Assert.That(((await Notice(harvest)).State, (await Notice(harvest)).Remittance), Is.EqualTo(("quoted", (string?)null)));
        await harvest.Cut("2021-02-12");
        Assert.That(((await Notice(harvest)).Remittance, (await Sent(harvest)).Count, await harvest.Desk.Breaks()), Is.EqualTo(((await Sent(harvest))[^1].Number, 2, Array.Empty<Break>())));
    }

    [Test]
    public async Task A_remittance_that_the_fund_rejects_whole_frees_its_notice()
    {
        await using var harvest = await Quoted("77200.00");
        await harvest.Cut("2021-02-05");
        await harvest.Say(AcknowledgementOutcome.Rejected, 1, 2, 3, 4);
        Assert.That(((await Notice(harvest)).State, await harvest.Desk.Breaks()), Is.EqualTo(("quoted", Array.Empty<Break>())));
    }

    // Luis pays on 8 February, after Ana's and Rosa's January has gone: the rest needs a notice of its own.
    [Test]
    public async Task What_is_paid_later_goes_under_another_notice()
    {
        await using var harvest = await Quoted("77200.00");
        await harvest.Cut("2021-02-05");
        _ = (await harvest.Post(Receipts.Csv(new Paid("R4", "A002", "2021-02-08", "18600.00")), "2021-02-08")).Value;
        Assert.That((await Request(harvest)).Value.Asked.ToMajor(), Is.EqualTo("38600.00"));
        await Enter(harvest, (await Notice(harvest)).Notice, "38600.00", null);
        await harvest.Cut("2021-02-12");
        Assert.That(((await Sent(harvest)).Select(sent => sent.Total), await harvest.Desk.Breaks()), Is.EqualTo((new[] { 7_720_000L, 3_860_000L }, Array.Empty<Break>())));
    }

    [Test]
    public async Task A_notice_that_was_withdrawn_pays_nothing_and_cannot_be_quoted()
    {
        await using var harvest = await Quoted("77200.00");
        var number = (await Notice(harvest)).Notice;
        _ = (await new KeepNotices(harvest.Desk.Database).Withdraw(Desk.Treasurer, (number, "asked for the wrong month", "2021-02-01"), CancellationToken.None)).Value;
        await harvest.Cut("2021-02-05");
        var again = await new KeepNotices(harvest.Desk.Database).Quote(Desk.Treasurer, new QuoteRequest(number, "SPA-78", "77200.00", null), CancellationToken.None);
        Assert.That((await Remitted(harvest), again.Refusal!.Code, await OpenCases(harvest)), Is.EqualTo((0L, "notice_ended", "notice_needed")));
    }

    [TestCase("SPA;77", "77200.00", null, "reference")]
    [TestCase("=SPA", "77200.00", null, "reference")]
    [TestCase("SPA-77", "77,200", null, "amount")]
    [TestCase("SPA-77", "0.00", null, "amount")]
    [TestCase("SPA-77", "77200.00", "2021-01-30", "valid_until")]
    [TestCase("SPA-77", "77200.00", "30/01/2021", "valid_until")]
    public async Task A_quote_that_cannot_be_is_refused_by_field(string reference, string amount, string? until, string field)
    {
        await using var harvest = await Harvest.OfNotices();
        var notice = (await Request(harvest)).Value.Notice;
        var refusal = (await new KeepNotices(harvest.Desk.Database).Quote(Desk.Treasurer, new QuoteRequest(notice, reference, amount, until) { AsOf = "2021-01-31" }, CancellationToken.None)).Refusal!;
        Assert.That((refusal.Code, refusal.Field, (await Notice(harvest)).State), Is.EqualTo(("invalid_input", field, "requested")));
    }

    [TestCase("\"max_lines\": 100", "settlement.max_lines")]
    [TestCase("\"max_amount\": \"1000\"", "settlement.max_amount")]
    [TestCase("\"min_amount\": \"1000\"", "settlement.min_amount")]
    public async Task A_notice_is_never_split_nor_carried_forward(string terms, string field)
    {
        await using var desk = await Desk.Open();
        var draft = new AgreementDraft { Number = "DO-1", Pack = "do-tss", Start = "2026-01-01", End = "2026-12-31", TimeZone = "America/Santo_Domingo", Calendar = "pack", Liability = "debtor", Terms = terms };
        Assert.That((await new ImportAgreement(desk.Database).Run(Desk.Treasurer, draft.Json, CancellationToken.None)).Refusal?.Field, Is.EqualTo(field));
    }

    private static async Task<Harvest> Quoted(string amount, string? until = null)
    {
        var harvest = await Harvest.OfNotices();
        await Quote(harvest, amount, until);
        return harvest;
    }

    private static async Task Quote(Harvest harvest, string amount, string? until) => await Enter(harvest, (await Request(harvest)).Value.Notice, amount, until);

    private static async Task Enter(Harvest harvest, string notice, string amount, string? until) =>
        _ = (await new KeepNotices(harvest.Desk.Database).Quote(Desk.Treasurer, new QuoteRequest(notice, "SPA-77", amount, until) { AsOf = "2021-01-31" }, CancellationToken.None)).Value;

    private static Task<Outcome<KnownNotice>> Request(Harvest harvest) => new KeepNotices(harvest.Desk.Database).Request(Desk.Treasurer, (Harvest.Number, "2021-01", "2021-01-31"), CancellationToken.None);

    private static async Task CutOnly(Harvest harvest, string asOf)
    {
        var begun = (await new RunSettlement(harvest.Desk.Database).Begin(Desk.Treasurer, new SettlementRequest(Harvest.Number, asOf), CancellationToken.None)).Value;
        await new CutRemittance().Run(new Cut(begun.Run!.Id, Desk.Treasurer.Name), new Turn(harvest.Desk.Database, Desk.Treasurer, 0, _ => Task.FromResult(true)), CancellationToken.None);
    }

    private static async Task<KnownNotice> Notice(Harvest harvest) => (await new KeepNotices(harvest.Desk.Database).List(Desk.Treasurer, Harvest.Number, CancellationToken.None)).Value[^1];

    private static async Task<string> OpenCases(Harvest harvest) => string.Join(' ', (await harvest.Cases()).Where(one => one.Reason.StartsWith("notice", StringComparison.Ordinal)).Select(one => one.Reason));

    private static async Task<IReadOnlyList<StoredRemittance>> Sent(Harvest harvest)
    {
        var agreement = await harvest.Desk.Agreement(Harvest.Number);
        return await harvest.Desk.Read(work => work.Remittances.Of(agreement.Id));
    }

    private static async Task<long> Remitted(Harvest harvest) => (await harvest.Desk.Totals(Harvest.Number)).Remitted;
}
