using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace ContributionEngine.Web;

internal sealed record ReceiptAnswer(string Receipt, string Agreement, string Upload, long Row, string? ReceiptNo, string? MemberNo, string? FullName, DateOnly ReceivedOn, string Currency, string Amount)
{
    public required string Allocated { get; init; }

    public required string Suspense { get; init; }

    public required string Credit { get; init; }

    public required string Refunded { get; init; }

    public required string Reversed { get; init; }

    public required string WrittenOff { get; init; }

    public required string State { get; init; }

    public required string? Period { get; init; }

    public required string? Method { get; init; }

    public required string? Reference { get; init; }

    public static ReceiptAnswer Of(ListedReceipt row) => new(row.Number, row.Agreement, row.Upload, row.RowNo, row.ReceiptNo, row.MemberNo, row.FullName, row.ReceivedOn, row.Currency, ApiJson.Text(row.Money(row.Amount)))
    {
        Allocated = ApiJson.Text(row.Money(row.Allocated)), Suspense = ApiJson.Text(row.Money(row.Suspense)), Credit = ApiJson.Text(row.Money(row.Credit)), Refunded = ApiJson.Text(row.Money(row.Refunded)),
        Reversed = ApiJson.Text(row.Money(row.Reversed)), WrittenOff = ApiJson.Text(row.Money(row.WrittenOff)), State = row.State, Period = row.NamedPeriod, Method = row.Method, Reference = row.Reference,
    };
}

internal sealed record ReceiptPart(string Obligation, string Period, string Component, string Amount, DateOnly AllocatedOn, string? Line, string? Outcome);

internal sealed record ReceiptReversal(string Kind, string Amount, DateOnly On, string Reason, string? ReplacedBy);

internal sealed record ReceiptShown(string Receipt, string Agreement, string Upload, long Row, string? ReceiptNo, string? MemberNo, DateOnly ReceivedOn, string Currency, string Amount, string State)
{
    public required string Allocated { get; init; }

    public required string Suspense { get; init; }

    public required string Credit { get; init; }

    public required IReadOnlyList<ReceiptPart> Allocations { get; init; }

    public required IReadOnlyList<ReceiptReversal> Reversals { get; init; }

    public static ReceiptShown Of(ShownReceipt one) => new(one.Receipt, one.Agreement, one.Upload, one.Row, one.ReceiptNo, one.MemberNo, one.ReceivedOn, one.Amount.Currency.Code, one.Amount.ToMajor(), one.State)
    {
        Allocated = one.Allocated.ToMajor(), Suspense = one.Suspense.ToMajor(), Credit = one.Credit.ToMajor(),
        Allocations = [.. one.Allocations.Select(part => new ReceiptPart(part.Obligation, part.Period, part.Component, part.Amount.ToMajor(), part.AllocatedOn, part.Line, part.Outcome))],
        Reversals = [.. one.Reversals.Select(part => new ReceiptReversal(part.Kind, part.Amount.ToMajor(), part.On, part.Reason, part.ReplacedBy))],
    };
}

internal sealed record ObligationAnswer(string Obligation, string Agreement, string MemberNo, string FullName, string Period, string Component, string Payer, string Class, DateOnly DueOn, string Currency)
{
    public required string Amount { get; init; }

    public required string Reduced { get; init; }

    public required string Allocated { get; init; }

    public required string Open { get; init; }

    public required string State { get; init; }

    public static ObligationAnswer Of(ListedObligation row) => new(row.Number, row.Agreement, row.MemberNo, row.FullName, row.Period, row.Component, row.Payer, row.Class, row.DueOn, row.Currency)
    {
        Amount = ApiJson.Text(row.Money(row.Amount)), Reduced = ApiJson.Text(row.Money(row.Reduced)), Allocated = ApiJson.Text(row.Money(row.Allocated)), Open = ApiJson.Text(row.Money(row.Open)), State = row.State,
    };
}

/// <param name="State">posted, ended (moved or reversed), held (in suspense) or credit.</param>
internal sealed record ReceiptsAsked(string? Agreement, string? Upload, string? Member, string? State, DateOnly? From, DateOnly? To, [property: FromQuery(Name = "receipt_no")] string? ReceiptNo)
{
    public ReceiptsWhere Where => new() { Agreement = Agreement, Upload = Upload, Member = Member, State = State, From = From, To = To, ReceiptNo = ReceiptNo };
}

/// <param name="Agreement">Needed where the receipt is named by the treasurer's own number.</param>
internal sealed record CorrectionAsked(string Reason, string? Agreement = null, string? ToMember = null, string? ToPeriod = null)
{
    public CorrectionRequest Request(string kind, string subject, string? asOf) => new(kind, subject, Reason) { Agreement = Agreement, ToMember = ToMember, ToPeriod = ToPeriod, AsOf = asOf };
}

internal static class ReceiptsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/receipts", ([AsParameters] ReceiptsAsked asked, [AsParameters] PageAsked page, ApiCall call) => call.Page(page, (lists, slice) => lists.Receipts(asked.Where, slice), ReceiptAnswer.Of))
            .Reads<PageAnswer<ReceiptAnswer>>(Access.Users, "Receipts by day, newest first");
        api.MapGet("/receipts/{number}", (string number, string? agreement, ApiCall call) => call.Show(new ShowReceipt(call.Database).Run(call.Actor, number, agreement, call.Stop), ReceiptShown.Of))
            .Reads<ReceiptShown>(Access.Users, "One receipt with everything that became of it");
        Correction(api, "reverse", "Take back a payment that was none");
        Correction(api, "refund", "Give back what a receipt holds as credit or in suspense; a second person decides");
        Correction(api, "move", "Give a payment to another member (to_member) or period (to_period)");
        api.MapGet("/obligations", ([AsParameters] ObligationsWhere where, [AsParameters] PageAsked page, ApiCall call) => call.Page(page, (lists, slice) => lists.Obligations(where, slice), ObligationAnswer.Of))
            .Reads<PageAnswer<ObligationAnswer>>(Access.Users, "Amounts owed, newest first");
    }

    private static void Correction(RouteGroupBuilder api, string kind, string summary) => api.MapPost($"/receipts/{{number}}/{kind}", (string number, CorrectionAsked asked, ApiCall call) =>
        call.Write(() => call.Correct(asked.Request(kind, number, call.AsOf)), CorrectionAnswer.Of)).Writes<CorrectionAnswer>(Access.Officers, summary);
}
