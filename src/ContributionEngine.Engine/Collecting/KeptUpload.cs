using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>An upload that is stored, ready to be read again: its bytes in a private copy, and how it was asked for.</summary>
internal sealed class KeptUpload : IAsyncDisposable
{
    private readonly UploadRequest request;

    private KeptUpload(string number, UploadRequest request) => (Number, this.request) = (number, request);

    public string Number { get; }

    public static async Task<Outcome<KeptUpload>> Open(Database database, Actor actor, (string Number, string? AsOf) of, CancellationToken stop)
    {
        var found = await database.Read<Outcome<(StoredUpload, StoredAgreement, IReadOnlyList<byte[]>)>>(actor, async work =>
            (await work.Uploads.Find(of.Number)).Ok(out var upload, out var refusal)
                ? (upload, await work.Agreements.Get(upload.AgreementId), await work.Uploads.Content(upload.Id))
                : refusal, stop);
        if (!found.Ok(out var stored, out var no)) return no;
        return await Of(stored, of.AsOf, stop);
    }

    /// <summary>The same inside a unit of work.</summary>
    public static async Task<KeptUpload> Within(Work work, StoredUpload upload, string? asOf) =>
        await Of((upload, await work.Agreements.Get(upload.AgreementId), await work.Uploads.Content(upload.Id)), asOf, work.Stop);

    private static async Task<KeptUpload> Of((StoredUpload Upload, StoredAgreement Agreement, IReadOnlyList<byte[]> Parts) stored, string? asOf, CancellationToken stop)
    {
        var (upload, agreement, parts) = stored;
        await using var source = new PartStream(parts);
        var options = UploadOptions.Read(upload.Options);
        return new KeptUpload(upload.Number, new UploadRequest
        {
            Agreement = agreement.Number, FileName = upload.FileName, Content = await FileSpool.Copy(source, long.MaxValue - 1, stop), Map = options.Map, Saved = options.Saved, AsOf = asOf,
            CorrectsId = upload.CorrectsId, OnlyReady = options.OnlyReady, HoldUnknown = options.HoldUnknown, AcceptRepeats = options.AcceptRepeats, Remember = options.Remember,
        });
    }

    /// <summary>Inside the unit that changes it: the upload as it is now, and the desk for its file as people have put it right.</summary>
    /// <param name="how">What is asked for otherwise this time; null: as it was.</param>
    public async Task<Outcome<(StoredUpload Upload, UploadDesk Desk)>> Desk(Work work, Func<UploadRequest, UploadRequest>? how = null)
    {
        if (!(await work.Uploads.FindToChange(Number)).Ok(out var upload, out var refusal)) return refusal;
        var asked = (how?.Invoke(request) ?? request) with { Fixes = await SheetFixes.Of(work, upload.Id) };
        return (await UploadDesk.Open(work, asked, changes: true)).Ok(out var desk, out refusal) ? (upload, desk) : refusal;
    }

    /// <summary>The same where nothing is changed: the agreement is not held.</summary>
    public async Task<Outcome<UploadDesk>> Look(Work work)
    {
        if (!(await work.Uploads.Find(Number)).Ok(out var upload, out var refusal)) return refusal;
        return await UploadDesk.Open(work, request with { Fixes = await SheetFixes.Of(work, upload.Id), ExpectTotal = UploadOptions.Read(upload.Options).ExpectTotal }, changes: false);
    }

    public ValueTask DisposeAsync() => request.Content.DisposeAsync();
}
