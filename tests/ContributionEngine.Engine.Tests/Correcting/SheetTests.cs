using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Correcting;

/// <summary>January's sheet (R1 of Ana 38,600.00, R2 of Luis 20,000.00, R3 of Rosa 50,000.00) put right by the sheet as it should be.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SheetTests
{
    private const string LaterDay = "2021-02-06";

    private static readonly Paid[] January = Harvest.January;

    [Test]
    public async Task Only_what_differs_is_taken_back_and_posted()
    {
        await using var harvest = await Harvest.Collected();
        var corrected = (await Corrected(harvest, January[0], January[1] with { Amount = "25000.00" }, new Paid("R4", "A002", "2021-01-20", "1000.00"))).Value;
        Assert.That(Told(corrected), Is.EqualTo("1 stand, 70000.00 back, 26000.00 posted: row 3 R2 A002 20000.00 25000.00; row 4 R4 A002 0.00 1000.00; R3 A003 50000.00 0.00"));
        Assert.That(((await harvest.Receipt("R1")).State, (await harvest.Receipt("R2")).Allocated.ToMajor(), (await harvest.Receipt("R3")).State), Is.EqualTo(("posted", "25000.00", "reversed")));
        Assert.That((await harvest.Balance("cash"), await harvest.Pays("A003", "2021-01")), Is.EqualTo((64_600m, "")));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task What_follows_is_told_with_what_the_new_rows_pay()
    {
        await using var harvest = await Harvest.Collected();
        var after = (await Corrected(harvest, January[0], January[1] with { Amount = "38600.00" }, January[2])).Value.KnockOns!;
        Assert.That(after.Cover, Is.EqualTo(new[] { new ChangedCover("A002", "2021-01", "part_paid", "paid") }));
        Assert.That((after.NextRemittance!.LinesBefore, after.NextRemittance.LinesAfter), Is.EqualTo((4L, 6L)));
    }

    [Test]
    public async Task More_of_what_has_gone_to_the_fund_comes_on_top_and_goes_with_the_next_remittance()
    {
        await using var harvest = await Harvest.Remitted();
        var corrected = (await Corrected(harvest, January[0] with { Amount = "77200.00" }, January[1], January[2])).Value;
        Assert.That(Told(corrected), Is.EqualTo("2 stand, 0.00 back, 38600.00 posted: row 2 R1 A001 38600.00 77200.00"));
        await harvest.Cut("2021-03-05");
        Assert.That((await Remittances(harvest), (await harvest.Claims()).Count), Is.EqualTo(("77200.00 38600.00", 0)), "Ana's February goes, and nothing of January again");
        Assert.That((await Posted(harvest, January[0] with { Amount = "77200.00" })).Problems.Single().Code, Is.EqualTo("R06"), "a file that says so once more repeats it");
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task Less_of_what_has_gone_to_the_fund_is_a_row_to_put_right_and_nothing_moves()
    {
        await using var harvest = await Harvest.Remitted();
        var number = await Checked(harvest, January[0] with { Amount = "30000.00" }, January[1]);
        var refused = await harvest.Ask(Request(number));
        var shown = (await new ShowUpload(harvest.Desk.Database).Run(Desk.Treasurer, new UploadView(number), CancellationToken.None)).Value;
        Assert.That((refused.Refusal?.Code, shown.Progress.State, string.Join(' ', shown.Rows.Select(row => $"{row.Row} {row.Problems[0].Code}"))), Is.EqualTo(("correction_needs_fixes", "needs_fixes", "2 R20")));
        Assert.That((await harvest.Balance("cash"), (await harvest.Receipt("R3")).State), Is.EqualTo((108_600m, "posted")));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_payment_that_was_none_is_owed_by_the_organisation_once_it_has_gone()
    {
        await using var harvest = await Harvest.Remitted();
        _ = (await Corrected(harvest, January[1], January[2])).Value;
        Assert.That((await harvest.Claims()).Select(claim => $"{claim.Debtor} {claim.MemberNo} {claim.Amount.ToMajor()}"), Is.EqualTo(new[] { "organisation A001 17320.00", "organisation A001 21280.00" }));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_row_of_another_member_pays_for_her_and_no_longer_for_the_first()
    {
        await using var harvest = await Harvest.Collected();
        var corrected = (await Corrected(harvest, January[0] with { MemberNo = "A002" }, January[1], January[2])).Value;
        Assert.That(Told(corrected), Is.EqualTo("2 stand, 38600.00 back, 38600.00 posted: row 2 R1 A002 0.00 38600.00; R1 A001 38600.00 0.00"));
        Assert.That((await harvest.Pays("A001", "2021-01"), await harvest.Pays("A002", "2021-01")), Is.EqualTo(("", "sem 17320.00, ivm 21280.00")));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_sheet_is_corrected_again_and_again_and_always_as_a_whole()
    {
        await using var harvest = await Harvest.Remitted();
        var raised = January[0] with { Amount = "40000.00" };
        _ = (await Corrected(harvest, raised, January[1], January[2], new Paid("R4", "A002", "2021-01-20", "1000.00"))).Value;
        var again = (await Corrected(harvest, raised, January[1], January[2], new Paid("R4", "A002", "2021-01-20", "900.00"))).Value;
        Assert.That(Told(again), Is.EqualTo("3 stand, 1000.00 back, 900.00 posted: row 5 R4 A002 1000.00 900.00"));
        var first = (await harvest.Desk.Read(async work => await work.Uploads.Of((await harvest.Desk.Agreement(Harvest.Number)).Id)))[0];
        Assert.That((await harvest.Ask(new CorrectionRequest("undo", first.Number, "again"))).Refusal?.Code, Is.EqualTo("upload_remitted").Or.EqualTo("upload_corrected"));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_sheet_that_says_what_is_posted_changes_nothing()
    {
        await using var harvest = await Harvest.Collected();
        Assert.That((await Corrected(harvest, January[2], January[1], January[0])).Refusal?.Code, Is.EqualTo("correction_changes_nothing"));
        Assert.That((await Received(harvest, January)).Refusal?.Code, Is.EqualTo("F08"), "the same bytes are the same sheet");
    }

    [Test]
    public async Task A_row_in_doubt_takes_nothing_back_until_it_is_put_right()
    {
        await using var harvest = await Harvest.Collected();
        var number = await Checked(harvest, January[0], January[1] with { MemberNo = "A999" }, January[2]);
        Assert.That((await harvest.Ask(Request(number))).Refusal?.Code, Is.EqualTo("correction_needs_fixes"));
        var fixedRow = await new FixRow(harvest.Desk.Database).Fix(Desk.Treasurer, new FixRequest(number, 3, [KeyValuePair.Create("member_no", "A002")], LaterDay), CancellationToken.None);
        Assert.That(fixedRow.Value.IsReady, Is.True, "it is posted already");
        _ = (await new FixRow(harvest.Desk.Database).Fix(Desk.Treasurer, new FixRequest(number, 3, [KeyValuePair.Create("member_no", "A003")], LaterDay), CancellationToken.None)).Value;
        _ = (await new ReviseUpload(harvest.Desk.Database).Run(Desk.Treasurer, number, new Revision(), CancellationToken.None)).Value;
        await harvest.Drain();
        Assert.That(Told((await harvest.Ask(Request(number))).Value), Is.EqualTo("2 stand, 20000.00 back, 20000.00 posted: row 3 R2 A003 0.00 20000.00; R2 A002 20000.00 0.00"));
    }

    [Test]
    public async Task What_the_first_sheet_still_asked_about_is_answered_by_the_other()
    {
        await using var harvest = await Harvest.With();
        _ = (await harvest.Post(Receipts.Csv(January[0], January[1] with { MemberNo = "A999" }), "2021-01-31")).Value;
        Assert.That((await harvest.Cases()).Select(one => one.Reason), Is.EqualTo(new[] { "row_left_out" }));
        _ = (await Corrected(harvest, January[0], January[1])).Value;
        Assert.That(((await harvest.Cases()).Count, (await harvest.Desk.Totals(Harvest.Number)).Received), Is.EqualTo((0, 5_860_000L)));
    }

    [Test]
    public async Task Equal_rows_without_a_number_are_told_apart_by_how_many_there_are()
    {
        await using var harvest = await Harvest.With();
        var row = new Paid("", "A001", "2021-01-15", "100.00");
        _ = (await harvest.Post(Receipts.Csv(row, row, row), "2021-01-31")).Value;
        Assert.That(Told((await Corrected(harvest, row, row)).Value), Is.EqualTo("2 stand, 100.00 back, 0.00 posted:  A001 100.00 0.00"));
        Assert.That(Told((await Corrected(harvest, row, row, row, row)).Value), Is.EqualTo("2 stand, 0.00 back, 200.00 posted: row 4  A001 0.00 100.00; row 5  A001 0.00 100.00"));
        Assert.That((await harvest.Desk.Totals(Harvest.Number)).Received, Is.EqualTo(40_000L));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task What_has_gone_is_taken_out_of_a_treasurers_books_only_with_somebody_of_the_fund_who_sees_the_same_changes()
    {
        await using var harvest = await Harvest.Remitted();
        var number = await Checked(harvest, January[1], January[2]);
        var maria = new Actor("maria", (await harvest.Desk.Agreement(Harvest.Number)).OrganisationId);
        var asked = (await new CorrectMoney(harvest.Desk.Database, FourEyes.Read(FourEyes.Default).Value).Run(maria, Request(number), CancellationToken.None)).Value;
        Assert.That((asked.State, (await harvest.Claims()).Count), Is.EqualTo(("approval_needed", 0)));

        _ = (await new FixRow(harvest.Desk.Database).Fix(maria, new FixRequest(number, 2, [KeyValuePair.Create("amount", "19000.00")], LaterDay), CancellationToken.None)).Value;
        Assert.That((await Approved(harvest, asked)).Refusal?.Code, Is.EqualTo("correction_changed"));
        _ = (await new FixRow(harvest.Desk.Database).Fix(maria, new FixRequest(number, 2, [], LaterDay), CancellationToken.None)).Value;
        Assert.That(((await Approved(harvest, asked)).Value.Correction!.State, (await harvest.Claims()).Count), Is.EqualTo(("done", 2)));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task It_is_not_sent_as_a_sheet_of_its_own_and_only_a_sent_sheet_is_corrected()
    {
        await using var harvest = await Harvest.Collected();
        var number = await Checked(harvest, January[0]);
        Assert.That((await new SendUpload(harvest.Desk.Database).Run(Desk.Treasurer, new SendRequest(number, false, null, null), CancellationToken.None)).Refusal?.Code, Is.EqualTo("upload_is_correction"));
        Assert.That((await Received(harvest, [January[1]], number)).Refusal?.Code, Is.EqualTo("upload_not_committed"));
    }

    [Test]
    public async Task A_sheet_that_is_still_being_posted_is_not_corrected_yet()
    {
        await using var harvest = await Harvest.With();
        _ = (await harvest.Desk.Submit(Harvest.Number, Receipts.Csv(January), "2021-01-31")).Value;
        Assert.That((await Received(harvest, [January[0]])).Refusal?.Code, Is.EqualTo("upload_posting"));
        await harvest.Drain();
        Assert.That(Told((await Corrected(harvest, January[0])).Value), Does.StartWith("1 stand, 70000.00 back, 0.00 posted"));
    }

    private static Task<Outcome<DecidedCase>> Approved(Harvest harvest, Corrected asked) => harvest.Decide(new CaseDecision(asked.Case!, "approve", "seen") { Approve = true, AsOf = LaterDay }, Harvest.Olga);

    private static CorrectionRequest Request(string number) => new("correct", number, "the sheet was wrong") { AsOf = LaterDay };

    private static async Task<Outcome<Corrected>> Corrected(Harvest harvest, params Paid[] rows) => await harvest.Ask(Request(await Checked(harvest, rows)));

    private static async Task<string> Checked(Harvest harvest, params Paid[] rows)
    {
        var number = (await Received(harvest, rows)).Value;
        await harvest.Drain();
        return number;
    }

    private static async Task<Outcome<string>> Received(Harvest harvest, Paid[] rows, string? corrects = null)
    {
        var first = (await harvest.Desk.Read(async work => await work.Uploads.Of((await harvest.Desk.Agreement(Harvest.Number)).Id)))[0];
        await using var content = await FileSpool.Copy(new MemoryStream(Encoding.UTF8.GetBytes(Receipts.Csv(rows))), 1 << 20, CancellationToken.None);
        return await new ReceiveUpload(harvest.Desk.Database).Run(Desk.Treasurer, new UploadRequest { Agreement = "", FileName = "right.csv", Content = content, Corrects = corrects ?? first.Number }, CancellationToken.None);
    }

    private static async Task<UploadReport> Posted(Harvest harvest, params Paid[] rows) => (await harvest.Post(Receipts.Csv(rows), LaterDay)).Value;

    private static async Task<string> Remittances(Harvest harvest)
    {
        var agreement = await harvest.Desk.Agreement(Harvest.Number);
        return string.Join(' ', (await harvest.Desk.Read(work => work.Remittances.Of(agreement.Id))).Select(row => new Money(row.Total, agreement.Currency).ToMajor()));
    }

    private static string Told(Corrected corrected)
    {
        var sheet = corrected.Sheet!;
        return $"{sheet.Unchanged} stand, {sheet.TakenBack.ToMajor()} back, {sheet.Posted.ToMajor()} posted: "
            + string.Join("; ", sheet.Changes.Select(row => $"{(row.Row is { } no ? $"row {no} " : "")}{row.ReceiptNo} {row.MemberNo} {row.Before.ToMajor()} {row.After.ToMajor()}"));
    }
}
