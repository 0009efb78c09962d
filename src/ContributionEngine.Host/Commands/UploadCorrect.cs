using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;

namespace ContributionEngine.Host;

/// <summary><c>upload correct</c>: a sheet that was sent is put right by the sheet as it should be.</summary>
internal static class UploadCorrectCommand
{
    private const string NeedsFixes = "correction_needs_fixes";

    public static Command Correct()
    {
        var file = Make.Arg("FILE", "The whole sheet as it should be");
        var map = Make.Maybe("--map", "JSON file that says which column is which; without it the file is read as the sheet was");
        var reason = Make.Needed("--reason", "Why");
        return new Command("correct", "Put a sent sheet right by the sheet as it should be: only what differs is taken back and posted") { UploadCommands.Id, file, map, reason }.Writes(Access.Treasurers, async (run, stop) =>
        {
            await run.Session.Drain(stop);
            var path = run.Line.GetRequiredValue(file);
            if (Make.Missing(path) is { } missing) return missing;
            await using var source = File.OpenRead(path);
            await using var content = await FileSpool.Copy(source, SheetLimits.BytesMax, stop);
            var request = new UploadRequest
            {
                Agreement = "", FileName = Path.GetFileName(path), Content = content, Corrects = run.Line.GetRequiredValue(UploadCommands.Id), AsOf = run.AsOf, Map = run.Line.GetValue(map) is { } text ? await Make.Text(text, stop) : null,
            };
            if (!(await new ReceiveUpload(run.Session.Database).Run(run.Session.Actor, request, stop)).Ok(out var number, out var refusal)) return refusal;
            return await Finish(run, (number, run.Line.GetRequiredValue(reason)), stop);
        });
    }

    /// <summary>Makes the correction that a kept upload is; one that is not ready says what is wrong with it.</summary>
    internal static async Task<Outcome<Reply>> Finish(Run run, (string Upload, string Reason) of, CancellationToken stop)
    {
        var made = await ReceiptCommands.Correct(run, new CorrectionRequest("correct", of.Upload, of.Reason) { AsOf = run.AsOf }, stop);
        if (made.Refusal?.Code != NeedsFixes) return made;
        var known = await new ShowUpload(run.Session.Database).Run(run.Session.Actor, new UploadView(of.Upload), stop);
        return known.Ok(out var upload, out var refusal) ? UploadCommands.NotReady(run, upload.Report with { Problems = [.. upload.Rows.SelectMany(row => row.Problems)] }) : refusal;
    }
}
