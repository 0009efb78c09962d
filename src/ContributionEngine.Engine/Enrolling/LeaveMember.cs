using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Who leaves, and her last day.</summary>
/// <param name="Agreement">Needed where she is enrolled under several.</param>
/// <param name="On">Her last day, as <c>yyyy-MM-dd</c>.</param>
public sealed record LeaveRequest(string Member, string? Agreement, string On, string? AsOf);

/// <summary>A member who has left.</summary>
/// <param name="EnrolledTo">Her last day, inside.</param>
/// <param name="NoLongerOwed">By how much what she owes under the agreement fell.</param>
/// <param name="StillOwed">What she owes and has not paid.</param>
/// <param name="Credit">Money of hers that pays nothing any more; a case asks to refund it.</param>
public sealed record LeftMember(string Agreement, string MemberNo, string FullName, DateOnly EnrolledFrom, DateOnly EnrolledTo, Money NoLongerOwed, Money StillOwed, Money Credit);

/// <summary>
/// Ends an enrolment: periods wholly after her last day are owed no more, what she had paid for them is her credit again, and
/// arrears stay (rule 3).
/// </summary>
public sealed class LeaveMember(Database database)
{
    public async Task<Outcome<LeftMember>> Run(Actor actor, LeaveRequest request, CancellationToken stop)
    {
        if (!AsOf.ReadDay(request.On).Ok(out var day, out var refusal)) return refusal;
        return await database.Attempt<LeftMember>(actor, async work =>
        {
            if (!(await EndEnrolment.Find(work, request, day)).Ok(out var enrolment, out var no)) return no;
            if (!(await Ground(work, enrolment, request.AsOf)).Ok(out var ground, out no)) return no;
            return await EndEnrolment.On(work, ground, enrolment, day);
        }, stop);
    }

    private static async Task<Outcome<(StoredAgreement Agreement, AsOf AsOf)>> Ground(Work work, PlacedEnrolment enrolment, string? asOf)
    {
        var agreement = await work.Agreements.GetToChange(enrolment.AgreementId);
        return AsOf.Read(asOf, agreement.Agreement.Settlement.TimeZone, work.Now, work.Database.IsDryRun).Ok(out var at, out var refusal) ? (agreement, at) : refusal;
    }
}
