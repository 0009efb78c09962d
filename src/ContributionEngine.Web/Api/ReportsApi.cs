using System.Text.Json.Nodes;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ContributionEngine.Web;

/// <summary>A report: its columns, and by row a cell for each. Amounts and shares are decimal texts.</summary>
internal sealed record ReportAnswer(string Report, DateOnly Day, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<JsonNode?>> Rows);

internal sealed record ReportAsked(string? Agreement, int? Target);

internal static class ReportsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/reports/{name}", Report).Reads<ReportAnswer>(Access.Users, $"A report: {string.Join(", ", Reports.Names)}");
    }

    private static async Task<IResult> Report(string name, [AsParameters] ReportAsked asked, ApiCall call)
    {
        var question = new ReportQuestion(asked.Agreement, call.AsOf) { TargetPercent = asked.Target ?? ReportQuestion.TargetPercentDefault };
        if (!(await Reports.Run(call.Database, call.Actor, (name, question), call.Stop)).Ok(out var report, out var refusal)) return Problems.Of(refusal);
        return Results.Ok(new ReportAnswer(name, report.Day, report.Table.Columns, [.. report.Table.Rows.Select(row => row.Select(Cell).ToList())]));
    }

    private static JsonNode? Cell(object? value) => value switch
    {
        null => null,
        Money amount => amount.ToMajor(),
        long number => number,
        int number => number,
        DateOnly day => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        DateTimeOffset moment => InstantText.Of(moment),
        _ => value.ToString(),
    };
}
