using ContributionEngine.Messaging;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Collecting;

/// <summary>Whole statements and callbacks, from the file to the books.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class StatementFileTests
{
    private const string January = "2021-01-31";
    private const string Header = "Receipt No.,Completion Time,Details,Transaction Status,Paid In,Withdrawn,A/C No.\n";
    private const string Named = "QK1,15-01-2021 09:15:00,Pay Bill from 2547****111 Acc. A001,Completed,\"38,600.00\",,A001\n";
    private const string Mistyped = "QK2,16-01-2021 10:00:00,Pay Bill from 2547****222 Acc. mbr 2,Completed,100.00,,mbr 2\n";
    private const string Nameless = "QK3,17-01-2021 10:00:00,Pay Bill from 2547****333,Completed,50.00,,\n";
    private const string TakenBack = "QK9,20-01-2021 10:00:00,Reversal of QK2,Completed,,-100.00,\n";

    private static readonly AgreementDraft Coffee = Agreements.Coffee();

    [Test]
    public async Task A_statement_is_committed_without_asking_and_holds_what_it_does_not_know()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var report = await Submit(desk, Header + Named + Mistyped + Nameless + TakenBack);
        var totals = await desk.Totals(Coffee.Number);
        Assert.That((report.State, report.Rows, report.Ready, report.LeftOut, report.Errors, totals.Received), Is.EqualTo(("committed", 4L, 3L, 1L, 0L, 3_875_000L)));
        Assert.That(await Cases(desk), Is.EqualTo(new[] { "member_unknown 100.00", "member_unknown 50.00", "reversal_reported 100.00" }));
    }

    [Test]
    public async Task A_longer_statement_of_the_same_days_counts_nothing_twice_and_asks_nothing_twice()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        await Submit(desk, Header + Named + Mistyped + TakenBack);
        var report = await Submit(desk, Header + Nameless + TakenBack + Mistyped + Named);
        Assert.That((report.Ready, report.LeftOut, report.Errors, (await desk.Totals(Coffee.Number)).Received), Is.EqualTo((1L, 3L, 0L, 3_875_000L)));
        Assert.That(await Cases(desk), Is.EquivalentTo(new[] { "member_unknown 100.00", "member_unknown 50.00", "reversal_reported 100.00" }));
    }

    [TestCase("A001", Mistyped, TestName = "{m}(the callback names her)")]
    [TestCase("mbr 2", Mistyped, TestName = "{m}(neither names her)")]
    public async Task A_payment_of_a_callback_and_of_a_statement_is_one_receipt(string account, string row)
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        await Submit(desk, $$"""{"TransactionType":"Pay Bill","TransID":"QK2","TransTime":"20210116100000","TransAmount":"100.00","BillRefNumber":"{{account}}","MSISDN":"2547****222"}""");
        var report = await Submit(desk, Header + row);
        Assert.That((report.State, report.Ready, string.Join(' ', report.Problems.Where(item => item.Code == "R06").Select(item => item.Severity)), (await desk.Totals(Coffee.Number)).Received), Is.EqualTo(("committed", 0L, "warning", 10_000L)));
    }

    [Test]
    public async Task A_statement_that_takes_back_what_nobody_knows_asks_all_the_same()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        await Submit(desk, Header + TakenBack);
        Assert.That(await Cases(desk), Is.EqualTo(new[] { "reversal_reported 100.00" }));
    }

    [Test]
    public async Task A_statement_that_is_kept_for_fixes_asks_about_nothing_yet()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var report = await Submit(desk, Header + TakenBack + Mistyped.Replace("Completed", "Odd", StringComparison.Ordinal));
        Assert.That((report.State, (await Cases(desk)).Count), Is.EqualTo(("needs_fixes", 0)));
    }

    private static async Task<UploadReport> Submit(Desk desk, string text)
    {
        var report = (await desk.Submit(Coffee.Number, text, January)).Value;
        Assert.That(await new DirectDispatcher(desk.Database, MessageMap.Of(NoFund.Channels)).Drain(Desk.Treasurer, CancellationToken.None), Is.Empty);
        return report;
    }

    private static Task<List<string>> Cases(Desk desk) => desk.Read(async work =>
    {
        var cases = new List<string>();
        await foreach (var row in work.Exports.Table("cases", null).Value.Rows) cases.Add($"{row[1]} {row[4]}");
        return cases;
    });
}
