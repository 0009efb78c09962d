using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ContributionEngine.Web;

internal sealed record RemittanceAnswer(string Remittance, string Agreement, string Kind, string State, string Delivery, string Answer, string Money, DateTimeOffset Cutoff, string Currency, long Lines)
{
    public required string Total { get; init; }

    public required string Rejected { get; init; }

    public required string Paid { get; init; }

    public required string Reference { get; init; }

    public required string? FundReference { get; init; }

    public required string? Period { get; init; }

    public required string? SettlementRun { get; init; }

    public required string? Supplements { get; init; }

    public required string FileName { get; init; }

    public required string Sha256 { get; init; }

    public required DateTimeOffset SealedAt { get; init; }

    public required DateTimeOffset? DeliveredAt { get; init; }

    public required DateTimeOffset? AcknowledgedAt { get; init; }

    public required DateTimeOffset? SettledAt { get; init; }

    public static RemittanceAnswer Of(ListedRemittance row) => new(row.Number, row.Agreement, row.Kind, row.State, row.Delivery, row.Answer, row.MoneyState, row.Cutoff, row.Currency, row.LineCount)
    {
        Total = ApiJson.Text(row.Money(row.Total)), Rejected = ApiJson.Text(row.Money(row.Rejected)), Paid = ApiJson.Text(row.Money(row.Paid)), Reference = row.Reference, FundReference = row.FundReference, Period = row.Period,
        SettlementRun = row.Run, Supplements = row.Supplements, FileName = row.FileName, Sha256 = row.Sha256, SealedAt = row.SealedAt, DeliveredAt = row.DeliveredAt, AcknowledgedAt = row.AcknowledgedAt, SettledAt = row.SettledAt,
    };
}

internal sealed record LineAnswer(long Line, string MemberNo, string NationalId, string FullName, string Period, string Component, string Class, string Currency, string Amount, string Outcome, string Code)
{
    public static LineAnswer Of(ListedLine row) => new(row.LineNo, row.MemberNo, row.NationalId, row.FullName, row.Period, row.Component, row.Class, row.Currency, ApiJson.Text(row.Money(row.Amount)), row.Outcome, row.Code);
}

internal sealed record DeliveryAnswer(string Remittance, string Agreement, long Attempt, string Channel, string Kind, string State, string? Detail, DateTimeOffset StartedAt, DateTimeOffset? EndedAt)
{
    public static DeliveryAnswer Of(ListedDelivery row, ApiCall call) => new(row.Remittance, row.Agreement, row.Attempt, row.Channel, row.Kind, row.State, row.Said is { } said ? call.Told(said) : row.Detail, row.StartedAt, row.EndedAt);
}

internal sealed record AckAnswer(string Remittance, string Agreement, string Level, long? Line, string Outcome, string Code, string Text, string Currency, string? Amount, string Sha256, bool Applied, DateTimeOffset ReceivedAt)
{
    public static AckAnswer Of(ListedAcknowledgement row) => new(
        row.Remittance, row.Agreement, row.Level, row.LineNo, row.Outcome, row.Code, row.Text, row.Currency, row.Amount is { } minor ? ApiJson.Text(row.Money(minor)) : null, row.Sha256, row.Applied == 1, row.ReceivedAt);
}

/// <summary>What was found in an answer of a fund: each finding says of which remittance.</summary>
internal sealed record TakenAckAnswer(int Answers, IReadOnlyList<string> Findings, bool SentBack);

/// <summary>A form with the fund's file.</summary>
internal sealed record AckForm(IFormFile File, string? Fund = null);

internal sealed record ReasonAsked(string Reason);

internal static class RemittancesApi
{
    private const string Bytes = "application/octet-stream";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/remittances", ([AsParameters] RemittancesWhere where, [AsParameters] PageAsked page, ApiCall call) => call.Page(page, (lists, slice) => lists.Remittances(where, slice), RemittanceAnswer.Of))
            .Reads<PageAnswer<RemittanceAnswer>>(Access.Users, "What goes to funds, newest first");
        api.MapGet("/remittances/{number}", (string number, ApiCall call) => call.Show(Found(call, number), RemittanceAnswer.Of)).Reads<RemittanceAnswer>(Access.Users, "One remittance, by its number or its reference");
        api.MapGet("/remittances/{number}/lines", (string number, [AsParameters] LinesWhere where, [AsParameters] PageAsked page, ApiCall call) => call.Page(page, (lists, slice) => lists.Lines(number, where, slice), LineAnswer.Of))
            .Reads<PageAnswer<LineAnswer>>(Access.Users, "Lines of a remittance, in their order");
        api.MapGet("/remittances/{number}/declaration", Declaration).ReadsFile(Access.Users, "The declaration byte for byte as it was sealed, or with format=pain.001... the order that pays it");
        api.MapPost("/remittances/{number}/deliver", (string number, ApiCall call) => Change(call, number, async () => (await new HandOver(call.Database).Now(call.Actor, number, call.Stop)).Refusal))
            .Writes<RemittanceAnswer>(Access.Officers, "Hand a remittance over now; one that is unknown is only asked about", StatusCodes.Status202Accepted);
        api.MapPost("/remittances/{number}/cancel", (string number, ReasonAsked asked, ApiCall call) => Change(call, number, async () => (await new HandOver(call.Database).Cancel(call.Actor, number, asked.Reason, call.Stop)).Refusal))
            .Writes<RemittanceAnswer>(Access.Officers, "Give up a remittance that has not reached the fund; its money is back in custody", StatusCodes.Status202Accepted);
        api.MapPost("/remittances/{number}/supplementary", (string number, ApiCall call) => Again(call, async () => (await new CutAgain(call.Database).Supplement(call.Actor, number, call.AsOf, call.Stop)).Refusal, number))
            .Writes<PageAnswer<RemittanceAnswer>>(Access.Officers, "Send now the lines of a remittance that came back and are in custody", StatusCodes.Status202Accepted);
        api.MapPost("/remittances/{number}/revised", (string number, ApiCall call) => Again(call, async () => (await new CutAgain(call.Database).Revise(call.Actor, number, call.AsOf, call.Stop)).Refusal, number))
            .Writes<PageAnswer<RemittanceAnswer>>(Access.Officers, "Send now the differences to a remittance", StatusCodes.Status202Accepted);
        api.MapGet("/deliveries", ([AsParameters] DeliveriesWhere where, [AsParameters] PageAsked page, ApiCall call) => call.Page(page, (lists, slice) => lists.Deliveries(where, slice), row => DeliveryAnswer.Of(row, call)))
            .Reads<PageAnswer<DeliveryAnswer>>(Access.Users, "Attempts to hand remittances over, newest first");
        api.MapGet("/acks", ([AsParameters] AcknowledgementsWhere where, [AsParameters] PageAsked page, ApiCall call) => call.Page(page, (lists, slice) => lists.Acknowledgements(where, slice), AckAnswer.Of))
            .Reads<PageAnswer<AckAnswer>>(Access.Users, "What funds have said of remittances and lines, newest first");
        api.MapPost("/acks", Import).Writes<TakenAckAnswer>(Access.Officers, "Take in a file with answers of a fund").Takes<AckForm>();
    }

    private static Task<Outcome<ListedRemittance>> Found(ApiCall call, string number) => call.Read(work => work.Lists.Remittance(number));

    private static async Task<IResult> Change(ApiCall call, string number, Func<Task<Refusal?>> step) => await call.Changed(() => Found(call, number), RemittanceAnswer.Of) ?? await call.Write(
        async () => await step() is { } refusal ? refusal : await Found(call, number), found => Results.Accepted($"{Api.Root}/remittances/{found.Number}", RemittanceAnswer.Of(found)));

    // Those that go with the earlier one, newest first: what was just made is the first of them.
    private static Task<IResult> Again(ApiCall call, Func<Task<Refusal?>> step, string number) => call.Write(async () =>
    {
        if (await step() is { } refusal) return refusal;
        if (!(await Found(call, number)).Ok(out var earlier, out refusal)) return refusal;
        return await call.Read(work => work.Lists.Remittances(new RemittancesWhere { Agreement = earlier.Agreement }, new Slice()));
    }, page => Results.Accepted(null, new PageAnswer<RemittanceAnswer>([.. page.Rows.Where(row => row.Supplements is not null).Select(RemittanceAnswer.Of)], page.HasMore, page.Next?.Opaque)));

    private static async Task<IResult> Declaration(string number, string? format, ApiCall call)
    {
        var bytes = new MemoryStream();
        if (!(await new ExportRemittance(call.Database).Run(call.Actor, (number, format), () => bytes, call.Stop)).Ok(out var written, out var refusal)) return Problems.Of(refusal);
        if (!(await Found(call, number)).Ok(out var found, out refusal)) return Problems.Of(refusal);
        return Results.Bytes(bytes.ToArray(), Bytes, format is null ? found.FileName : $"{written.Remittance}.xml");
    }

    private static async Task<IResult> Import(HttpRequest request, ApiCall call)
    {
        if (!(await SentForm.Of(request, call.Stop)).Ok(out var form, out var refusal)) return Problems.Of(refusal);
        using var bytes = new MemoryStream();
        await form.File.CopyToAsync(bytes, call.Stop);
        var answer = new RawAnswer(form.File.FileName, bytes.ToArray(), ImportAnswer.ByHand) { Fund = form["fund"] };
        return await call.Write(() => new ImportAnswer(call.Database).Run(call.Actor, answer, call.Stop), taken => new TakenAckAnswer(taken.Answers.Count, [.. taken.Findings.Select(call.Said)], taken.SentBack));
    }
}
