using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>One enrolment of a member and her money under it, in the agreement's currency.</summary>
/// <param name="Owed">Of what is collected from her: the whole schedule, less reductions.</param>
/// <param name="Due">Of that, what is due by today and not paid.</param>
/// <param name="Credit">Money of hers under the agreement that pays nothing yet.</param>
public sealed record MemberPlace(string Agreement, DateOnly EnrolledFrom, DateOnly? EnrolledTo, Money Owed, Money Paid, Money Due, Money Credit);

/// <summary>A member with all her enrolments that the acting user may see.</summary>
public sealed record ShownMember(string MemberNo, string FullName, IReadOnlyList<MemberPlace> Enrolments)
{
    /// <summary>The number that she was merged into; null: this one stays.</summary>
    public string? MergedInto { get; init; }

    /// <summary>Numbers that were merged into this one.</summary>
    public IReadOnlyList<string> Merged { get; init; } = [];
}

/// <summary>Shows a member by her number.</summary>
public sealed class ShowMember(Database database)
{
    /// <summary>Refusals: <c>agreement_unknown</c>, <c>member_unknown</c>.</summary>
    public Task<Outcome<ShownMember>> Run(Actor actor, string number, string? agreement, CancellationToken stop) => database.Read<Outcome<ShownMember>>(actor, async work =>
    {
        if (agreement is not null && (await work.Agreements.Find(agreement)).Refusal is { } unknown) return unknown;
        var placed = await work.Members.Placed(number, agreement);
        if (placed.Count == 0) return Refusal.NotFound("member_unknown", $"There is no member «{number}».") with { Help = "List the members with 'member list --agreement NO'." };
        var owed = (await work.Obligations.OfEnrolled(placed.Select(row => row.EnrolmentId))).Where(row => row.Collected == 1).ToLookup(row => row.EnrolmentId);
        var places = new List<MemberPlace>();
        foreach (var under in placed.GroupBy(row => row.AgreementId)) places.AddRange(await Places(work, [.. under], owed));
        var links = await work.MemberMerges.Of(placed[0].MemberId);
        return new ShownMember(placed[0].MemberNo, placed[0].FullName, places)
        {
            MergedInto = links.FirstOrDefault(link => link.MemberId == placed[0].MemberId)?.IntoNo, Merged = [.. links.Where(link => link.IntoId == placed[0].MemberId).Select(link => link.MemberNo)],
        };
    }, stop);

    private static async Task<IEnumerable<MemberPlace>> Places(Work work, IReadOnlyList<PlacedEnrolment> enrolments, ILookup<long, StoredObligation> owed)
    {
        var agreement = await work.Agreements.Get(enrolments[0].AgreementId);
        var today = AsOf.DayIn(work.Now, agreement.Agreement);
        var credit = (await work.Reversals.HoldingCredit(agreement.Id, enrolments[0].MemberNo)).ToLookup(row => row.EnrolmentId);
        Money In(long minor) => new(minor, agreement.Currency);
        return enrolments.Select(row => new MemberPlace(
            agreement.Number, row.EnrolledFrom, row.EnrolledTo,
            In(owed[row.EnrolmentId].Sum(one => one.Amount - one.Reduced)),
            In(owed[row.EnrolmentId].Sum(one => one.Allocated)),
            In(owed[row.EnrolmentId].Where(one => one.DueOn <= today).Sum(one => one.Amount - one.Reduced - one.Allocated)),
            In(credit[row.EnrolmentId].Sum(receipt => receipt.Credit))));
    }
}
