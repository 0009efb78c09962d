using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Files;

namespace ContributionEngine.Engine;

/// <summary>What a check found beside the problems of rows, as it is kept with the upload: how the file was read, what puts its rows right, and what it would come to.</summary>
internal static class UploadFindings
{
    public static string Write(UploadReport report) => JsonSerializer.Serialize(new Kept(
        report.Understood,
        report.Understood?.Tidied ?? [],
        [.. report.Groups.Select(group => new KeptGroup(group.Code, group.Severity, group.Rows, group.Amount.Minor, group.FirstRows))],
        report.Schedule is { } schedule ? new KeptSchedule(schedule.Members, schedule.InFile, schedule.Expected.Minor, schedule.Short.Minor) : null,
        report.NextCutoff,
        report.Forecast is { WillRemit: { } remit } forecast ? new KeptForecast(remit.Lines, remit.Total.Minor, forecast.WillWait?.Minor ?? 0) : null,
        report.Correction is { } correction ? new KeptCorrection(correction.Unchanged, correction.Raised, correction.TakenBack, correction.SumTakenBack.Minor) : null));

    /// <summary>Adds them to the report of the upload.</summary>
    public static UploadReport Read(string text, UploadReport report)
    {
        var kept = JsonSerializer.Deserialize<Kept>(text)!;
        return report with
        {
            Understood = kept.Understood is null ? null : kept.Understood with { Tidied = kept.Tidied },
            Groups = [.. kept.Groups.Select(group => new ProblemGroup(group.Code, group.Severity, group.Rows, Amount(group.Minor), ProblemGroups.Repair(group.Code), group.FirstRows))],
            Schedule = kept.Schedule is { } schedule ? new ScheduleTotals(schedule.Members, schedule.InFile, Amount(schedule.Expected), Amount(schedule.Short)) : null,
            NextCutoff = kept.NextCutoff,
            Forecast = kept.Forecast is { } forecast ? new FileForecast(new ForecastLines(forecast.Lines, Amount(forecast.Total)), Amount(forecast.Waits)) : null,
            Correction = kept.Correction is { } correction ? new CorrectionCounts(correction.Unchanged, correction.Raised, correction.TakenBack, Amount(correction.SumTakenBack)) : null,
        };

        Money Amount(long minor) => new(minor, report.SumReady.Currency);
    }

    private sealed record Kept(Understanding? Understood, IReadOnlyList<SheetNote> Tidied, IReadOnlyList<KeptGroup> Groups, KeptSchedule? Schedule, DateTimeOffset? NextCutoff, KeptForecast? Forecast, KeptCorrection? Correction = null);

    private sealed record KeptGroup(string Code, string Severity, long Rows, long Minor, IReadOnlyList<long> FirstRows);

    private sealed record KeptSchedule(long Members, long InFile, long Expected, long Short);

    private sealed record KeptCorrection(long Unchanged, long Raised, long TakenBack, long SumTakenBack);

    private sealed record KeptForecast(long Lines, long Total, long Waits);
}
