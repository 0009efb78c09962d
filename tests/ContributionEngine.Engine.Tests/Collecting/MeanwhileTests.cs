using ContributionEngine.Messaging;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Collecting;

/// <summary>Two files with the same receipts that are both committed before either is posted.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MeanwhileTests
{
    private const string January = "2021-01-31";

    private static readonly AgreementDraft Coffee = Agreements.Coffee();

    private static readonly Paid[] Rows = [new("R1", "A001", "2021-01-15", "38600.00"), new("", "A002", "2021-01-16", "20000.00")];

    [Test]
    public async Task What_was_posted_meanwhile_is_posted_once()
    {
        await using var desk = await Posted(Receipts.Csv(Rows), Receipts.Spanish(Rows));
        Assert.That(((await desk.Totals(Coffee.Number)).Received, (await desk.Breaks()).Count), Is.EqualTo((5_860_000L, 0)));
    }

    [Test]
    public async Task The_later_upload_says_which_of_its_rows_were_posted_already()
    {
        await using var desk = await Posted(Receipts.Csv(Rows), Receipts.Spanish(Rows.Append(new Paid("R3", "A003", "2021-01-20", "100.00"))));
        var result = (await new SubmitUpload(desk.Database).Stored(Desk.Treasurer, await Later(desk), CancellationToken.None)).Value.Report;
        Assert.That(
            (result.State, result.Rows, result.Ready, result.LeftOut, result.Warnings, result.Errors, result.SumReady.Minor, string.Join(' ', result.Problems.Select(item => $"{item.Row}-{item.Code}-{item.Severity}"))),
            Is.EqualTo(("reconciled", 3L, 1L, 2L, 2L, 0L, 10_000L, "2-R06-warning 3-R06-warning")));
    }

    [Test]
    public async Task A_clash_with_what_was_posted_meanwhile_is_a_case()
    {
        await using var desk = await Posted(Receipts.Csv(Rows), Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "40000.00")));
        var stored = await desk.Agreement(Coffee.Number);
        Assert.That(((await desk.Totals(Coffee.Number)).Received, await desk.Read(work => work.Cases.AnyOpen(stored.Id, "receipt_no_clash"))), Is.EqualTo((5_860_000L, true)));
    }

    private static async Task<Desk> Posted(params string[] files)
    {
        var desk = await Desk.With(Coffee, Members.Pickers);
        foreach (var file in files) _ = (await desk.Submit(Coffee.Number, file, January)).Value;
        Assert.That(await new DirectDispatcher(desk.Database, MessageMap.Of(NoFund.Channels)).Drain(Desk.Treasurer, CancellationToken.None), Is.Empty);
        return desk;
    }

    private static async Task<string> Later(Desk desk)
    {
        var stored = await desk.Agreement(Coffee.Number);
        return (await desk.Read(work => work.Uploads.Of(stored.Id)))[^1].Number;
    }
}
