using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Keeps one case per receipt and debtor with what is still owed of it.</summary>
internal static class ClaimCases
{
    public const string OrganisationOwes = "organisation_owes";
    public const string MemberOwes = "member_owes";

    /// <summary>The debtor whose claims a case of this reason is about; null: it is about none.</summary>
    public static string? DebtorOf(string reason) => reason switch { OrganisationOwes => TakeBack.Organisation, MemberOwes => TakeBack.Member, _ => null };

    /// <summary>Brings the cases about these receipts in line with their claims.</summary>
    public static async Task Follow(Work work, StoredAgreement agreement, DateOnly on, IReadOnlyCollection<long> receipts)
    {
        if (receipts.Count == 0) return;
        var open = (await work.Claims.Of(receipts)).Where(row => row.State == "open").ToList();
        var about = receipts.Select(Numbers.Receipt).ToHashSet();
        foreach (var (reason, debtor) in new[] { (OrganisationOwes, TakeBack.Organisation), (MemberOwes, TakeBack.Member) })
        {
            var owed = open.Where(row => row.Debtor == debtor).GroupBy(row => row.ReceiptId).Select(claims => Case(agreement, reason, [.. claims])).ToList();
            await work.Cases.Keep(agreement.Id, on, new CasesOf(reason, new CaseEnd("nothing_owed", $"nothing of it is owed any more")) { IsAbout = about.Contains }, owed);
        }
    }

    private static NewCase Case(StoredAgreement agreement, string reason, IReadOnlyList<StoredClaim> claims)
    {
        var (first, sum) = (claims[0], new Money(claims.Sum(row => row.Amount), agreement.Currency));
        Sentence detail = reason switch
        {
            OrganisationOwes => $"Receipt {first.ReceiptNo ?? "without a number":receipt} of member {first.MemberNo:member} was taken back after {sum:sum} of it had gone to the fund ({string.Join(", ", claims.Select(row => row.Line).Distinct()):lines}). The organisation owes it; no other member's money pays it.",
            _ => $"Receipt {first.ReceiptNo ?? "without a number":receipt} was taken back after {sum:sum} of it had been refunded. Member {first.MemberNo ?? "(not known)":member} owes it.",
        };
        return new NewCase(reason, Numbers.Receipt(first.ReceiptId), sum.Minor, detail, first.MemberNo is null ? "nobody" : first.ReceiptNo is null ? "unnumbered" : null);
    }
}
