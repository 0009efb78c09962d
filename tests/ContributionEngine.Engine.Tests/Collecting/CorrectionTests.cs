using ContributionEngine.Core;
using ContributionEngine.Messaging;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Collecting;

/// <summary>An errors file that comes back: which rows it corrects, and which it leaves for a person.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CorrectionTests
{
    private const string January = "2021-01-31";
    private const string Columns = "receipt_no,member_no,received_on,amount";

    private static readonly AgreementDraft Coffee = Agreements.Coffee();

    [Test]
    public async Task A_corrected_row_without_a_receipt_number_is_no_task_any_more()
    {
        await using var desk = await Sent(",X900,2021-01-17,123.45");
        await Corrected(desk, ",A002,2021-01-17,123.45,Row 2: there is no member “X900”.,R02");
        Assert.That((await Tasks(desk), await Cases(desk)), Is.EqualTo(("", "row_left_out resolved")));
    }

    [Test]
    public async Task Of_two_rows_alike_the_one_is_corrected_that_the_words_name()
    {
        await using var desk = await Sent(",X900,2021-01-17,100.00", ",X901,2021-01-17,100.00");
        await Corrected(desk, ",A002,2021-01-17,100.00,Row 3: there is no member “X901”.,R02");
        Assert.That(await Tasks(desk), Is.EqualTo("2 X900"));
    }

    [Test]
    public async Task Of_two_rows_alike_none_is_taken_when_the_words_are_gone()
    {
        await using var desk = await Sent(",X900,2021-01-17,100.00", ",X901,2021-01-17,100.00");
        await Corrected(desk, ",A002,2021-01-17,100.00,,R02");
        Assert.That(await Tasks(desk), Is.EqualTo("2 X900, 3 X901"));
    }

    [Test]
    public async Task A_single_row_alike_is_corrected_without_the_words()
    {
        await using var desk = await Sent(",X900,2021-01-17,100.00");
        await Corrected(desk, ",A002,2021-01-17,100.00,,");
        Assert.That(await Tasks(desk), Is.Empty);
    }

    // The limit: what was not at fault has to be as it was.
    [Test]
    public async Task A_row_in_which_something_else_was_changed_too_stays_a_task()
    {
        await using var desk = await Sent(",X900,2021-01-17,100.00");
        await Corrected(desk, ",A002,2021-01-17,101.00,Row 2: there is no member “X900”.,R02");
        Assert.That(await Tasks(desk), Is.EqualTo("2 X900"));
    }

    [Test]
    public async Task A_corrected_amount_ties_by_the_rest_of_the_row()
    {
        await using var desk = await Sent("R1,A001,2021-01-17,abc");
        await Corrected(desk, "R1,A001,2021-01-17,100.00,Row 2: “abc” is not an amount.,R07");
        Assert.That(await Tasks(desk), Is.Empty);
    }

    [Test]
    public async Task A_row_that_is_not_ready_corrects_nothing()
    {
        await using var desk = await Sent(",X900,2021-01-17,100.00");
        await Corrected(desk, ",X902,2021-01-17,100.00,Row 2: there is no member “X900”.,R02");
        Assert.That(await Tasks(desk), Is.EqualTo("2 X900, 2 X902"));
    }

    [Test]
    public async Task A_file_that_is_no_errors_file_corrects_nothing()
    {
        await using var desk = await Sent(",X900,2021-01-17,100.00");
        await Submit(desk, $"{Columns}\n,A002,2021-01-17,100.00\n");
        Assert.That(await Tasks(desk), Is.EqualTo("2 X900"));
    }

    [Test]
    public async Task A_line_of_a_posted_receipt_may_be_corrected_under_its_number()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        await Submit(desk, $"{Columns},period\nR1,A001,2021-01-17,38600.00,2021-01\nR1,A001,2021-01-17,abc,2021-02\n");
        await Submit(desk, $"{Columns},period,what_to_fix,error_code\nR1,A001,2021-01-17,38600.00,2021-02,Row 3: no,R07\n");
        Assert.That(((await desk.Totals(Coffee.Number)).Received, await Tasks(desk)), Is.EqualTo((7_720_000L, "")));
    }

    [Test]
    public async Task A_receipt_number_that_was_not_left_out_may_not_be_used_again()
    {
        await using var desk = await Sent("R1,A001,2021-01-15,38600.00", ",X900,2021-01-17,100.00");
        await Corrected(desk, "R1,A001,2021-01-15,38600.00,Row 2: no,R05");
        Assert.That((await desk.Totals(Coffee.Number)).Received, Is.EqualTo(3_860_000L));
    }

    [Test]
    public async Task An_errors_file_that_comes_twice_is_counted_once()
    {
        await using var desk = await Sent(",X900,2021-01-17,100.00");
        await Corrected(desk, ",A002,2021-01-17,100.00,Row 2: there is no member “X900”.,R02");
        await Corrected(desk, ",A002,2021-01-17,100.00,Row 2: look again,R02");
        Assert.That(((await desk.Totals(Coffee.Number)).Received, await Tasks(desk)), Is.EqualTo((10_000L, "")));
    }

    [Test]
    public async Task What_a_taken_back_upload_had_corrected_is_a_task_again()
    {
        await using var desk = await Sent(",X900,2021-01-17,100.00");
        var correction = await Corrected(desk, ",A002,2021-01-17,100.00,Row 2: there is no member “X900”.,R02");
        _ = (await new CorrectMoney(desk.Database, FourEyes.Read("1000000.00").Value).Run(Desk.Treasurer, new CorrectionRequest("undo", correction, "mistaken") { AsOf = January }, CancellationToken.None)).Value;
        Assert.That((await Tasks(desk), await Cases(desk)), Is.EqualTo(("2 X900", "row_left_out resolved, row_left_out open")));
    }

    [Test]
    public async Task A_corrected_row_is_not_posted_by_a_recheck_when_its_member_appears()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var upload = await Submit(desk, $"{Columns}\n,X900,2021-01-17,100.00\n");
        await Corrected(desk, ",A002,2021-01-17,100.00,Row 2: there is no member “X900”.,R02");
        await desk.Enrol(Coffee.Number, [new Person("X900", "1-9", "Nina Mora")]);
        _ = (await new RecheckUpload(desk.Database).Run(Desk.Treasurer, upload, January, CancellationToken.None)).Value;
        await Drain(desk);
        Assert.That((await desk.Totals(Coffee.Number)).Received, Is.EqualTo(10_000L));
    }

    private static async Task<Desk> Sent(params string[] rows)
    {
        var desk = await Desk.With(Coffee, Members.Pickers);
        await Submit(desk, $"{Columns}\n{string.Join('\n', rows)}\n");
        return desk;
    }

    private static Task<string> Corrected(Desk desk, string row) => Submit(desk, $"{Columns},what_to_fix,error_code\n{row}\n");

    private static async Task<string> Submit(Desk desk, string text)
    {
        var report = (await desk.Submit(Coffee.Number, text, January, asked => asked with { OnlyReady = true })).Value;
        await Drain(desk);
        return report.Upload!;
    }

    private static async Task Drain(Desk desk) => Assert.That(await new DirectDispatcher(desk.Database, MessageMap.Of(NoFund.Channels)).Drain(Desk.Treasurer, CancellationToken.None), Is.Empty);

    private static async Task<string> Tasks(Desk desk)
    {
        var agreement = await desk.Agreement(Coffee.Number);
        return string.Join(", ", (await desk.Read(work => work.UploadTasks.List(agreement.Id))).Select(row => $"{row.RowNo} {row.Value}"));
    }

    private static Task<string> Cases(Desk desk) => desk.Read(async work =>
    {
        var cases = new List<string>();
        await foreach (var row in work.Exports.Table("cases", null).Value.Rows) cases.Add($"{row[1]} {row[6]}");
        return string.Join(", ", cases);
    });
}
