using ContributionEngine.Files;
using ContributionEngine.Messaging;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Collecting;

/// <summary>Rows of mobile-money statements: the money is a fact, whoever paid it, and one payment is one receipt whoever tells of it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class StatementTests
{
    private const string January = "2021-01-31";

    private static readonly AgreementDraft Coffee = Agreements.Coffee();

    [TestCase("X900", "R02", TestName = "{m}(a number that nobody has)")]
    [TestCase(null, "R01", TestName = "{m}(no number)")]
    public async Task Money_of_nobody_known_is_held_with_a_case(string? member, string code)
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var (_, found) = await Check(desk, Payment("QK1", member));
        Assert.That(
            (found.Ready.Single().Enrolment, found.Problems.Single().Code, found.Problems.Single().Severity, found.Cases.Single().Reason, found.Cases.Single().Amount),
            Is.EqualTo(((long?)null, code, "warning", "member_unknown", 10_000L)));
    }

    [TestCase("A001", null, TestName = "{m}(the callback named her)")]
    [TestCase("X9**", "A001", TestName = "{m}(the statement names her)")]
    [TestCase("X9**", null, TestName = "{m}(neither names her)")]
    public async Task A_payment_that_two_sources_tell_of_is_one_receipt(string first, string? second)
    {
        await using var desk = await Told(first);
        var (report, found) = await Check(desk, Payment("QK1", second));
        Assert.That(
            (found.Ready.Count, found.Problems[^1].Code, found.Problems[^1].Severity, report.LeftOut, report.Errors, found.Cases.Count),
            Is.EqualTo((0, "R06", "warning", 1L, 0L, 0)));
    }

    [Test]
    public async Task A_held_payment_whose_member_is_told_later_says_to_whom_it_may_be_given()
    {
        await using var desk = await Told("X9**");
        var (_, found) = await Check(desk, Payment("QK1", "A001"));
        Assert.That(found.Problems.Single().Detail, Does.Contain("“A001”").And.Contain("suspense assign"));
    }

    [TestCase(10_001, "2021-01-15", TestName = "{m}(another amount)")]
    [TestCase(10_000, "2021-01-16", TestName = "{m}(another day)")]
    public async Task A_payment_that_is_told_otherwise_is_a_clash(long amount, string day)
    {
        await using var desk = await Told("A001");
        var (_, found) = await Check(desk, Payment("QK1", null) with { AmountMinor = amount, ReceivedOn = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture) });
        Assert.That((found.Problems[^1].Severity, found.Cases.Single().Reason), Is.EqualTo(("error", "receipt_no_clash")));
    }

    [Test]
    public async Task A_payment_of_another_known_member_is_a_clash()
    {
        await using var desk = await Told("A001");
        var (_, found) = await Check(desk, Payment("QK1", "A002"));
        Assert.That(found.Cases.Single().Reason, Is.EqualTo("receipt_no_clash"));
    }

    [Test]
    public async Task A_reversal_posts_nothing_and_asks_a_person()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var check = await Checker(desk, Reversal(7, "QK1"));
        Assert.That((check.Found.Ready.Count, check.Found.Problems.Single().Code, check.Report.Rows, check.Report.LeftOut, check.Report.Errors), Is.EqualTo((0, "R19", 1L, 1L, 0L)));
        Assert.That(check.Reversals.Select(item => (item.Reason, item.Subject, item.Amount)), Is.EqualTo(new[] { ("reversal_reported", "QK1", (long?)10_000) }));
    }

    [Test]
    public async Task A_payment_and_its_reversal_in_one_statement_are_no_repeat()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var (_, found) = await Check(desk, Payment("QK1", "A001"), Reversal(3, "QK1") with { ReceiptNo = "QK1" });
        Assert.That((found.Ready.Count, string.Join(' ', found.Problems.Select(item => item.Code))), Is.EqualTo((1, "R19")));
    }

    [Test]
    public async Task A_reversal_opens_its_case_once_also_after_somebody_has_closed_it()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var stored = await desk.Agreement(Coffee.Number);
        var reversals = (await Checker(desk, Reversal(7, "QK1"))).Reversals;
        await desk.Database.Write(Desk.Treasurer, async work =>
        {
            await RowCases.Report(work, stored, new DateOnly(2021, 1, 31), reversals);
            await work.Cases.Close(stored.Id, RowCases.ReversalReported, ["QK1"], new CaseEnd("dismissed", $"dismissed"));
            await RowCases.Report(work, stored, new DateOnly(2021, 1, 31), reversals);
        }, CancellationToken.None);
        Assert.That(await desk.Read(work => work.Cases.AnyOpen(stored.Id, RowCases.ReversalReported)), Is.False);
    }

    private static ReceiptRow Payment(string number, string? member) =>
        new() { Row = 2, ReceiptNo = number, MemberNo = member, AmountMinor = 10_000, ReceivedOn = new DateOnly(2021, 1, 15) };

    private static ReceiptRow Reversal(long row, string number) => new() { Row = row, Reverses = number, AmountMinor = 10_000, ReceivedOn = new DateOnly(2021, 1, 20) };

    // The payment QK1 of 100.00 on 15 January, posted as a first source tells of it.
    private static async Task<Desk> Told(string member)
    {
        var desk = await Desk.With(Coffee, Members.Pickers);
        _ = (await desk.Submit(Coffee.Number, Receipts.Csv(new Paid("QK1", member, "2021-01-15", "100.00")), January, asked => asked with { HoldUnknown = true })).Value;
        await new DirectDispatcher(desk.Database, MessageMap.Of(NoFund.Channels)).Drain(Desk.Treasurer, CancellationToken.None);
        return desk;
    }

    private static async Task<(UploadReport Report, CheckedChunk Found)> Check(Desk desk, params ReceiptRow[] rows)
    {
        var (report, found, _) = await Checker(desk, rows);
        return (report, found);
    }

    private static Task<(UploadReport Report, CheckedChunk Found, List<NewCase> Reversals)> Checker(Desk desk, params ReceiptRow[] rows) => desk.Read(async work =>
    {
        await using var none = await FileSpool.Copy(Stream.Null, 1, CancellationToken.None);
        var request = new UploadRequest { Agreement = Coffee.Number, FileName = "statement.csv", Content = none, AsOf = January };
        var opened = (await UploadDesk.Open(work, request, changes: false)).Value;
        var directory = await MemberDirectory.Of(work.Members.EachEnrolled(opened.Agreement.Id));
        var check = new ReceiptCheck(opened.Agreement, opened.Pack, directory, request)
        {
            UploadId = 0, UploadNumber = "", HoldsUnknown = true, HasSuspense = true, HasReceipts = true, Usual = new UsualAmounts(0), Corrections = new Corrections(false),
            Report = new UploadReport { FileSha256 = none.Sha256, SumReady = Core.Money.Zero(opened.Agreement.Currency) },
        };
        return (check.Report, await check.Check(work, rows), check.Reversals);
    });
}
