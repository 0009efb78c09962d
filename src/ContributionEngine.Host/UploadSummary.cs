using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary>An upload as a person reads it: what it is, what to fix, and where the money went.</summary>
internal static class UploadSummary
{
    private const int Shown = 10;

    public static object Of(UploadReport report)
    {
        Talk(report);
        return new
        {
            upload = report.Upload ?? "(checked only, nothing stored)", report.State, report.Rows, report.Ready, report.Warnings, report.Errors, report.LeftOut, report.SumReady, report.ExpectedTotal,
        };
    }

    public static object Of(UploadResult result)
    {
        Talk(result.Report);
        return new
        {
            result.Report.Upload, result.Report.State, result.Report.Rows, result.Report.Ready, result.Report.LeftOut, result.Report.SumReady,
            result.Allocated, result.Suspense, result.Credit, open_cases = result.Cases, result.NextCutoff,
            will_remit = result.WillRemit is { } next ? $"{next.Total.ToMajor()} in {next.Lines} lines" : "nothing",
        };
    }

    private static void Talk(UploadReport report)
    {
        foreach (var problem in report.Problems.Where(item => item.Severity == "error").Take(Shown)) Console.Error.WriteLine($"{problem.Code}  {problem.Detail}");
        var errors = report.Problems.Count(item => item.Severity == "error");
        if (errors > Shown) Console.Error.WriteLine($"... and {errors - Shown} more; --errors-out FILE writes the rows to fix, 'upload errors' lists all of them.");
    }
}
