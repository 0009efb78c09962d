using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ContributionEngine.Web;

/// <summary>A row of a match: rows with one number are one match.</summary>
internal sealed record MatchAnswer(string Match, string? Run, string State, string Kind, string Entry, long? Part, string? Remittance, string? Agreement, string Currency, string Taken, string Missing, string Surplus)
{
    public required string MatchedBy { get; init; }

    public required long Score { get; init; }

    public required DateOnly MatchedOn { get; init; }

    public required string AcceptedBy { get; init; }

    public required DateOnly? UndoneOn { get; init; }

    public required string? UndoneBy { get; init; }

    public required string? UndoneReason { get; init; }

    public static MatchAnswer Of(ListedMatching row) => new(
        row.Number, row.Run, row.State, row.Kind, row.Entry, row.TxNo == 0 ? null : row.TxNo, row.Remittance, row.Agreement, row.Currency, ApiJson.Text(row.Money(row.Taken)), ApiJson.Text(row.Money(row.Missing)), ApiJson.Text(row.Money(row.Surplus)))
    {
        MatchedBy = row.MatchedBy, Score = row.Score, MatchedOn = row.MatchedOn, AcceptedBy = row.AcceptedBy, UndoneOn = row.UndoneOn, UndoneBy = row.UndoneBy, UndoneReason = row.UndoneReason,
    };
}

internal sealed record MatchPart(string Entry, long? Part, DateOnly BookedOn, string Remittance, string Agreement, string Amount, string OpenBefore);

/// <summary>A match that was booked, or is proposed; the proposal is its name until it is accepted.</summary>
internal sealed record FoundMatch(string Proposal, string? Match, string State, string Kind, string Pass, int Score, IReadOnlyList<string> Cues, string Difference, string DifferenceAmount, string Currency)
{
    public required IReadOnlyList<MatchPart> Parts { get; init; }

    public string? RunnerUp { get; init; }

    public static FoundMatch Of(ReportedMatch one) => new(one.Proposal, one.Match, one.State, one.Kind, one.Pass, one.Score, one.Cues, one.Difference.Name, one.Difference.Amount.ToMajor(), one.Difference.Amount.Currency.Code)
    {
        Parts = [.. one.Parts.Select(part => new MatchPart(part.Entry, part.Part, part.BookedOn, part.Remittance, part.Agreement, part.Amount.ToMajor(), part.OpenBefore.ToMajor()))], RunnerUp = one.RunnerUp?.Remittance,
    };
}

internal sealed record MatchDoubt(string Entry, string Doubt, string Currency, string Amount, IReadOnlyList<string> Candidates);

internal sealed record MatchRunAnswer(string? Run, int Open, int Matched, int Proposed, int Undecided, IReadOnlyList<FoundMatch> Matches, IReadOnlyList<MatchDoubt> Doubts)
{
    public static MatchRunAnswer Of(MatchReport report) => new(
        report.Run, report.Open, report.Matched, report.Proposed, report.Undecided, [.. report.Matches.Select(FoundMatch.Of)],
        [.. report.Doubts.Select(one => new MatchDoubt(one.Entry, one.Doubt, one.Amount.Currency.Code, one.Amount.ToMajor(), one.Candidates))]);
}

internal sealed record SetAsideAnswer(string Entry, string Match, string Currency, string Amount, string State);

internal sealed record MatchRunAsked(string? Agreement = null);

internal sealed record AcceptAsked(string Proposal);

internal sealed record NotOursAsked(string Entry, string Reason);

internal static class MatchesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/matches", ([AsParameters] MatchesWhere where, [AsParameters] PageAsked page, ApiCall call) => call.Page(page, (lists, slice) => lists.Matches(where, slice), MatchAnswer.Of))
            .Reads<PageAnswer<MatchAnswer>>(Access.Users, "Which bank money pays which remittance, newest first");
        api.MapPost("/matches/run", (MatchRunAsked asked, ApiCall call) => call.Write(() => MatchEntries.Run(call.Database, call.Actor, new MatchRequest(asked.Agreement), call.Stop), MatchRunAnswer.Of))
            .Writes<MatchRunAnswer>(Access.Officers, "Match what is open: book what is certain, propose the rest");
        api.MapPost("/matches/accept", (AcceptAsked asked, ApiCall call) => call.Write(() => MatchEntries.Accept(call.Database, call.Actor, asked.Proposal, call.Stop), MatchRunAnswer.Of))
            .Writes<MatchRunAnswer>(Access.Officers, "Book a match that was proposed");
        api.MapPost("/matches/not-ours", (NotOursAsked asked, ApiCall call) => call.Write(
                () => new SetAside(call.Database).Run(call.Actor, (asked.Entry, asked.Reason), call.Stop), one => new SetAsideAnswer(one.Entry, one.Match, one.Amount.Currency.Code, one.Amount.ToMajor(), one.State)))
            .Writes<SetAsideAnswer>(Access.Officers, "Say that an open entry pays no remittance");
        api.MapPost("/matches/{number}/undo", (string number, ReasonAsked asked, ApiCall call) => call.Write(() => new UndoMatch(call.Database).Run(call.Actor, new UndoRequest(number, asked.Reason, call.AsOf), call.Stop), one => one))
            .Writes<UndoneMatches>(Access.Officers, "Take back a match (MAT-...), or a run (MRN-...) with all that stands of it");
    }
}
