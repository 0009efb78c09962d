using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Ending one enrolment, alone or as the first half of a transfer.</summary>
internal static class EndEnrolment
{
    /// <summary>The enrolment that holds a day. Refusals: <c>member_unknown</c>, <c>agreement_needed</c>, <c>not_enrolled</c>.</summary>
    public static async Task<Outcome<PlacedEnrolment>> Find(Work work, LeaveRequest request, DateOnly day)
    {
        if (request.Agreement is { } number && (await work.Agreements.Find(number)).Refusal is { } unknown) return unknown;
        var placed = await work.Members.Placed(request.Member, request.Agreement);
        if (placed.Count == 0) return Refusal.NotFound("member_unknown", $"There is no member «{request.Member}»{(request.Agreement is { } under ? $" under {under}" : "")}.") with { Help = "List the members with 'member list --agreement NO'." };
        var holding = placed.Where(row => row.Holds(day)).ToList();
        return holding switch
        {
            [var one] => one,
            [] => Refusal.Input("not_enrolled", $"Member {request.Member} is not enrolled on {Values.Text(day)}: {string.Join(", ", placed.Select(Dates))}.") with { Field = "on", Value = Values.Text(day), Help = "Name a day inside one of these." },
            _ => Refusal.Usage("agreement_needed", $"Member {request.Member} is enrolled under {string.Join(" and ", holding.Select(row => row.Agreement))} on that day.") with { Help = "Say which with --agreement NO." },
        };
    }

    public static async Task<LeftMember> On(Work work, (StoredAgreement Agreement, AsOf AsOf) at, PlacedEnrolment enrolment, DateOnly day)
    {
        var (agreement, asOf) = at;
        var before = (await work.Obligations.OfEnrolled([enrolment.EnrolmentId])).Sum(Owed);
        await work.Members.DateEnrolment(enrolment.EnrolmentId, enrolment.EnrolledFrom, day);
        var changed = before == 0 ? [] : await FollowEvents.Of(work, agreement, asOf, ([enrolment.EnrolmentId], []));
        await work.Audit.Record(agreement.Number, "member-left", enrolment.MemberNo, JsonSerializer.Serialize(new { from = enrolment.EnrolledFrom, to_before = enrolment.EnrolledTo, to = day }));
        await BringUp.To(work, agreement, asOf, changed);
        var after = await work.Obligations.OfEnrolled([enrolment.EnrolmentId]);
        var credit = (await work.Reversals.HoldingCredit(agreement.Id, enrolment.MemberNo)).Sum(row => row.Credit);
        Money In(long minor) => new(minor, agreement.Currency);
        return new LeftMember(agreement.Number, enrolment.MemberNo, enrolment.FullName, enrolment.EnrolledFrom, day, In(before - after.Sum(Owed)), In(after.Sum(row => Owed(row) - row.Allocated * row.Collected)), In(credit));
    }

    private static long Owed(StoredObligation row) => row.Collected * (row.Amount - row.Reduced);

    private static string Dates(PlacedEnrolment row) => $"{row.Agreement} from {Values.Text(row.EnrolledFrom)} to {(row.EnrolledTo is { } to ? Values.Text(to) : "today")}";
}
