using ContributionEngine.Messaging;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Collecting;

/// <summary>The case of a left-out row and the row itself are one question.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DismissedRowTests
{
    private const string January = "2021-01-31";

    private static readonly AgreementDraft Coffee = Agreements.Coffee();

    [Test]
    public async Task Who_dismisses_the_case_of_a_left_out_row_leaves_the_row_out_for_good()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var upload = (await desk.Submit(Coffee.Number, Receipts.Csv(new Paid("R1", "X900", "2021-01-15", "100.00")), January, asked => asked with { OnlyReady = true })).Value.Upload!;
        var decision = new CaseDecision(await OnlyCase(desk), CaseActions.Dismiss, "a stranger") { AsOf = January };
        var decided = (await new ResolveCase(desk.Database, FourEyes.Read("1000000.00").Value).Run(Desk.Treasurer, decision, CancellationToken.None)).Value;
        await desk.Enrol(Coffee.Number, [new Person("X900", "1-9", "Nina Mora")]);
        var again = (await new RecheckUpload(desk.Database).Run(Desk.Treasurer, upload, January, CancellationToken.None)).Value;
        await new DirectDispatcher(desk.Database, MessageMap.Of(NoFund.Channels)).Drain(Desk.Treasurer, CancellationToken.None);
        var stored = await desk.Agreement(Coffee.Number);
        Assert.That(
            (decided.Case.State, again.Ready, again.LeftOut, again.Errors, (await desk.Read(work => work.UploadTasks.List(stored.Id))).Count, (await desk.Totals(Coffee.Number)).Received),
            Is.EqualTo(("resolved", 0L, 1L, 0L, 0, 0L)));
    }

    private static Task<string> OnlyCase(Desk desk) => desk.Read(async work =>
    {
        var cases = new List<string>();
        await foreach (var row in work.Exports.Table("cases", null).Value.Rows) cases.Add(row[0]!);
        return cases.Single();
    });
}
