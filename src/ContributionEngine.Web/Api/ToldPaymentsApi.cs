using ContributionEngine.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ContributionEngine.Web;

internal sealed record ToldPaymentAnswer(string Told, DateOnly PaidOn, string Channel, string Slip, string Currency, string Amount, string ToldBy, DateTimeOffset ToldAt)
{
    public static ToldPaymentAnswer Of(KnownToldPayment one) => new($"{one.Id}", one.PaidOn, one.Channel, one.Slip, one.Amount.Currency.Code, ApiJson.Text(one.Amount), one.ToldBy, one.ToldAt);
}

/// <param name="Channel">bank, mobile_money or cash_desk.</param>
/// <param name="Slip">The number on the paper or the message that was given.</param>
internal sealed record ToldPaymentAsked(string PaidOn, string Channel, string Slip, string Amount);

internal static class ToldPaymentsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/remittances/{number}/told-payments", List).Reads<PageAnswer<ToldPaymentAnswer>>(Access.Users, "What the organisation has told of payments of a remittance, oldest first: all of it on one page");
        api.MapPost("/remittances/{number}/told-payments", (string number, ToldPaymentAsked asked, ApiCall call) => call.Write(
                () => new TellPayment(call.Database).Tell(call.Actor, new ToldRequest(number, asked.PaidOn, asked.Channel, asked.Slip, asked.Amount), call.Stop), ToldPaymentAnswer.Of))
            .Writes<ToldPaymentAnswer>(Access.Treasurers, "Tell that a remittance is paid, so that the fund finds the money: it moves none, and only the organisation itself may");
        api.MapPost("/remittances/{number}/told-payments/{id}/take-back", (string number, long id, ApiCall call) => call.Write(() => new TellPayment(call.Database).TakeBack(call.Actor, (number, id), call.Stop), ToldPaymentAnswer.Of))
            .Writes<ToldPaymentAnswer>(Access.Treasurers, "Take back what was told");
    }

    private static async Task<IResult> List(string number, ApiCall call) => (await new TellPayment(call.Database).List(call.Actor, number, call.Stop)).Ok(out var told, out var refusal)
        ? Results.Ok(new PageAnswer<ToldPaymentAnswer>([.. told.Select(ToldPaymentAnswer.Of)], false, null)) : Problems.Of(refusal);
}
