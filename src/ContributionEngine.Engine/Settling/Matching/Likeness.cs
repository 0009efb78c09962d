using ContributionEngine.Core;

namespace ContributionEngine.Engine;

/// <summary>How sure a match is, in a word for people.</summary>
public static class Likeness
{
    /// <summary>Speaks for itself as clearly as a match that needs no person, and nobody has undone it.</summary>
    public const string Certain = "certain";

    public const string Likely = "likely";

    public const string Possible = "possible";

    internal static string Of(MatchingRules rules, ProposedMatch match) => match.Score >= rules.AutoAccept && !match.Parts.Any(part => part.Money.Undone.Contains(part.Remittance.Id)) && match.Kind == MatchKind.Payment && match.Difference.Name is DifferenceName.None or DifferenceName.Fee
        ? Certain
        : Of(rules, match.Score);

    // Half of what needs no person is worth a look before others.
    internal static string Of(MatchingRules rules, int score) => score * 2 >= rules.AutoAccept ? Likely : Possible;
}
