using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Rule 3: the credit of a member who has left is hers; each such member has one open refund case with what is left.</summary>
internal static class RefundLeavers
{
    /// <summary>Reason of the case.</summary>
    public const string Due = "refund_due";

    private const string Member = "member ";

    /// <summary>Number of the member that a case is about.</summary>
    public static string MemberOf(string subject) => subject[Member.Length..];

    /// <summary>Subject of the case about a member.</summary>
    public static string About(string memberNo) => $"{Member}{memberNo}";

    /// <summary>As of a day, or of the later one that the agreement has been brought to: nothing is taken back.</summary>
    public static async Task Note(Work work, StoredAgreement agreement, DateOnly day)
    {
        var asOf = agreement.BroughtTo is { } later && later > day ? later : day;
        var left = await work.Receipts.OfLeavers(agreement.Id, asOf);
        await work.Cases.Keep(agreement.Id, asOf, new CasesOf(Due, new CaseEnd("no_credit_left", $"no credit is left")), [.. left.Select(row => new NewCase(
            Due, About(row.MemberNo), row.Credit, $"Member {row.MemberNo:member} left on {row.EnrolledTo:date}; this credit pays nothing any more and is to be refunded."))]);
    }
}
