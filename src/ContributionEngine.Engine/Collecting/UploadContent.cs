using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>The file of an upload as it came.</summary>
public sealed record UploadedFile(string FileName, Stream Content);

/// <summary>Gives back what was sent, and how it begins for a person who has to say what its columns are.</summary>
public sealed class UploadContent(Database database)
{
    /// <summary>The bytes as they came. Refusals: <c>upload_unknown</c>.</summary>
    public Task<Outcome<UploadedFile>> Sent(Actor actor, string number, CancellationToken stop) => database.Read<Outcome<UploadedFile>>(actor, async work =>
        (await work.Uploads.Find(number)).Ok(out var upload, out var refusal) ? new UploadedFile(upload.FileName, new PartStream(await work.Uploads.Content(upload.Id))) : refusal, stop);

    /// <summary>The first rows of the file. Refusals: <c>upload_unknown</c>, F02, F04, F05, F13.</summary>
    /// <param name="of">The upload, and the sheet of a workbook; null: the first with rows.</param>
    public async Task<Outcome<SheetPreview>> Preview(Actor actor, (string Upload, string? Sheet) of, CancellationToken stop)
    {
        if (!(await Sent(actor, of.Upload, stop)).Ok(out var sent, out var refusal)) return refusal;
        await using var spool = await FileSpool.Copy(sent.Content, SheetLimits.BytesMax, stop);
        return SheetPreview.Of(spool.Open, sent.FileName, of.Sheet);
    }
}
