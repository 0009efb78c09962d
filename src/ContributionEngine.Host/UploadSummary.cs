using System.Globalization;
using ContributionEngine.Engine;
using ContributionEngine.Files;

namespace ContributionEngine.Host;

/// <summary>An upload as a person reads it: how it was read, what to fix, how it compares with what is owed, and where the money went.</summary>
internal static class UploadSummary
{
    private static readonly TextWriter Talk = Console.Error;

    public static object Of(UploadReport report)
    {
        Say(report);
        return new
        {
            upload = report.Upload ?? "(checked only, nothing stored)", report.State, report.Rows, report.Ready, report.Warnings, report.Errors, report.LeftOut, report.SumReady, report.ExpectedTotal,
            report.NextCutoff, will_remit = Said(report.Forecast),
        };
    }

    public static object Of(UploadResult result)
    {
        Say(result.Report);
        return new
        {
            result.Report.Upload, result.Report.State, result.Report.Rows, result.Report.Ready, result.Report.LeftOut, result.Report.SumReady,
            result.Allocated, result.Suspense, result.Credit, open_cases = result.Cases, result.NextCutoff,
            will_remit = result.WillRemit is { } next ? $"{next.Total.ToMajor()} in {next.Lines} lines" : "nothing", will_wait = $"{result.WillWait.ToMajor()} of this upload",
        };
    }

    private static void Say(UploadReport report)
    {
        if (report.Understood is { } understood) Say(understood);
        if (report.Unchanged > 0) Talk.WriteLine($"{Count(report.Unchanged)} of the rows left out stand already as they are.");
        var shown = report.Problems.ToLookup(item => (item.Code, item.Severity));
        foreach (var group in report.Groups) Say(group, shown[(group.Code, group.Severity)]);
        if (report.ProblemsTotal > report.Problems.Count || report.Groups.Any(group => group.Rows > group.FirstRows.Count)) Talk.WriteLine("--errors-out FILE writes the rows to fix, 'upload errors' lists every problem of a stored upload.");
        if (report.Schedule is { Members: > 0 } schedule) Talk.WriteLine($"{Count(schedule.InFile)} of {Count(schedule.Members)} members, {schedule.Short.ToMajor()} short of {schedule.Expected.ToMajor()}.");
    }

    private static string Said(FileForecast? forecast) => forecast switch
    {
        { WillRemit: { } remit, WillWait: { } wait } => $"{remit.Total.ToMajor()} in {remit.Lines} lines; {wait.ToMajor()} will wait",
        _ => forecast?.Note ?? "",
    };

    // Columns that bear our own names need no word.
    private static void Say(Understanding understood)
    {
        var columns = understood.Columns.Where(column => column.Reason != "name").Select(column => $"«{column.Header}» as {column.Field} ({column.Reason})").ToList();
        if (columns.Count > 0) Talk.WriteLine($"We read {string.Join(", ", columns)}.");
        if (understood.Ignored.Count > 0) Talk.WriteLine($"Not read: {string.Join(", ", understood.Ignored.Select(header => $"«{header}»"))}.");
        if (understood.Decimal is { } mark) Talk.WriteLine(mark == "," ? "Amounts are written 1.234,50." : "Amounts are written 1,234.50.");
        if (understood.DateOrder is { } order) Talk.WriteLine(order == "dmy" ? "Dates are written day first." : "Dates are written month first.");
        foreach (var note in understood.Notes) Talk.WriteLine($"Tidied up: {note}");
    }

    private static void Say(ProblemGroup group, IEnumerable<FoundProblem> problems)
    {
        Talk.WriteLine($"{group.Code} {group.Severity}: {Count(group.Rows)} {(group.Rows == 1 ? "row" : "rows")}, {group.Amount.ToMajor()}. {group.Repair}");
        foreach (var problem in problems.Take(group.FirstRows.Count))
        {
            Talk.WriteLine($"  {problem.Detail}");
            if (problem.Suggestions is { } members) Talk.WriteLine($"  help: {string.Join("; or ", members.Select(member => $"{member.MemberNo} {member.FullName} ({member.Reason})"))}?");
        }

        if (group.Rows > group.FirstRows.Count) Talk.WriteLine($"  ... and {Count(group.Rows - group.FirstRows.Count)} more");
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
