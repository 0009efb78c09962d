using System.Text.Json;

namespace ContributionEngine.Engine;

/// <summary>How an upload was asked for, as it is kept with it.</summary>
/// <param name="Saved">Maps of the organisation that it was held against: it is read again as it was read then.</param>
/// <param name="ExpectTotal">Control total in major units, as the treasurer wrote it; kept of an upload that is sent later.</param>
/// <param name="Remember">The map is kept for the organisation's next sheets once the file was read with it.</param>
internal sealed record UploadOptions(string? Map, bool OnlyReady, bool HoldUnknown, bool AcceptRepeats, IReadOnlyList<string>? Saved, string? ExpectTotal = null, bool Remember = false)
{
    public static UploadOptions Of(UploadRequest request) =>
        new(request.Map, request.OnlyReady, request.HoldUnknown, request.AcceptRepeats, request.Saved, request.ExpectTotal, request.Remember);

    public static UploadOptions Read(string text) => JsonSerializer.Deserialize<UploadOptions>(text)!;

    public string Text() => JsonSerializer.Serialize(this);
}
