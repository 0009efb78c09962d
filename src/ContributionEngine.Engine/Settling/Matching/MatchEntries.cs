using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Which matching is asked for.</summary>
/// <param name="Agreement">Only matches of this agreement are made and shown; null: of all.</param>
public sealed record MatchRequest(string? Agreement);

/// <summary>
/// Matches open bank money with remittances: after each import by message, or when a person asks. What is certain is booked;
/// the rest is proposed, and what is doubtful is a case.
/// </summary>
public sealed class MatchEntries : IUseCase<MatchBank>
{
    /// <summary>Who accepts what is certain.</summary>
    public const string Engine = "engine";

    /// <summary>Reason of the case of money that the fund was paid above what is payable.</summary>
    public const string Above = "paid_above";

    /// <summary>An import has nothing to tell when nothing is open, and leaves no run behind where nothing was matched.</summary>
    public Task Run(MatchBank said, Turn turn, CancellationToken stop) => turn.Once(async work => _ = (await On(work, new MatchRequest(null), isAsked: false)).Value, stop);

    /// <summary>Runs the matching. Refusals: <c>agreement_unknown</c>.</summary>
    public static Task<Outcome<MatchReport>> Run(Database database, Actor actor, MatchRequest asked, CancellationToken stop) =>
        database.Attempt(actor, work => On(work, asked, isAsked: true), stop);

    /// <summary>
    /// Books one match that was proposed. It is worked out anew, so that nothing is booked that does not hold any more.
    /// Refusals: <c>proposal_unknown</c>.
    /// </summary>
    public static Task<Outcome<MatchReport>> Accept(Database database, Actor actor, string proposal, CancellationToken stop) => database.Attempt<MatchReport>(actor, async work =>
    {
        var rules = new MatchingRules();
        if (!(await MatchFacts.Load(work, rules)).Ok(out var facts, out var refusal)) return refusal;
        var result = Core.Matching.Of(rules, facts.Money, facts.Remittances);
        if (result.Proposals.FirstOrDefault(match => Proposal.Name(match).Equals(proposal, StringComparison.OrdinalIgnoreCase)) is not { } found)
        {
            return Refusal.NotFound("proposal_unknown", $"«{proposal}» is not proposed, or not any more.") with { Help = "'bank match run --dry-run' shows what is proposed now." };
        }

        var booked = await new MatchBooking(work, facts, new MatchOrigin(null, work.Actor.Name)).Book([found]);
        await MatchCases.CloseAbout(work, [found]);
        return MatchReport.Of(facts, null, [new ShownMatch(found, booked[0])], []);
    }, stop);

    /// <summary>
    /// Books, as one run, all that the desk shows as certain: the set whose fingerprint the acting user has seen. Refusals: <c>proposals_changed</c>.
    /// </summary>
    public static Task<Outcome<MatchReport>> AcceptCertain(Database database, Actor actor, string fingerprint, CancellationToken stop) => database.Attempt<MatchReport>(actor, async work =>
    {
        var rules = new MatchingRules();
        if (!(await MatchFacts.Load(work, rules)).Ok(out var facts, out var refusal)) return refusal;
        var result = Core.Matching.Of(rules, facts.Money, facts.Remittances);
        var certain = result.Proposals.Where(match => Likeness.Of(rules, match) == Likeness.Certain).ToList();
        if (certain.Count == 0 || Proposal.Fingerprint(certain) != fingerprint) return Refusal.Conflict("proposals_changed", "What is certain is not what you have seen: something was matched or came in meanwhile.") with { Help = "Look at the list again, and accept what it shows now." };
        var run = FrozenRun.Of(work, rules, facts, result);
        await work.MatchRuns.Add(run);
        var booked = await new MatchBooking(work, facts, new MatchOrigin(run, work.Actor.Name)).Book(certain);
        await MatchCases.CloseAbout(work, certain);
        return MatchReport.Of(facts, run, [.. certain.Zip(booked, (match, number) => new ShownMatch(match, number))], []);
    }, stop);

    /// <summary>The case of money that the fund was paid above what is payable.</summary>
    internal static NewCase PaidAbove(StoredRemittance remittance, long surplus) =>
        new(Above, remittance.Number, surplus, $"The bank shows more than the lines that the fund has kept; the difference is due from the fund.");

    private static async Task<Outcome<MatchReport>> On(Work work, MatchRequest asked, bool isAsked)
    {
        var rules = new MatchingRules();
        if (!(await Only(work, asked.Agreement)).Ok(out var only, out var refusal)) return refusal;
        if (!(await MatchFacts.Load(work, rules)).Ok(out var facts, out refusal)) return refusal;
        if (facts.Money.Count == 0 && !isAsked) return MatchReport.Of(facts, null, [], []);
        var result = Core.Matching.Of(rules, facts.Money, facts.Remittances);
        var wanted = result.Proposals.Where(match => only.Length == 0 || match.Parts.All(part => part.Remittance.Agreement == only[0])).ToList();
        var accepted = wanted.Where(match => match.IsAccepted).ToList();
        var run = isAsked || accepted.Count > 0 ? FrozenRun.Of(work, rules, facts, result) : null;
        if (run is not null) await work.MatchRuns.Add(run);
        var booked = await new MatchBooking(work, facts, new MatchOrigin(run, Engine)).Book(accepted);
        await MatchCases.Keep(work, facts, result, accepted);
        var numbers = accepted.Zip(booked).ToDictionary(pair => pair.First, pair => pair.Second);
        return MatchReport.Of(facts, run, [.. wanted.Select(match => new ShownMatch(match, numbers.GetValueOrDefault(match)))], [.. result.Undecided.Where(item => only.Length == 0 || item.Candidates.Any(other => other.Agreement == only[0]))]);
    }

    private static async Task<Outcome<long[]>> Only(Work work, string? agreement)
    {
        if (agreement is null) return Array.Empty<long>();
        return (await work.Agreements.Find(agreement)).Ok(out var found, out var refusal) ? new[] { found.Id } : refusal;
    }
}
