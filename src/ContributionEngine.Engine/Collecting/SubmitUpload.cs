using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Checks a treasurer's file and, when it is submitted and sound, keeps and commits it: bytes, problems and staged rows in one
/// transaction, with the word to reconcile. Killed before its end, it leaves nothing; after it, the rest goes on by itself.
/// </summary>
public sealed class SubmitUpload(Database database)
{
    private const int ProblemsShown = 1_000;

    /// <summary>Finds what would happen; stores nothing.</summary>
    public Task<Outcome<UploadReport>> Check(Actor actor, UploadRequest request, CancellationToken stop) => database.Read<Outcome<UploadReport>>(actor, async work =>
    {
        if (!(await Opened(work, request, mayBeLater: true)).Ok(out var desk, out var refusal)) return refusal;
        if (!Sheet(desk, request).Ok(out var sheet, out refusal)) return refusal;
        var check = Checker(desk, request, null);
        check.Survey(sheet.ReadRows());
        foreach (var rows in sheet.ReadRows().Chunk(StagedRows.PerChunk)) Note(check.Report, (await check.Check(work, rows)).Problems);
        check.Report.State = check.Report.LeftOut == 0 ? "ready" : "needs_fixes";
        return Totals(check.Report, request) is { } difference ? difference : check.Report;
    }, stop);

    /// <summary>
    /// Commits the file, or keeps it as needs_fixes when rows would be left out and that was not asked for. The pipeline then posts it.
    /// </summary>
    public Task<Outcome<UploadReport>> Submit(Actor actor, UploadRequest request, CancellationToken stop) => database.Attempt<UploadReport>(actor, async work =>
    {
        if (!(await Opened(work, request, mayBeLater: database.IsDryRun)).Ok(out var desk, out var refusal)) return refusal;
        if (await work.Uploads.CommittedSame(desk.Agreement.Id, request.Content.Sha256) is { } before) return Again(before);
        if (!Sheet(desk, request).Ok(out var sheet, out refusal)) return refusal;

        await BringUp.To(work, desk.Agreement, desk.AsOf);
        var id = work.NextId();
        await Keep(work, desk, request, id);
        var check = Checker(desk, request, Numbers.Upload(id));
        await Stage(work, desk, (check, sheet), id);
        if (Totals(check.Report, request) is { } difference) return difference;
        return await Conclude(work, desk, check.Report, request, id);
    }, stop);

    /// <summary>What a committed upload has become, and what the next cut-off would take.</summary>
    public Task<Outcome<UploadResult>> Result(Actor actor, UploadReport report, UploadRequest request, CancellationToken stop) => database.Read<Outcome<UploadResult>>(actor, async work =>
    {
        if (!(await work.Uploads.Find(report.Upload!)).Ok(out var upload, out var refusal)) return refusal;
        var agreement = await work.Agreements.Get(upload.AgreementId);
        if (!AsOf.Read(request.AsOf, agreement.Agreement.Settlement.TimeZone, work.Now, mayBeLater: true).Ok(out var asOf, out refusal)) return refusal;
        return await Become(work, (agreement, upload), report, asOf.Instant);
    }, stop);

    /// <summary>The same of an upload that was committed before, from what is stored of it.</summary>
    public Task<Outcome<UploadResult>> Stored(Actor actor, string number, CancellationToken stop) => database.Read<Outcome<UploadResult>>(actor, async work =>
    {
        if (!(await work.Uploads.Find(number)).Ok(out var upload, out var refusal)) return refusal;
        var agreement = await work.Agreements.Get(upload.AgreementId);
        var report = UploadSummaryText.Read(upload, agreement.Currency);
        Note(report, [.. (await work.Uploads.Problems(upload.Id)).Select(row => new FoundProblem(row.RowNo, row.Code, row.Severity, row.Field, row.Value, row.Detail))]);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(agreement.Agreement.Settlement.TimeZone);
        return await Become(work, (agreement, upload), report, AsOf.EndOf(upload.AsOf, zone));
    }, stop);

    private static async Task<Outcome<UploadResult>> Become(Work work, (StoredAgreement Agreement, StoredUpload Upload) of, UploadReport report, DateTimeOffset after)
    {
        var (agreement, upload) = of;
        if (!(await RunSettlement.Next(work, agreement, after)).Ok(out var next, out var refusal)) return refusal;
        var sums = await work.Receipts.Sums(upload.Id);
        report.State = upload.State;
        return new UploadResult(
            report,
            upload.FileName,
            new Money(sums.Allocated, agreement.Currency),
            new Money(sums.Suspense, agreement.Currency),
            new Money(sums.Credit, agreement.Currency),
            await work.Cases.OpenAbout(agreement.Id, upload.Number),
            next.Cutoff,
            next);
    }

    private static async Task<Outcome<Desk>> Opened(Work work, UploadRequest request, bool mayBeLater)
    {
        if (!(await work.Agreements.Find(request.Agreement)).Ok(out var agreement, out var refusal)) return refusal;
        if (!AsOf.Read(request.AsOf, agreement.Agreement.Settlement.TimeZone, work.Now, mayBeLater).Ok(out var asOf, out refusal)) return refusal;
        if (!PackLibrary.Find(agreement.Agreement.Pack).Ok(out var pack, out refusal)) return refusal;
        return new Desk(agreement, pack, new MemberDirectory(await work.Members.EnrolledIn(agreement.Id)), asOf);
    }

    private static Outcome<ReceiptSheet> Sheet(Desk desk, UploadRequest request)
    {
        SheetMap? map = null;
        if (request.Map is not null && !SheetMap.Read(request.Map).Ok(out map, out var refusal)) return refusal;
        return ReceiptSheet.Survey(request.Content.Open, new SheetTerms(request.FileName, desk.Agreement.Currency, desk.AsOf.Day, map));
    }

    private static ReceiptCheck Checker(Desk desk, UploadRequest request, string? number) => new(desk.Agreement, desk.Pack, desk.Members, request)
    {
        UploadNumber = number ?? "",
        Report = new UploadReport
        {
            Upload = number,
            FileSha256 = request.Content.Sha256,
            SumReady = Money.Zero(desk.Agreement.Currency),
            ExpectedTotal = request.ExpectTotal is null ? null : Money.Parse(request.ExpectTotal, desk.Agreement.Currency).Value,
        },
    };

    private static async Task Keep(Work work, Desk desk, UploadRequest request, long id)
    {
        var options = JsonSerializer.Serialize(new { request.Map, request.OnlyReady, request.HoldUnknown, request.AcceptRepeats });
        await work.Uploads.Add(new NewUpload(id, Numbers.Upload(id), desk.Agreement.Id, request.FileName, request.Content.Sha256, request.Content.Bytes, desk.AsOf.Day, options));
        await using var content = request.Content.Open();
        await work.Uploads.KeepContent(id, content);
    }

    private static async Task Stage(Work work, Desk desk, (ReceiptCheck Check, ReceiptSheet Sheet) reading, long id)
    {
        var chunk = 0L;
        reading.Check.Survey(reading.Sheet.ReadRows());
        foreach (var rows in reading.Sheet.ReadRows().Chunk(StagedRows.PerChunk))
        {
            var found = await reading.Check.Check(work, rows);
            Note(reading.Check.Report, found.Problems);
            await work.Uploads.AddProblems(id, found.Problems.Select(item => new StoredProblem { RowNo = item.Row, Code = item.Code, Field = item.Field, Severity = item.Severity, Value = item.Value, Detail = item.Detail }));
            if (found.Ready.Count > 0) await work.Uploads.Stage(id, [(++chunk, StagedRows.Pack(found.Ready))]);
            if (reading.Check.OpensCases) await work.Cases.Open(desk.Agreement.Id, desk.AsOf.Day, found.Cases);
        }
    }

    private static async Task<UploadReport> Conclude(Work work, Desk desk, UploadReport report, UploadRequest request, long id)
    {
        var committed = report.Errors == 0 || request.OnlyReady;
        report.State = committed ? "committed" : "needs_fixes";
        if (!committed) await work.Uploads.Unstage(id);
        var summary = UploadSummaryText.Write(report);
        await work.Uploads.Conclude(id, committed && report.Ready == 0 ? "reconciled" : report.State, summary, committed ? work.Now : null);
        await work.Audit.Record(desk.Agreement.Number, committed ? "upload-committed" : "upload-needs-fixes", report.Upload!, summary);
        if (committed) await work.Say(new Reconcile(desk.Agreement.Id, work.Actor.Name));
        return report;
    }

    private static void Note(UploadReport report, List<FoundProblem> problems)
    {
        report.ProblemsTotal += problems.Count;
        report.Problems.AddRange(problems.Take(ProblemsShown - report.Problems.Count));
    }

    private static Refusal? Totals(UploadReport report, UploadRequest request)
    {
        if (report.ExpectedTotal is { } expected && expected != report.SumReady)
        {
            return Refusal.Input("F10", $"The rows add up to {report.SumReady.ToMajor()}; you entered {expected.ToMajor()}. Difference: {(report.SumReady - expected).ToMajor()}.") with
            {
                Field = "expect_total",
                Help = "Find the rows that are missing, left out or mistyped, or correct the total. Nothing was posted.",
            };
        }

        if (request.ExpectRows is { } rows && rows != report.Rows)
        {
            return Refusal.Input("F10", $"The file has {report.Rows} rows; you entered {rows}.") with { Field = "expect_rows", Help = "Send the whole file, or correct the number. Nothing was posted." };
        }

        return null;
    }

    private static Refusal Again(StoredUpload before) =>
        Refusal.Input("F08", $"This file was already uploaded on {Values.Text(before.SubmittedAt)[..10]} as {before.Number}. Nothing was counted twice.") with
        {
            Help = $"To check its left-out rows against today's members, run 'upload recheck {before.Number}'.",
        };

    private sealed record Desk(StoredAgreement Agreement, Pack Pack, MemberDirectory Members, AsOf AsOf);
}
