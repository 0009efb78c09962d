using ContributionEngine.Core;

namespace ContributionEngine.Core.Tests;

/// <summary>Money and remittances to match: one fund account in colones, a cut-off on Friday 5 February 2021, a window to the 12th.</summary>
internal static class Bench
{
    public const long Account = 7;

    public static readonly MatchingRules Rules = new();

    public static BankMoney Money(long entry, long minor, params string[] texts) => new()
    {
        Entry = entry, Account = Account, Currency = "CRC", Minor = minor, BookedOn = new DateOnly(2021, 2, 10), Texts = texts,
    };

    public static OpenRemittance Remittance(long id, long payable) => new()
    {
        Id = id, Agreement = 1, Reference = CreditorReference.Of(id), Currency = "CRC", Payable = payable,
        From = new DateOnly(2021, 2, 5), Until = new DateOnly(2021, 2, 12), Accounts = [Account], Names = ["Coopetarrazú R.L.", "Caja Costarricense de Seguro Social"],
    };

    public static MatchingResult Match(IReadOnlyList<BankMoney> money, params IReadOnlyList<OpenRemittance> remittances) => Matching.Of(Rules, money, remittances);

    /// <summary>Each part as «entry:part to remittance amount», each match between brackets.</summary>
    public static string Told(this MatchingResult result) => string.Join(" ", result.Proposals.Select(Told));

    public static string Told(ProposedMatch match) =>
        $"[{string.Join(", ", match.Parts.Select(part => $"{part.Money.Entry}{(part.Money.Part == 0 ? "" : $".{part.Money.Part}")} to {part.Remittance.Id} {part.Minor}"))}]";

    /// <summary>The only match.</summary>
    public static ProposedMatch Only(this MatchingResult result) => result.Proposals.Single();
}
