namespace ContributionEngine.Core;

/// <summary>
/// Matches what banks show with the remittances that it may pay. Pass after pass, each on what the ones before have left; within a pass only
/// what is unique both ways. The same money and remittances give the same matches, in whatever order they come.
/// </summary>
public static class Matching
{
    public static MatchingResult Of(MatchingRules rules, IReadOnlyList<BankMoney> money, IReadOnlyList<OpenRemittance> remittances)
    {
        var table = new MatchTable(rules, money, remittances);
        ByReference.Exact(table);
        ByReference.Repaired(table);
        var contested = ByAmount.Match(table, MatchPass.AmountAndDate);
        BySum.Match(table, contested);
        ByAmount.Match(table, MatchPass.NameAndAmount);
        ByAmount.Doubt(table);
        return table.Result();
    }
}
