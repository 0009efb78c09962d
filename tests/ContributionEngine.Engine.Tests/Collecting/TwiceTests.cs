using ContributionEngine.Core;
using ContributionEngine.Messaging;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Collecting;

/// <summary>Each sentence on what is one payment told twice, and what are two: within a file, across files, when rows are checked again.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class TwiceTests
{
    private const string January = "2021-01-31";

    private static readonly AgreementDraft Coffee = Agreements.Coffee();

    private static readonly Paid Hundred = new("", "A001", "2021-01-15", "100.00");

    [Test]
    public async Task Two_true_payments_without_a_number_stay_two_and_a_third_that_comes_later_is_left_out()
    {
        await using var desk = await With(Receipts.Csv(Hundred, Hundred));
        var third = await Submit(desk, Receipts.Spanish(Hundred));
        Assert.That((Codes(third), third.LeftOut, third.Errors, await Received(desk)), Is.EqualTo(("2-R06-warning", 1L, 0L, 20_000L)));
    }

    [Test]
    public async Task A_third_that_is_accepted_is_posted_and_stands_in_the_audit()
    {
        await using var desk = await With(Receipts.Csv(Hundred, Hundred));
        await Submit(desk, Receipts.Spanish(Hundred), asked => asked with { AcceptRepeats = true });
        var audit = (await desk.Read(work => work.Audit.List(Coffee.Number))).Where(entry => entry.UseCase == "upload-committed").Select(entry => entry.Document).Last();
        Assert.That((await Received(desk), audit.Contains("\"accepted_repeats\":1", StringComparison.Ordinal)), Is.EqualTo((30_000L, true)), audit);
    }

    [Test]
    public async Task A_file_with_an_accepted_repeat_that_comes_again_is_the_same_file()
    {
        await using var desk = await With(Receipts.Csv(Hundred));
        await Submit(desk, Receipts.Spanish(Hundred), asked => asked with { AcceptRepeats = true });
        var again = await desk.Submit(Coffee.Number, Receipts.Spanish(Hundred), January, asked => asked with { AcceptRepeats = true });
        Assert.That((again.Refusal?.Code, await Received(desk)), Is.EqualTo(("F08", 20_000L)));
    }

    [Test]
    public async Task An_accepted_repeat_is_not_asked_about_again_when_both_come_in_one_file()
    {
        await using var desk = await With(Receipts.Csv(Hundred));
        await Submit(desk, Receipts.Spanish(Hundred), asked => asked with { AcceptRepeats = true });
        var both = await Submit(desk, Receipts.Csv(Hundred, Hundred));
        Assert.That((both.LeftOut, both.Errors, await Received(desk)), Is.EqualTo((2L, 0L, 20_000L)));
    }

    [Test]
    public async Task Of_three_equal_rows_after_two_only_the_third_is_new()
    {
        await using var desk = await With(Receipts.Csv(Hundred, Hundred));
        var three = await Submit(desk, Receipts.Csv(Hundred, Hundred, Hundred));
        Assert.That((three.Ready, three.LeftOut, await Received(desk)), Is.EqualTo((1L, 2L, 30_000L)));
    }

    [TestCase("period", "2021-02")]
    [TestCase("component", "ivm")]
    [TestCase("method", "cash")]
    [TestCase("reference", "second")]
    [TestCase("received_on", "2021-01-16")]
    [TestCase("amount", "100.01")]
    [TestCase("member_no", "A002")]
    public async Task Rows_without_a_number_that_differ_in_one_thing_are_no_repeat(string field, string text)
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        string[] fields = ["member_no", "received_on", "amount", "period", "component", "method", "reference"], cells = ["A001", "2021-01-15", "100.00", "2021-01", "sem", "bank", "first"];
        var other = cells.Select((cell, i) => fields[i] == field ? text : cell);
        var report = await Submit(desk, $"{string.Join(',', fields)}\n{string.Join(',', cells)}\n{string.Join(',', other)}\n");
        Assert.That((report.Ready, report.ProblemsTotal), Is.EqualTo((2L, 0L)), Codes(report));
    }

    [Test]
    public async Task A_line_that_repeats_a_line_of_its_receipt_is_an_error_and_the_others_are_not()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var report = await Submit(desk, Receipts.Csv(
            new Paid("R1", "A001", "2021-01-15", "100.00", "2021-01"), new Paid("R1", "A001", "2021-01-15", "100.00", "2021-02"), new Paid("r1 ", "A001", "2021-01-15", "100.00", "2021-01")));
        Assert.That((Codes(report), report.Ready), Is.EqualTo(("4-R05-error", 2L)));
    }

    [TestCase("100.00", "warning")]
    [TestCase("200.00", "error")]
    public async Task A_line_that_comes_in_another_file_stands_already(string amount, string severity)
    {
        await using var desk = await With(Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "100.00", "2021-01")));
        var report = await Submit(desk, Receipts.Csv(new Paid("R1", "A001", "2021-01-15", amount, "2021-02")));
        Assert.That((Codes(report), await Received(desk)), Is.EqualTo(($"2-R06-{severity}", 10_000L)));
    }

    [Test]
    public async Task An_upload_that_was_withdrawn_may_be_sent_again()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var file = Receipts.Csv(Hundred, new Paid("", "X900", "2021-01-15", "1.00"));
        var kept = (await desk.Submit(Coffee.Number, file, January)).Value;
        _ = (await new WithdrawUpload(desk.Database).Run(Desk.Treasurer, kept.Upload!, "twice", CancellationToken.None)).Value;
        await Submit(desk, file);
        Assert.That(await Received(desk), Is.EqualTo(10_000L));
    }

    [Test]
    public async Task What_was_undone_stands_no_more()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var first = await Submit(desk, Receipts.Csv(Hundred, Hundred));
        _ = (await new CorrectMoney(desk.Database, FourEyes.Read("1000000.00").Value).Run(Desk.Treasurer, new CorrectionRequest("undo", first.Upload!, "mistaken") { AsOf = January }, CancellationToken.None)).Value;
        var again = await Submit(desk, Receipts.Spanish(Hundred));
        Assert.That((again.ProblemsTotal, (await desk.Read(async work => await work.Receipts.Sums((await work.Uploads.Find(again.Upload!)).Value.Id))).Amount), Is.EqualTo((0L, 10_000L)));
    }

    [Test]
    public async Task A_recheck_posts_whose_member_is_known_by_now_and_that_once()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var upload = await Submit(desk, Receipts.Csv(Hundred, new Paid("", "X900", "2021-01-15", "1.00")));
        await desk.Enrol(Coffee.Number, [new Person("X900", "1-9", "Nina Mora")]);
        var counts = new List<(long, long)>();
        for (var i = 0; i < 2; i++)
        {
            var report = (await new RecheckUpload(desk.Database).Run(Desk.Treasurer, upload.Upload!, January, CancellationToken.None)).Value;
            await Drain(desk);
            counts.Add((report.Ready, report.LeftOut));
        }

        Assert.That((counts[0], counts[1], await Received(desk)), Is.EqualTo(((2L, 0L), (2L, 0L), 10_100L)));
    }

    [Test]
    public async Task A_row_that_is_fixed_to_equal_a_posted_row_of_its_own_file_is_a_second_payment()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var upload = (await Submit(desk, "receipt_no,member_no,received_on,amount\n,A001,2021-01-15,abc\n,A001,2021-01-15,100.00\n")).Upload!;
        Assert.That(await Fixed(desk, upload, ("amount", "100.00")), Is.EqualTo((true, 20_000L)));
    }

    [Test]
    public async Task A_row_that_is_fixed_to_a_payment_of_another_file_stands_already()
    {
        await using var desk = await With(Receipts.Csv(Hundred));
        var upload = (await Submit(desk, "receipt_no,member_no,received_on,amount\n,A001,2021-01-15,abc\n")).Upload!;
        Assert.That(await Fixed(desk, upload, ("amount", "100.00")), Is.EqualTo((false, 10_000L)));
    }

    [Test]
    public async Task A_line_of_a_posted_receipt_is_fixed_and_posted_beside_it()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var upload = (await Submit(desk, "receipt_no,member_no,received_on,amount,period\nR1,A001,2021-01-15,abc,2021-02\nR1,A001,2021-01-15,100.00,2021-01\n")).Upload!;
        Assert.That(await Fixed(desk, upload, ("amount", "100.00")), Is.EqualTo((true, 20_000L)));
    }

    [Test]
    public async Task A_row_that_a_person_leaves_out_makes_no_other_a_repeat()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var kept = (await desk.Submit(Coffee.Number, Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "1.00"), new Paid("R1", "A002", "2021-01-15", "100.00")), January)).Value;
        _ = (await new FixRow(desk.Database).LeaveOut(Desk.Treasurer, new LeaveOutRequest(kept.Upload!, 2, "wrong", January), CancellationToken.None)).Value;
        var sent = (await new SendUpload(desk.Database).Run(Desk.Treasurer, new SendRequest(kept.Upload!, false, "100.00", January), CancellationToken.None)).Value;
        Assert.That((sent.State, sent.Ready, sent.LeftOut, sent.Errors), Is.EqualTo(("committed", 1L, 1L, 0L)));
    }

    // Row 2 put right and the upload checked again: whether it was ready, and what the agreement has received then.
    private static async Task<(bool Ready, long Received)> Fixed(Desk desk, string upload, params (string Field, string Text)[] cells)
    {
        var row = (await new FixRow(desk.Database).Fix(Desk.Treasurer, new FixRequest(upload, 2, [.. cells.Select(cell => KeyValuePair.Create(cell.Field, cell.Text))], January), CancellationToken.None)).Value;
        _ = (await new RecheckUpload(desk.Database).Run(Desk.Treasurer, upload, January, CancellationToken.None)).Value;
        await Drain(desk);
        return (row.IsReady, await Received(desk));
    }

    private static async Task<Desk> With(string file)
    {
        var desk = await Desk.With(Coffee, Members.Pickers);
        await Submit(desk, file);
        return desk;
    }

    private static async Task<UploadReport> Submit(Desk desk, string file, Func<UploadRequest, UploadRequest>? how = null)
    {
        var report = (await desk.Submit(Coffee.Number, file, January, asked => (how?.Invoke(asked) ?? asked) with { OnlyReady = true })).Value;
        await Drain(desk);
        return report;
    }

    private static async Task Drain(Desk desk) => Assert.That(await new DirectDispatcher(desk.Database, MessageMap.Of(NoFund.Channels)).Drain(Desk.Treasurer, CancellationToken.None), Is.Empty);

    private static async Task<long> Received(Desk desk) => (await desk.Totals(Coffee.Number)).Received;

    private static string Codes(UploadReport report) => string.Join(' ', report.Problems.Select(item => $"{item.Row}-{item.Code}-{item.Severity}"));
}
