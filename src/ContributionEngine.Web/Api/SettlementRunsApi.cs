using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ContributionEngine.Web;

internal sealed record RunAnswer(string Run, string Agreement, DateTimeOffset Cutoff, string State, DateTimeOffset StartedAt, DateTimeOffset? CompletedAt, string Currency, string CarriedForward, long Remittances, string Total)
{
    public static RunAnswer Of(ListedRun row) => new(row.Number, row.Agreement, row.Cutoff, row.State, row.StartedAt, row.CompletedAt, row.Currency, ApiJson.Text(row.Money(row.Carried)), row.Remittances, ApiJson.Text(row.Money(row.Total)));
}

internal sealed record PlanAnswer(string Agreement, DateTimeOffset? Cutoff, long Lines, string Currency, string Total, string? Blocked)
{
    public static PlanAnswer Of(SettlementForecast plan) => new(plan.Agreement, plan.Cutoff, plan.Lines, plan.Total.Currency.Code, plan.Total.ToMajor(), plan.Blocked);
}

/// <param name="Run">Null where no cut-off was due.</param>
internal sealed record BegunAnswer(string Agreement, RunAnswer? Run, bool NothingDue);

internal sealed record RunAsked(string Agreement);

internal static class SettlementRunsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/settlement-runs", ([AsParameters] RunsWhere where, [AsParameters] PageAsked page, ApiCall call) => call.Page(page, (lists, slice) => lists.SettlementRuns(where, slice), RunAnswer.Of))
            .Reads<PageAnswer<RunAnswer>>(Access.Users, "Settlement runs, newest first");
        api.MapGet("/settlement-runs/plan", Plan).Reads<PlanAnswer>(Access.Users, "What the next cut-off of an agreement would take");
        api.MapGet("/settlement-runs/{number}", (string number, ApiCall call) => call.Show(call.Read(work => work.Lists.SettlementRun(number)), RunAnswer.Of)).Reads<RunAnswer>(Access.Users, "One settlement run");
        api.MapGet("/settlement-runs/{number}/report", Report).ReadsFile(Access.Users, "What a run took and made of it: control totals, remittances, cases and the hashes of its inputs, as format json (the default), csv, html or pdf");
        api.MapPost("/settlement-runs", Begin).Writes<BegunAnswer>(Access.Officers, "Cut what is due and hand it to the fund: the workers go on, and resume what was interrupted", StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> Plan(string agreement, ApiCall call) =>
        (await new RunSettlement(call.Database).Plan(call.Actor, new SettlementRequest(agreement, call.AsOf), call.Stop)).Ok(out var plan, out var refusal) ? Results.Ok(PlanAnswer.Of(plan)) : Problems.Of(refusal);

    private static Task<IResult> Report(string number, string? format, [AsParameters] Wish wish) => TakenAway.ForPrograms(async (form, file) =>
    {
        var made = await new ReportSettlement(wish.Database).Run(wish.Actor, (number, wish.Tongue.Tag), wish.Stop);
        if (made.Ok(out var report, out _)) new SettlementReportFile(report, wish.Tongue.Word).Write(form, file);
        return made;
    }, (number, format, SettlementReportFile.Formats), wish);

    private static Task<IResult> Begin(RunAsked asked, ApiCall call) => call.Write<ListedRun?>(async () =>
    {
        var before = await Newest(call, asked.Agreement);
        if ((await new RunSettlement(call.Database).Begin(call.Actor, new SettlementRequest(asked.Agreement, call.AsOf), call.Stop)).Refusal is { } refusal) return refusal;
        var after = await Newest(call, asked.Agreement);
        return after?.Id == before?.Id ? (ListedRun?)null : after;
    }, run => Results.Accepted(run is null ? null : $"{Api.Root}/settlement-runs/{run.Number}", new BegunAnswer(asked.Agreement, run is null ? null : RunAnswer.Of(run), run is null)));

    private static async Task<ListedRun?> Newest(ApiCall call, string agreement) =>
        (await call.Read(work => work.Lists.SettlementRuns(new RunsWhere { Agreement = agreement }, new Slice(1)))).Ok(out var page, out _) && page.Rows is [var newest] ? newest : null;
}
