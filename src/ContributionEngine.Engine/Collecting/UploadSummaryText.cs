using System.Text.Json;
using System.Text.Json.Serialization;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>The counts of a check as they are kept with the upload.</summary>
internal static class UploadSummaryText
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    public static string Write(UploadReport report) => JsonSerializer.Serialize(
        new Counts(report.Rows, report.Ready, report.Warnings, report.Errors, report.LeftOut, report.SumReady.Minor, report.ExpectedTotal?.Minor, report.AcceptedRepeats), Options);

    public static UploadReport Read(StoredUpload upload, Currency currency)
    {
        var counts = JsonSerializer.Deserialize<Counts>(upload.Summary ?? "{}", Options)!;
        return new UploadReport
        {
            Upload = upload.Number,
            FileSha256 = upload.Sha256,
            Rows = counts.Rows,
            Ready = counts.Ready,
            Warnings = counts.Warnings,
            Errors = counts.Errors,
            LeftOut = counts.LeftOut,
            SumReady = new Money(counts.SumReady, currency),
            ExpectedTotal = counts.ExpectedTotal is { } expected ? new Money(expected, currency) : null,
            State = upload.State,
        };
    }

    private sealed record Counts(long Rows, long Ready, long Warnings, long Errors, long LeftOut, long SumReady, long? ExpectedTotal, long AcceptedRepeats);
}
