using ContributionEngine.Core;
using ContributionEngine.Engine.Tests.Correcting;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Proving;

/// <summary>Months of booking dates of the harvest: January holds 108,600.00 of receipts, February the remittance of 77,200.00.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class PeriodTests
{
    private const string Number = Harvest.Number;

    [Test]
    public async Task A_closed_month_takes_no_booking_dates_and_what_is_late_is_booked_on_the_first_day_after_it()
    {
        await using var harvest = await Closed();
        _ = (await harvest.Post(Receipts.Csv(new Paid("R4", "A002", "2021-01-30", "18600.00")), "2021-01-31")).Value;
        var late = (await Sides(harvest, "cash"))[^1];
        Assert.That((late.BookedOn, late.ArisenOn, late.Debit.ToMajor()), Is.EqualTo((new DateOnly(2021, 2, 1), new DateOnly(2021, 1, 31), "18600.00")));
        Assert.That((await harvest.Receipt("R4")).ReceivedOn, Is.EqualTo(new DateOnly(2021, 1, 30)));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_correction_of_a_closed_month_is_booked_in_the_open_one_and_January_stays_as_it_was()
    {
        await using var harvest = await Closed();
        var before = (await Periods(harvest))[0];
        _ = (await harvest.Correct(new CorrectionRequest("reverse", "R3", "the cheque bounced") { AsOf = "2021-01-31" })).Value;
        var cash = await Sides(harvest, "cash");
        Assert.That(cash.Select(side => $"{side.BookedOn:yyyy-MM-dd} {side.Event} {side.Balance.ToMajor()}"), Is.EqualTo(new[] { "2021-01-31 Collected 108600.00", "2021-02-01 Reversed 58600.00" }));
        Assert.That((await Periods(harvest))[0], Is.EqualTo(before));
    }

    [Test]
    public async Task The_database_itself_refuses_an_entry_in_a_closed_month()
    {
        await using var harvest = await Closed();
        const string entry = "insert into journal_entry (id, agreement_id, booked_on, arisen_on, currency, event, source, recorded_at) select 999, agreement_id, '2021-01-31', '2021-01-31', 'CRC', 'collected', 'by hand', recorded_at from journal_entry limit 1";
        Assert.That(() => StoredFacts.Attempt(harvest.Desk.Place.Database, entry), Throws.Exception.With.Message.Contains("the booking period is closed"));
    }

    [Test]
    public async Task Into_a_soft_closed_month_an_officer_books_and_a_treasurer_does_not()
    {
        await using var harvest = await Harvest.Collected();
        _ = (await new KeepPeriods(harvest.Desk.Database).SoftClose(Desk.Treasurer, new PeriodRequest(Number, "2021-01", null), CancellationToken.None)).Value;
        var agreement = await harvest.Desk.Agreement(Number);
        async Task Book(string by) => await harvest.Desk.Database.Write(new Actor(by), async work =>
        {
            await work.Agreements.GetToChange(agreement.Id);
            await work.Journal.Book(agreement, new DateOnly(2021, 1, 30), by, JournalEntry.Of(LedgerEvent.Collected, (Account.Cash, 100), (Account.Suspense, -100)));
        }, CancellationToken.None);
        _ = (await new KeepUsers(harvest.Desk.Database).Add(Desk.Treasurer, new KnownUser("boss", Door.Operator, null, true), CancellationToken.None)).Value;
        _ = (await new KeepUsers(harvest.Desk.Database).Add(Desk.Treasurer, new KnownUser("olga", "officer", null, true), CancellationToken.None)).Value;
        _ = (await new KeepUsers(harvest.Desk.Database).Add(Desk.Treasurer, new KnownUser("tess", Door.Treasurer, "COOP", true), CancellationToken.None)).Value;
        await Book("olga");
        await Book("tess");
        Assert.That((await Sides(harvest, "suspense")).Select(side => $"{side.Source} {side.BookedOn:yyyy-MM-dd}"), Is.EqualTo(new[] { "olga 2021-01-30", "tess 2021-02-01" }));
    }

    [Test]
    public async Task Everything_that_stands_against_closing_is_named()
    {
        await using var harvest = await Harvest.Remitted();
        var refusal = (await Close(harvest, "2021-02", "2021-02-20")).Refusal!;
        Assert.That((refusal.Code, (int)refusal.Kind, string.Join(", ", refusal.Errors.Select(error => error.Code))), Is.EqualTo(("period_not_closable", 6, "period_not_over, period_earlier_open")));
        Assert.That((await Periods(harvest)).Select(period => $"{period.Period} {period.State}"), Does.Contain("2021-02 open"));
    }

    [Test]
    public async Task A_figure_that_was_changed_by_hand_stands_against_closing()
    {
        await using var harvest = await Harvest.Collected();
        StoredFacts.Forge(harvest.Desk.Place.Database, "update posting set debit = debit + 1 where debit > 0 and account = 'cash'");
        var refusal = (await Close(harvest, "2021-01", "2021-02-20")).Refusal!;
        Assert.That(((int)refusal.Kind, refusal.Errors[0].Code), Is.EqualTo((9, "verify_failed")));
    }

    [Test]
    public async Task Closing_lists_what_is_open_and_is_not_kept_from_it()
    {
        await using var harvest = await Harvest.Collected();
        var closed = (await Close(harvest, "2021-01", "2021-02-01")).Value;
        Assert.That(closed.OpenItems!.Select(item => $"{item.Kind} {item.Count} {item.Amount}"), Is.EqualTo(new[] { "custody 7 108600.00", "unpaid 7 123000.00" }));
    }

    [Test]
    public async Task A_second_person_reopens_a_closed_month_and_it_takes_its_days_again()
    {
        await using var harvest = await Closed();
        var request = new CorrectionRequest("reopen", "2021-01", "a bank slip was found") { Agreement = Number, AsOf = "2021-02-20" };
        var eyes = FourEyes.Read("1000000.00").Value;
        var asked = (await new CorrectMoney(harvest.Desk.Database, eyes).Run(Desk.Treasurer, request, CancellationToken.None)).Value;
        Assert.That((asked.State, (await Periods(harvest))[0].State), Is.EqualTo(("approval_needed", "closed")));
        Assert.That((await new ResolveCase(harvest.Desk.Database, eyes).Approve(Desk.Treasurer, request, CancellationToken.None)).Refusal, Has.Property("Code").EqualTo("second_person_needed").And.Property("Kind").EqualTo(RefusalKind.NotAllowed));
        _ = (await new ResolveCase(harvest.Desk.Database, eyes).Approve(Harvest.Olga, request, CancellationToken.None)).Value;
        var reopened = (await Periods(harvest))[0];
        Assert.That((reopened.State, reopened.ChangedBy, reopened.Reason, (await harvest.Cases("approval_needed")).Count), Is.EqualTo(("open", "olga", "a bank slip was found", 0)));
        _ = (await harvest.Post(Receipts.Csv(new Paid("R4", "A002", "2021-01-30", "18600.00")), "2021-01-31")).Value;
        Assert.That((await Sides(harvest, "cash"))[^1].BookedOn, Is.EqualTo(new DateOnly(2021, 1, 31)));
    }

    [Test]
    public async Task A_soft_closed_month_is_reopened_by_one_person()
    {
        await using var harvest = await Harvest.Collected();
        _ = (await new KeepPeriods(harvest.Desk.Database).SoftClose(Desk.Treasurer, new PeriodRequest(Number, "2021-01", null), CancellationToken.None)).Value;
        var reopened = (await new CorrectMoney(harvest.Desk.Database, FourEyes.Read("0").Value).Run(Desk.Treasurer, new CorrectionRequest("reopen", "2021-01", "too early") { Agreement = Number }, CancellationToken.None)).Value;
        Assert.That((reopened.State, (await Periods(harvest))[0].State), Is.EqualTo(("done", "open")));
    }

    [TestCase("2021-13", "period_malformed")]
    [TestCase("2020-01", "period_unknown")]
    [TestCase("2021-01", "period_open")]
    public async Task A_month_that_cannot_be_reopened_is_said(string month, string code)
    {
        await using var harvest = await Harvest.Collected();
        var request = new CorrectionRequest("reopen", month, "why not") { Agreement = Number };
        Assert.That((await new CorrectMoney(harvest.Desk.Database, FourEyes.Read("0").Value).Run(Desk.Treasurer, request, CancellationToken.None)).Refusal!.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task A_closed_month_whose_figures_were_changed_is_found()
    {
        await using var harvest = await Closed();
        StoredFacts.Forge(harvest.Desk.Place.Database, "update booking_period set debit = debit - 1");
        Assert.That((await harvest.Desk.Breaks()).Select(one => $"{one.Truth} {one.Subject}"), Is.EqualTo(new[] { "5 CR-2021-014 period 2021-01" }));
    }

    // January's file posted, and January and what was scheduled before it closed on 20 February.
    private static async Task<Harvest> Closed()
    {
        var harvest = await Harvest.Collected();
        foreach (var period in (await Periods(harvest)).Where(period => string.CompareOrdinal(period.Period, "2021-02") < 0)) _ = (await Close(harvest, period.Period, "2021-02-01")).Value;
        return harvest;
    }

    private static Task<Outcome<KnownPeriod>> Close(Harvest harvest, string month, string asOf) => new KeepPeriods(harvest.Desk.Database).Close(Desk.Treasurer, new PeriodRequest(Number, month, asOf), CancellationToken.None);

    private static async Task<IReadOnlyList<KnownPeriod>> Periods(Harvest harvest) => (await new KeepPeriods(harvest.Desk.Database).List(Desk.Treasurer, Number, CancellationToken.None)).Value;

    private static async Task<IReadOnlyList<AccountSide>> Sides(Harvest harvest, string account) =>
        (await new ReadLedger(harvest.Desk.Database).Account(Desk.Treasurer, (account, Number), null, CancellationToken.None)).Value;
}
