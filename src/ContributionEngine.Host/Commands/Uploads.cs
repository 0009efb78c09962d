using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Host;

/// <summary><c>upload template | check | submit | list | show | errors | recheck | withdraw | undo | correct | maps | forget-map</c>; what is about single rows is in <see cref="UploadRowCommands"/>.</summary>
internal static class UploadCommands
{
    private const int SomeLeftOut = 3;
    private const int NothingWritten = 7;

    private static readonly Argument<string> File = Make.Arg("FILE", "The treasurer's file (CSV)");
    internal static readonly Argument<string> Id = Make.Arg("ID", "Number of the upload, such as UPL-000001001");
    private static readonly Option<string> Agreement = Make.Needed("--agreement", "Number of the agreement");
    private static readonly Option<string?> Map = Make.Maybe("--map", "JSON file that says which column is which and how amounts and dates are written");
    private static readonly Option<string?> ErrorsOut = Make.Maybe("--errors-out", "Write the rows to fix to this file, as they were, with what to fix: a workbook when its name ends with .xlsx, else CSV");
    private static readonly Option<bool> OnlyReady = Make.Flag("--only-ready", "Post the ready rows and leave the others out");
    private static readonly Option<string?> ExpectTotal = Make.Maybe("--expect-total", "Control total; another sum of the ready rows is refused");
    private static readonly Option<long?> ExpectRows = new("--expect-rows") { Description = "Control count of the rows" };
    private static readonly Option<bool> HoldUnknown = Make.Flag("--hold-unknown", "Post money of unknown members to suspense");
    private static readonly Option<bool> AcceptRepeats = Make.Flag("--accept-repeats", "Post repeats without a receipt number as further payments");
    private static readonly Option<string> Reason = Make.Needed("--reason", "Why");

    public static Command Noun() => Make.Noun("upload", "Treasurers' files", UploadTemplateCommand.Template(), Check(), Submit(), List(), Show(), Errors(), Recheck(), Withdraw(), Undo(), UploadRowCommands.Fix(), UploadRowCommands.LeaveOut(), UploadRowCommands.Send(), UploadCorrectCommand.Correct(), UploadRowCommands.Tasks(), UploadMapCommands.List(), UploadMapCommands.Forget());

    private static Command Check() => new Command("check", "Say what is right and wrong in a file; stores nothing") { File, Agreement, Map, ErrorsOut, ExpectTotal, ExpectRows, HoldUnknown, AcceptRepeats, Globals.AsOf }
        .Reads(async (run, stop) =>
        {
            if (!(await Request(run, stop)).Ok(out var request, out var refusal)) return refusal;
            await using var content = request.Content;
            await using var errors = ErrorsTarget.Open(run.Line.GetValue(ErrorsOut));
            if (!(await new SubmitUpload(run.Session.Database).Check(run.Session.Actor, request, stop)).Ok(out var report, out refusal)) return refusal;
            await errors.Write(run, request, report, stop);
            return new Reply(Printed(report, run), report.LeftOut > 0 ? SomeLeftOut : 0);
        });

    private static Command Submit() => new Command("submit", "Check a file, post it and pay what it pays")
        { File, Agreement, Map, ErrorsOut, OnlyReady, ExpectTotal, ExpectRows, HoldUnknown, AcceptRepeats }
        .Writes(Access.Treasurers, async (run, stop) =>
        {
            await run.Session.Drain(stop);
            if (!(await Request(run, stop)).Ok(out var request, out var refusal)) return refusal;
            await using var content = request.Content;
            await using var errors = ErrorsTarget.Open(run.Line.GetValue(ErrorsOut));
            if (!(await new SubmitUpload(run.Session.Database).Submit(run.Session.Actor, request, stop)).Ok(out var report, out refusal)) return refusal;
            await errors.Write(run, request, report, stop);
            return await Ended(run, report, stop);
        });

    /// <summary>What a command that commits an upload answers, once the pipeline is idle.</summary>
    internal static async Task<Outcome<Reply>> Ended(Run run, UploadReport report, CancellationToken stop)
    {
        if (report.State == "needs_fixes") return NotReady(run, report);
        await run.Session.Drain(stop);
        if (!(await new SubmitUpload(run.Session.Database).Result(run.Session.Actor, report, run.AsOf, stop)).Ok(out var result, out var refusal)) return refusal;
        return new Reply(Printed(result, run), report.LeftOut > 0 || result.Cases > 0 ? SomeLeftOut : 0);
    }

    /// <summary>The answer about an upload of which nothing was posted.</summary>
    internal static Reply NotReady(Run run, UploadReport report) => new(Printed(report, run), NothingWritten);

    private static Command List()
    {
        var agreement = Make.Needed("--agreement", "Number of the agreement");
        return new Command("list", "Uploads of an agreement") { agreement }.Reads(async (run, stop) =>
            await run.Session.Database.Read<Outcome<Reply>>(run.Session.Actor, async work =>
            {
                if (!(await work.Agreements.Find(run.Line.GetRequiredValue(agreement))).Ok(out var found, out var refusal)) return refusal;
                var waiting = (await work.UploadTasks.Of(found.Id)).ToDictionary(row => row.UploadId);
                return new Reply((await work.Uploads.Of(found.Id)).Select(upload => UploadRowCommands.Listed(upload, waiting.GetValueOrDefault(upload.Id), (found.Currency, run.Session.Database.Clock.GetUtcNow()))).ToList());
            }, stop));
    }

    private static Command Show() => new Command("show", "One upload") { Id }.Reads(async (run, stop) =>
        await run.Session.Database.Read<Outcome<Reply>>(run.Session.Actor, async work =>
            (await work.Uploads.Find(run.Line.GetRequiredValue(Id))).Ok(out var found, out var refusal) ? new Reply(UploadRowCommands.Shown(found, await work.RowFixes.Of(found.Id))) : refusal, stop));

    private static Command Errors() => new Command("errors", "Every problem of an upload") { Id }.Reads(async (run, stop) =>
        await run.Session.Database.Read<Outcome<Reply>>(run.Session.Actor, async work =>
        {
            if (!(await work.Uploads.Find(run.Line.GetRequiredValue(Id))).Ok(out var found, out var refusal)) return refusal;
            return new Reply((await work.Uploads.Problems(found.Id)).Select(row => new { row = row.RowNo, row.Code, row.Severity, row.Field, row.Value, row.Detail }).ToList());
        }, stop));

    private static Command Recheck() => new Command("recheck", "Check the left-out rows again against today's members and post those that are ready") { Id }.Writes(Access.Treasurers, async (run, stop) =>
    {
        await run.Session.Drain(stop);
        var number = run.Line.GetRequiredValue(Id);
        if (!(await new RecheckUpload(run.Session.Database).Run(run.Session.Actor, number, run.AsOf, stop)).Ok(out var again, out var refusal)) return refusal;
        await run.Session.Drain(stop);
        if (!(await new SubmitUpload(run.Session.Database).Stored(run.Session.Actor, number, stop)).Ok(out var result, out refusal)) return refusal;
        result = result with { Report = result.Report with { Understood = again.Understood, Schedule = again.Schedule, Groups = again.Groups } };
        return new Reply(Printed(result, run), result.Report.LeftOut > 0 || result.Cases > 0 ? SomeLeftOut : 0);
    });

    private static Command Withdraw() => new Command("withdraw", "Give up an upload that has posted nothing") { Id, Reason }.Writes(Access.Treasurers, async (run, stop) =>
        (await new WithdrawUpload(run.Session.Database).Run(run.Session.Actor, run.Line.GetRequiredValue(Id), run.Line.GetRequiredValue(Reason), stop)).Ok(out var withdrawn, out var refusal) ? new Reply(Listed(withdrawn)) : refusal);

    private static Command Undo() => new Command("undo", "Take a whole upload back while nothing of it is remitted") { Id, Reason }.Writes(Access.Treasurers, async (run, stop) =>
    {
        await run.Session.Drain(stop);
        var request = new CorrectionRequest("undo", run.Line.GetRequiredValue(Id), run.Line.GetRequiredValue(Reason)) { AsOf = run.AsOf };
        return await ReceiptCommands.Correct(run, request, stop);
    });

    private static async Task<Outcome<UploadRequest>> Request(Run run, CancellationToken stop)
    {
        var path = run.Line.GetRequiredValue(File);
        if (Make.Missing(path) is { } missing) return missing;
        await using var source = System.IO.File.OpenRead(path);
        return new UploadRequest
        {
            Agreement = run.Line.GetRequiredValue(Agreement),
            FileName = Path.GetFileName(path),
            Content = await FileSpool.Copy(source, SheetLimits.BytesMax, stop),
            Map = run.Line.GetValue(Map) is { } map ? await Make.Text(map, stop) : null,
            AsOf = run.AsOf,
            OnlyReady = run.Line.GetValue(OnlyReady),
            HoldUnknown = run.Line.GetValue(HoldUnknown),
            AcceptRepeats = run.Line.GetValue(AcceptRepeats),
            ExpectTotal = run.Line.GetValue(ExpectTotal),
            ExpectRows = run.Line.GetValue(ExpectRows),
        };
    }

    internal static object Listed(StoredUpload upload) => new
    {
        upload = upload.Number, file = upload.FileName, file_sha256 = upload.Sha256, upload.State, upload.SubmittedAt, upload.CommittedAt, upload.AsOf,
    };

    private static object Printed(UploadReport report, Run run) => run.Printer.IsTable ? UploadSummary.Of(report) : UploadAnswer.Of(report);

    private static object Printed(UploadResult result, Run run) => run.Printer.IsTable ? UploadSummary.Of(result) : UploadAnswer.Of(result);
}
