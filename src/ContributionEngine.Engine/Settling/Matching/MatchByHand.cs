using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>So much of one piece of bank money for one remittance.</summary>
/// <param name="Money">Number of an entry, or <c>BNK-000000001234 part 2</c> for a transaction of it.</param>
/// <param name="Remittance">Number or reference.</param>
/// <param name="Amount">Towards the remittance; null: all of the money.</param>
public sealed record HandPart(string Money, string Remittance, Money? Amount);

/// <summary>What a person puts together.</summary>
/// <param name="Difference">Named where the sums differ: <c>short</c> (it stays open) or <c>over</c> (due from the fund); null: they do not.</param>
public sealed record HandMatch(IReadOnlyList<HandPart> Parts, string? Difference);

/// <summary>Matches what a person puts together: one entry with several remittances, several entries with one, or what the passes did not see.</summary>
public sealed class MatchByHand(Database database)
{
    /// <summary>Parts of one match at most.</summary>
    public const int PartsMax = 200;

    /// <summary>
    /// What would be booked. Refusals: <c>match_too_large</c>, <c>bank_entry_unknown</c>, <c>bank_entry_not_open</c>, <c>remittance_unknown</c>, and those of <see cref="ByPerson.Of"/>.
    /// </summary>
    public Task<Outcome<ReportedMatch>> Show(Actor actor, HandMatch asked, CancellationToken stop) => database.Read<Outcome<ReportedMatch>>(actor, async work =>
        (await Decide(work, asked)).Ok(out var decided, out var refusal) ? MatchReport.Shown(decided.Facts, new ShownMatch(decided.Match, null)) : refusal, stop);

    /// <summary>Books it. Refusals: those of showing it, and <c>match_difference_unnamed</c>.</summary>
    public Task<Outcome<ReportedMatch>> Run(Actor actor, HandMatch asked, CancellationToken stop) => database.Attempt<ReportedMatch>(actor, async work =>
    {
        if (!(await Decide(work, asked)).Ok(out var decided, out var refusal)) return refusal;
        var (facts, match) = decided;
        if (match.Difference.Name is DifferenceName.Short or DifferenceName.Over && Words.Of(match.Difference.Name) != asked.Difference) return Unnamed(match);
        var booked = await new MatchBooking(work, facts, new MatchOrigin(null, work.Actor.Name)).Book([match]);
        await MatchCases.CloseAbout(work, [match]);
        return MatchReport.Shown(facts, new ShownMatch(match, booked[0]));
    }, stop);

    private sealed record Decided(MatchFacts Facts, ProposedMatch Match);

    private static async Task<Outcome<Decided>> Decide(Work work, HandMatch asked)
    {
        if (asked.Parts.Count > PartsMax) return Refusal.Usage("match_too_large", $"A match has at most {PartsMax} parts.") with { Help = "Match in several steps." };
        var remittances = new Dictionary<string, long>();
        foreach (var name in asked.Parts.Select(part => part.Remittance).Distinct())
        {
            if (!(await work.Remittances.Find(name)).Ok(out var found, out var unknown)) return unknown;
            remittances[name] = found.Id;
        }

        var entries = asked.Parts.Select(part => MatchCases.Read(part.Money).Entry).OfType<long>().Distinct().ToList();
        if (!(await MatchFacts.Chosen(work, new MatchingRules(), (entries, remittances.Values.Distinct().ToList()))).Ok(out var facts, out var refusal)) return refusal;
        var money = facts.Money.ToDictionary(item => ((long?)item.Entry, item.Part));
        var open = facts.Remittances.ToDictionary(item => item.Id);
        var chosen = new List<ChosenPart>();
        foreach (var part in asked.Parts)
        {
            if (!money.TryGetValue(MatchCases.Read(part.Money), out var piece)) return await MatchCases.NotOpen(work, part.Money);
            var minor = part.Amount is { } amount ? amount.Minor * Math.Sign(piece.Minor) : piece.Minor;
            chosen.Add(new ChosenPart(piece, open[remittances[part.Remittance]], minor));
        }

        return ByPerson.Of(new MatchingRules(), chosen).Ok(out var match, out refusal) ? new Decided(facts, match) : refusal;
    }

    private static Refusal Unnamed(ProposedMatch match)
    {
        var amount = MatchReport.In(match.Parts[0].Money.Currency, match.Difference.Minor);
        return Refusal.Input("match_difference_unnamed", match.Difference.Name == DifferenceName.Short ? $"{amount} would stay open." : $"{amount} would be above what is open, and due from the fund.") with
        {
            Help = $"Say that this is meant: {Words.Of(match.Difference.Name)}.", Field = "difference", Value = amount.ToString(),
        };
    }
}
