using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ContributionEngine.Web;

internal sealed record AgreementAnswer(string Number, string Organisation, string OrganisationName, string Fund, string Pack, string Currency, string State, DateOnly StartsOn, DateOnly EndsOn)
{
    public static AgreementAnswer Of(ListedAgreement row) => new(row.Number, row.Organisation, row.OrganisationName, row.Fund, row.Pack, row.Currency, row.State, row.StartsOn, row.EndsOn);
}

internal sealed record CutoffAnswer(DateTimeOffset Cutoff, DateOnly Day, DateTimeOffset? MovedFrom, IReadOnlyList<string> Why, long? WillRemitLines, string? WillRemitTotal, string? Blocked)
{
    public static CutoffAnswer Of(ListedCutoff row) => new(row.Cutoff, row.Day, row.MovedFrom, [.. row.Why.Select(why => Pack.Word(why))], row.WillRemit?.Lines, ApiJson.Text(row.WillRemit?.Total), row.Blocked);
}

internal sealed record AmendAsked(System.Text.Json.Nodes.JsonObject Changes, string Reason);

internal sealed record CalendarAsked(string? From, string? To);

internal static class AgreementsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/agreements", ([AsParameters] AgreementsWhere where, [AsParameters] PageAsked page, ApiCall call) => call.Page(page, (lists, slice) => lists.Agreements(where, slice), AgreementAnswer.Of))
            .Reads<PageAnswer<AgreementAnswer>>(Access.Users, "Agreements that you may see, by number");
        api.MapGet("/agreements/{number}", (string number, ApiCall call) => call.Show(Found(call, number), AgreementAnswer.Of)).Reads<AgreementAnswer>(Access.Users, "One agreement");
        api.MapGet("/agreements/{number}/calendar", Calendar).Reads<IReadOnlyList<CutoffAnswer>>(Access.Users, "The cut-offs of an agreement");
        api.MapPost("/agreements", Import).Writes<AgreementAnswer>(Access.Officers, "Take in an agreement: the body is the agreement file", StatusCodes.Status201Created).Accepts<System.Text.Json.Nodes.JsonObject>("application/json");
        api.MapPost("/agreements/{number}/amend", Amend).Writes<AgreementAnswer>(Access.Officers, "Change where the fund is, when is cut, or which accounts the money moves between");
    }

    private static Task<Outcome<ListedAgreement>> Found(ApiCall call, string number) => call.Read(work => work.Lists.Agreement(number));

    private static async Task<IResult> Calendar(string number, [AsParameters] CalendarAsked asked, ApiCall call) =>
        (await call.Read(work => AgreementCalendar.Of(work, number, (asked.From, asked.To)))).Ok(out var rows, out var refusal) ? Results.Ok(rows.Select(CutoffAnswer.Of).ToList()) : Problems.Of(refusal);

    private static async Task<IResult> Import(HttpRequest request, ApiCall call)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var json = await reader.ReadToEndAsync(call.Stop);
        var number = "";
        return await call.Write<ListedAgreement>(async () =>
        {
            if (!AgreementFile.Read(json).Ok(out var file, out var refusal)) return refusal;
            number = file.Number;
            return (await new ImportAgreement(call.Database).Run(call.Actor, json, call.Stop)).Refusal is { } no ? no : await Found(call, number);
        }, found => Results.Created($"{Api.Root}/agreements/{Uri.EscapeDataString(number)}", AgreementAnswer.Of(found)));
    }

    private static async Task<IResult> Amend(string number, AmendAsked asked, ApiCall call) => await call.Changed(() => Found(call, number), AgreementAnswer.Of) ?? await call.Write<ListedAgreement, AgreementAnswer>(async () =>
        (await new AmendAgreement(call.Database).Run(call.Actor, new AmendRequest(number, asked.Changes.ToJsonString(), asked.Reason), call.Stop)).Refusal is { } refusal ? refusal : await Found(call, number), AgreementAnswer.Of);
}
