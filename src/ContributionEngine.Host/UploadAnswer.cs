using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary>An upload as other programs read it.</summary>
internal static class UploadAnswer
{
    public static object Of(UploadReport report) => new
    {
        report.Upload, report.FileSha256, report.Rows, report.Ready, report.Warnings, report.Errors, report.LeftOut, report.SumReady, report.ExpectedTotal, report.State,
        report.Problems, report.ProblemsTotal, report.Unchanged, report.Understood, report.Schedule, report.Groups,
        report.NextCutoff, report.Forecast,
    };

    public static object Of(UploadResult result) => new
    {
        result.Report.Upload, result.Report.FileSha256, result.Report.Rows, result.Report.Ready, result.Report.Warnings, result.Report.Errors, result.Report.LeftOut,
        result.Report.SumReady, result.Report.ExpectedTotal, result.Report.State, result.Report.Problems, result.Report.ProblemsTotal,
        result.Allocated, result.Suspense, result.Credit, result.Cases, result.NextCutoff,
        will_remit = new { lines = result.WillRemit?.Lines ?? 0, total = result.WillRemit?.Total },
        result.WillWait, result.Report.Unchanged, result.Report.Understood, result.Report.Schedule, result.Report.Groups,
    };
}
