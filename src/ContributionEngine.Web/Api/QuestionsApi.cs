using System.Globalization;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ContributionEngine.Web;

internal sealed record NamedAnswer(string Remittance, string Reference, string Open);

/// <summary>What an organisation is asked about bank money. Entry, part and who asked stand only for the fund, the remittances to choose from only for the organisation.</summary>
internal sealed record QuestionAnswer(string Question, string? Entry, long? Part, string Organisation, DateOnly BookedOn, string Currency, string Amount, string AccountEnd, DateTimeOffset AskedAt)
{
    public required string? AskedBy { get; init; }

    public required string? Answer { get; init; }

    public required string? Remittance { get; init; }

    public required string? Reference { get; init; }

    public required string? AnsweredBy { get; init; }

    public required DateTimeOffset? AnsweredAt { get; init; }

    public required IReadOnlyList<NamedAnswer> Remittances { get; init; }

    public static QuestionAnswer Of(KnownQuestion one)
    {
        var (entry, part) = one.Money?.Split(" part ") is [var of, .. var rest] ? (of, rest is [var no] ? long.Parse(no, CultureInfo.InvariantCulture) : (long?)null) : (null, null);
        return new QuestionAnswer(one.Question, entry, part, one.Organisation, one.BookedOn, one.Amount.Currency.Code, ApiJson.Text(one.Amount), one.AccountEnd, one.AskedAt)
        {
            AskedBy = one.AskedBy, Answer = one.Answer, Remittance = one.Remittance, Reference = one.Reference, AnsweredBy = one.AnsweredBy, AnsweredAt = one.AnsweredAt,
            Remittances = [.. one.Remittances.Select(named => new NamedAnswer(named.Number, named.Reference, ApiJson.Text(named.Open)))],
        };
    }
}

internal sealed record WithdrawnAnswer(string Question);

/// <summary>The code of the organisation; part is the number of a transaction in a batched entry.</summary>
internal sealed record QuestionAsked(string Organisation, long? Part = null);

/// <summary>Either the remittance that the money is for, or that it is not theirs.</summary>
internal sealed record MoneyAnswerAsked(string? Remittance = null, bool NotOurs = false);

internal static class QuestionsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/bank/entries/{number}/questions", (string number, QuestionAsked asked, ApiCall call) => call.Write(
                () => Of(call).Ask(call.Actor, (asked.Part is { } part ? $"{number} part {part}" : number, asked.Organisation), call.Stop), QuestionAnswer.Of))
            .Writes<QuestionAnswer>(Access.Officers, "Ask an organisation whether bank money is theirs; nothing is booked");
        api.MapGet("/bank/questions", async (ApiCall call) => Results.Ok((await Of(call).List(call.Actor, call.Stop)).Select(QuestionAnswer.Of).ToList()))
            .Reads<IReadOnlyList<QuestionAnswer>>(Access.Users, "Questions about bank money that is open, oldest first");
        api.MapPost("/bank/questions/{number}/answer", (string number, MoneyAnswerAsked asked, ApiCall call) => call.Write(
                () => Of(call).Answer(call.Actor, new MoneyAnswer(number, asked.Remittance, asked.NotOurs), call.Stop), QuestionAnswer.Of))
            .Writes<QuestionAnswer>(Access.Treasurers, "Answer as the organisation that is asked: which remittance the money is for, or that it is not theirs");
        api.MapPost("/bank/questions/{number}/withdraw", (string number, ApiCall call) => call.Write(() => Of(call).Withdraw(call.Actor, number, call.Stop), question => new WithdrawnAnswer(question)))
            .Writes<WithdrawnAnswer>(Access.Officers, "Take a question back, answered or not");
    }

    private static AskTreasurer Of(ApiCall call) => new(call.Database);
}
