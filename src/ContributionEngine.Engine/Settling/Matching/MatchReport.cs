using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>So much of one entry for one remittance.</summary>
/// <param name="Part">Number of the transaction in a batched entry; null: the whole entry.</param>
/// <param name="OpenBefore">What was open on the remittance; of money that comes back, what was paid.</param>
public sealed record ReportedPart(string Entry, long? Part, DateOnly BookedOn, string Remittance, string Agreement, Money Amount, Money OpenBefore);

/// <summary>What would be, or was, booked on an account.</summary>
public sealed record ReportedPosting(string Agreement, string Account, Money Debit, Money Credit);

/// <summary>A difference as an amount of its own: none, short, over or fee.</summary>
public sealed record ReportedDifference(string Name, Money Amount);

public sealed record ReportedRunnerUp(string Remittance, int Score);

/// <summary>One match of a run.</summary>
/// <param name="Proposal">Its name while it is proposed: the same money and remittances have the same one.</param>
/// <param name="Match">Its number once it is booked.</param>
/// <param name="State">matched or proposed.</param>
/// <param name="Kind">payment, returned or refunded.</param>
public sealed record ReportedMatch(string Proposal, string? Match, string State, string Kind, string Pass, int Score, IReadOnlyList<string> Cues, ReportedDifference Difference)
{
    public required IReadOnlyList<ReportedPart> Parts { get; init; }

    public ReportedRunnerUp? RunnerUp { get; init; }

    /// <summary>The text of the bank that was repaired.</summary>
    public string? Seen { get; init; }

    public required IReadOnlyList<ReportedPosting> Books { get; init; }
}

/// <summary>Bank money that is left to a person.</summary>
public sealed record ReportedDoubt(string Entry, string Doubt, Money Amount, IReadOnlyList<string> Candidates);

/// <summary>What a run of the matching came to.</summary>
/// <param name="Run">Null where a single proposal was accepted, or nothing was worth keeping.</param>
/// <param name="Open">How many pieces of bank money were open.</param>
public sealed record MatchReport(string? Run, int Open, int Matched, int Proposed, int Undecided, IReadOnlyList<ReportedMatch> Matches, IReadOnlyList<ReportedDoubt> Doubts)
{
    internal static MatchReport Of(MatchFacts facts, StoredMatchRun? run, IReadOnlyList<ShownMatch> matches, IReadOnlyList<Undecided> doubts) => new(
        run?.Number, facts.Money.Count, matches.Count(item => item.Number is not null), matches.Count(item => item.Number is null), doubts.Count, [.. matches.Select(item => Shown(facts, item))],
        [.. doubts.Select(item => new ReportedDoubt(MatchCases.Subject(item.Money), Words.Of(item.Doubt), In(item.Money.Currency, item.Money.Minor), [.. item.Candidates.Select(other => facts.Stored[other.Id].Number)]))]);

    internal static ReportedMatch Shown(MatchFacts facts, ShownMatch item)
    {
        var match = item.Match;
        var currency = match.Parts[0].Money.Currency;
        return new ReportedMatch(
            Proposal.Name(match), item.Number, item.Number is null ? "proposed" : "matched", Words.Of(match.Kind), Words.Of(match.Pass), match.Score, [.. match.Cues.Select(Words.Of)],
            new ReportedDifference(Words.Of(match.Difference.Name), In(currency, match.Difference.Minor)))
        {
            Parts = [.. match.Parts.Select(part => new ReportedPart(Numbers.BankEntry(part.Money.Entry), part.Money.Part == 0 ? null : part.Money.Part, part.Money.BookedOn, facts.Stored[part.Remittance.Id].Number, facts.Agreements[part.Remittance.Agreement].Number, In(currency, part.Minor), In(currency, part.Open)))],
            RunnerUp = match.RunnerUp is { } next ? new ReportedRunnerUp(facts.Stored[next.Remittance.Id].Number, next.Score) : null,
            Seen = match.Seen,
            Books = [.. match.Parts.SelectMany(part => Books(facts, part))],
        };
    }

    private static IEnumerable<ReportedPosting> Books(MatchFacts facts, MatchedPart part) =>
        (MoneyMoved.Entry(part.Minor, part.Surplus)?.Postings ?? []).Select(side => new ReportedPosting(facts.Agreements[part.Remittance.Agreement].Number, side.Account, In(part.Money.Currency, side.Debit), In(part.Money.Currency, side.Credit)));

    internal static Money In(string currency, long minor) => new(minor, Currency.Of(currency).Value);
}

/// <summary>A match, with its number once it is booked.</summary>
internal sealed record ShownMatch(ProposedMatch Match, string? Number);

/// <summary>How a proposal is called: by its first entry and by what it is made of, so that who accepts it gets what she saw.</summary>
internal static class Proposal
{
    private const int FingerprintBytes = 3;

    public static string Name(ProposedMatch match)
    {
        var content = string.Join(';', match.Parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Money.Entry} {part.Money.Part} {part.Remittance.Id} {part.Minor} {part.Open}")));
        return $"{Numbers.BankEntry(match.Parts[0].Money.Entry)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, FingerprintBytes))}";
    }

    /// <summary>What several are made of, so that who accepts them together gets what she saw.</summary>
    public static string Fingerprint(IEnumerable<ProposedMatch> matches) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(';', matches.Select(Name)))));
}
