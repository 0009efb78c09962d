using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Messaging;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Collecting;

/// <summary>A file that is received first and sent later: what it goes through, and that nothing is posted before it is sent, or twice.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ReceivingTests
{
    private static readonly AgreementDraft Coffee = Agreements.Coffee();

    private static readonly Paid Hundred = new("R1", "A001", "2021-01-15", "100.00");

    private static readonly string Sound = Receipts.Csv(Hundred);

    private static readonly string Faulty = Receipts.Csv(Hundred, new Paid("R2", "A009", "2021-01-15", "20.00"), new Paid("R3", "A002", "2021-01-15", "abc"));

    [Test]
    public async Task A_sound_file_is_ready_and_nothing_is_posted_until_it_is_sent()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var number = await Checked(desk, Sound);
        var before = (await Shown(desk, number), await Posted(desk));
        var sent = await Send(desk, number);
        await Drain(desk);
        Assert.That(
            (before.Item1.Progress.State, before.Item1.Report.Ready, before.Item1.Report.SumReady.ToMajor(), before.Item2, sent.Value.State, (await Shown(desk, number)).Progress.State, await Posted(desk)),
            Is.EqualTo(("ready", 1L, "100.00", 0L, "committed", "reconciled", 10_000L)));
    }

    [Test]
    public async Task Sent_twice_it_is_posted_once_and_the_second_is_told_so()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var number = await Checked(desk, Sound);
        var both = await Task.WhenAll(Send(desk, number), Send(desk, number));
        await Drain(desk);
        Assert.That((both.Count(one => one.Refusal is null), both.Single(one => one.Refusal is not null).Refusal!.Code, await Posted(desk)), Is.EqualTo((1, "upload_sent", 10_000L)));
    }

    [Test]
    public async Task A_file_with_faults_shows_its_rows_with_whom_may_be_meant()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var known = await Shown(desk, await Checked(desk, Faulty));
        Assert.That(known.Progress.State, Is.EqualTo("needs_fixes"));
        Assert.That(known.Rows.Select(row => $"{row.Row} {row.Problems[0].Code} {row.Problems[0].Suggestions?[0].MemberNo} {row.Amount?.ToMajor()}"), Is.EqualTo(new[] { "3 R02 A001 20.00", "4 R07  " }));
        Assert.That((known.Rows[0].Problems[0].Suggestions![0].Likenesses, known.Rows[1].Problems[0].Particulars!.Values["example"], known.Report.Groups.Sum(group => group.Rows)), Is.EqualTo((new[] { "one_differs" }, "1250.00", 2L)));
    }

    [Test]
    public async Task A_ready_upload_may_be_fixed_and_what_is_sent_is_what_it_says_then()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var number = await Checked(desk, Sound);
        desk.Clock.Move(TimeSpan.FromSeconds(1));
        _ = (await new FixRow(desk.Database).Fix(Desk.Treasurer, new FixRequest(number, 2, [KeyValuePair.Create("amount", "70.00")], null), CancellationToken.None)).Value;
        var fixedSince = (await Shown(desk, number)).FixedSince;
        var stale = await Send(desk, number, "100.00");
        _ = (await Send(desk, number, "70.00")).Value;
        await Drain(desk);
        Assert.That((fixedSince, stale.Refusal?.Code, await Posted(desk)), Is.EqualTo((1L, "F10", 7_000L)));
    }

    [Test]
    public async Task Rows_that_were_put_right_are_ready_once_it_is_checked_again()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var number = await Checked(desk, Faulty);
        foreach (var (row, field, text) in new[] { (3L, "member_no", "A003"), (4L, "amount", "5.00") })
        {
            _ = (await new FixRow(desk.Database).Fix(Desk.Treasurer, new FixRequest(number, row, [KeyValuePair.Create(field, text)], null), CancellationToken.None)).Value;
        }

        _ = (await new ReviseUpload(desk.Database).Run(Desk.Treasurer, number, new Revision(), CancellationToken.None)).Value;
        await Drain(desk);
        var known = await Shown(desk, number);
        Assert.That((known.Progress.State, known.Report.Ready, known.Report.SumReady.ToMajor(), known.Rows.Count), Is.EqualTo(("ready", 3L, "125.00", 0)));
    }

    [Test]
    public async Task A_question_is_asked_once_answered_and_remembered()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        const string Asked = "member_no,received_on,Cobrado\nA001,2021-01-15,1.234\n";
        var number = await Checked(desk, Asked);
        var codes = new List<string?> { (await Shown(desk, number)).Refusal?.Code };
        foreach (var map in new[] { """{"columns":{"amount":"Cobrado"}}""", """{"columns":{"amount":"Cobrado"},"decimal":","}""" })
        {
            _ = (await new ReviseUpload(desk.Database).Run(Desk.Treasurer, number, new Revision(map, Remember: true), CancellationToken.None)).Value;
            await Drain(desk);
            codes.Add((await Shown(desk, number)).Refusal?.Code);
        }

        var next = await Shown(desk, await Checked(desk, "Cobrado,member_no,received_on\n2.345,A002,2021-01-16\n"));
        Assert.That((string.Join(' ', codes), next.Refusal?.Code, next.Report.SumReady.ToMajor()), Is.EqualTo(("F06 F07 ", (string?)null, "2345.00")));
    }

    [Test]
    public async Task The_same_file_is_kept_once_and_the_second_is_told_where_it_is()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var number = await Checked(desk, Sound);
        var waiting = await Receive(desk, Sound);
        _ = (await Send(desk, number)).Value;
        var sent = await Receive(desk, Sound);
        Assert.That((waiting.Refusal?.Code, waiting.Refusal?.Value, sent.Refusal?.Code, sent.Refusal?.Value), Is.EqualTo(("upload_waiting", number, "F08", number)));
    }

    [Test]
    public async Task What_is_withdrawn_is_not_checked_and_may_come_again()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var number = (await Receive(desk, Sound)).Value;
        _ = (await new WithdrawUpload(desk.Database).Run(Desk.Treasurer, number, "the wrong file", CancellationToken.None)).Value;
        await Drain(desk);
        Assert.That(((await Shown(desk, number)).Progress.State, (await Send(desk, number)).Refusal?.Code, (await Receive(desk, Sound)).Refusal), Is.EqualTo(("withdrawn", "upload_not_open", (Refusal?)null)));
    }

    [Test]
    public async Task A_check_that_was_killed_begins_anew_and_says_each_problem_once()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var number = (await Receive(desk, Faulty)).Value;
        await desk.Database.Write(Desk.Treasurer, Begun, CancellationToken.None);
        var busy = await Send(desk, number);
        await Drain(desk);
        var known = await Shown(desk, number);
        Assert.That((busy.Refusal?.Code, known.Progress.State, known.Rows.Count), Is.EqualTo(("upload_checking", "needs_fixes", 2)));

        async Task Begun(Work work)
        {
            var upload = (await work.Uploads.FindToChange(number)).Value;
            await work.Uploads.Mark(upload.Id, "checking");
            await work.UploadChecks.Begin(upload.Id);
            await work.Uploads.AddProblems(upload.Id, [new StoredProblem { RowNo = 3, Code = "R02", Field = "member_no", Severity = "error", Detail = "Row 3: half of a check" }]);
        }
    }

    [Test]
    public async Task What_a_check_of_an_earlier_turn_still_finds_is_not_kept()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var number = (await Receive(desk, Sound)).Value;
        var told = await desk.Database.Write(Desk.Treasurer, async work =>
        {
            var upload = (await work.Uploads.FindToChange(number)).Value;
            var (first, second) = (await work.UploadChecks.Begin(upload.Id), await work.UploadChecks.Begin(upload.Id));
            return (await work.UploadChecks.Tell(new StoredCheck { UploadId = upload.Id, Run = first, RowsDone = 1 }), await work.UploadChecks.Tell(new StoredCheck { UploadId = upload.Id, Run = second, RowsDone = 1 }));
        }, CancellationToken.None);
        Assert.That(told, Is.EqualTo((false, true)));
    }

    [TestCase("", "F04")]
    [TestCase("%PDF-1.7", "F02")]
    [TestCase("member_no\0", "F13")]
    public async Task What_can_be_told_at_once_is_refused_and_nothing_is_kept(string content, string code)
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var refused = (await Receive(desk, content)).Refusal?.Code;
        var agreement = await desk.Agreement(Coffee.Number);
        Assert.That((refused, (await desk.Read(work => work.Uploads.Of(agreement.Id))).Count), Is.EqualTo((code, 0)));
    }

    [Test]
    public async Task A_list_is_filled_with_what_was_paid_last_else_with_what_is_owed()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        _ = (await Send(desk, await Checked(desk, Sound))).Value;
        await Drain(desk);
        var list = (await new PreparedList(desk.Database).Of(Desk.Treasurer, Coffee.Number, CancellationToken.None)).Value;
        Assert.That(list.Rows.Select(row => $"{row.MemberNo} {row.Suggested?.ToMajor()}"), Is.EqualTo(new[] { "A001 100.00", "A002 193000.00", "A003 193000.00" }));
    }

    [Test]
    public async Task Rows_that_were_filled_in_are_a_file_like_any_other()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var file = PreparedList.File([new FilledRow("A001", "Ana Mora", "1.250,50"), new FilledRow("A002", "Luis Vega", " ")], "15/01/2021");
        var known = await Shown(desk, await Checked(desk, Encoding.UTF8.GetString(file)));
        Assert.That((known.Progress.State, known.Report.Rows, known.Report.SumReady.ToMajor()), Is.EqualTo(("ready", 1L, "1250.50")));
    }

    private static async Task<Outcome<string>> Receive(Desk desk, string text)
    {
        await using var spool = await FileSpool.Copy(new MemoryStream(Encoding.UTF8.GetBytes(text)), 1_000_000, CancellationToken.None);
        return await new ReceiveUpload(desk.Database).Run(Desk.Treasurer, new UploadRequest { Agreement = Coffee.Number, FileName = "receipts.csv", Content = spool }, CancellationToken.None);
    }

    private static async Task<string> Checked(Desk desk, string text)
    {
        var number = (await Receive(desk, text)).Value;
        await Drain(desk);
        return number;
    }

    private static Task<Outcome<UploadReport>> Send(Desk desk, string number, string? expected = null) =>
        new SendUpload(desk.Database).Run(Desk.Treasurer, new SendRequest(number, false, expected, null), CancellationToken.None);

    private static async Task<KnownUpload> Shown(Desk desk, string number) => (await new ShowUpload(desk.Database).Run(Desk.Treasurer, new UploadView(number), CancellationToken.None)).Value;

    private static async Task<long> Posted(Desk desk) => (await desk.Totals(Coffee.Number)).Received;

    private static async Task Drain(Desk desk) => Assert.That(await new DirectDispatcher(desk.Database, MessageMap.Of(NoFund.Channels)).Drain(Desk.Treasurer, CancellationToken.None), Is.Empty);
}
