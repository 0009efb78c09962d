using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Who goes to which agreement, and when.</summary>
/// <param name="From">Needed where she is enrolled under several.</param>
/// <param name="On">Her first day under the other agreement, as <c>yyyy-MM-dd</c>.</param>
/// <param name="As">Her number there; null: the same.</param>
public sealed record TransferRequest(string Member, string? From, string To, string On)
{
    public string? As { get; init; }

    public string? AsOf { get; init; }
}

/// <summary>A member who has gone to another agreement.</summary>
/// <param name="Scheduled">What she will owe there.</param>
public sealed record TransferredMember(LeftMember Left, string Agreement, string MemberNo, DateOnly EnrolledFrom, Money Scheduled);

/// <summary>
/// Ends an enrolment and begins one under another agreement (rule 10): history and arrears stay where they are, her attributes go
/// along as far as the other scheme asks for them, and credit waits for an officer, as with everybody who leaves.
/// </summary>
public sealed class TransferMember(Database database)
{
    public async Task<Outcome<TransferredMember>> Run(Actor actor, TransferRequest request, CancellationToken stop)
    {
        if (!AsOf.ReadDay(request.On).Ok(out var first, out var refusal)) return refusal;
        return await database.Attempt<TransferredMember>(actor, async work =>
        {
            var last = first.AddDays(-1);
            if (!(await EndEnrolment.Find(work, new LeaveRequest(request.Member, request.From, request.On, null), last)).Ok(out var enrolment, out var no)) return no;
            if (!(await work.Agreements.FindToChange(request.To)).Ok(out var target, out no)) return no;
            if (target.Id == enrolment.AgreementId) return Refusal.Usage("transfer_changes_nothing", $"Member {request.Member} is under {request.To} already.");
            var source = await work.Agreements.GetToChange(enrolment.AgreementId);
            if (!AsOf.Read(request.AsOf, target.Agreement.Settlement.TimeZone, work.Now, work.Database.IsDryRun).Ok(out var asOf, out no)) return no;
            if (!(await Facts(work, target, enrolment, first)).Ok(out var facts, out no)) return no;
            if (!(await Arrival(work, target, enrolment, (first, request.As))).Ok(out var member, out no)) return no;

            var left = await EndEnrolment.On(work, (source, asOf), enrolment, last);
            return new TransferredMember(left, target.Number, member.Number, first, await Begin(work, (target, asOf), (member.Id, first, facts)));
        }, stop);
    }

    private static async Task<Outcome<MemberFacts>> Facts(Work work, StoredAgreement target, PlacedEnrolment enrolment, DateOnly first)
    {
        if (!(await SchemePacks.Of(work, target)).Ok(out var pack, out var refusal)) return refusal;
        var dated = (await work.Members.FactsOfEnrolments([enrolment.EnrolmentId])).Select(MemberAttributes.Read).ToList();
        var known = dated.LastOrDefault(fact => fact.ValidFrom <= first) is { Facts: { } on } ? on : dated is [{ Facts: { } only }, ..] ? only : MemberFacts.None;
        var facts = known with { Flags = [.. known.Flags.Where(pack.Flags.Contains)], Others = known.Others.Where(other => pack.AsksFor.Contains(other.Key)).ToDictionary() };
        return pack.CheckWords(facts) is { } word ? word with { Help = $"{word.Help} Import the member into {target.Number} with a file of that agreement, and end the enrolment here with 'member leave'." } : facts;
    }

    // In another organisation she is a person of theirs, known by her national id.
    private static async Task<Outcome<(long Id, string Number)>> Arrival(Work work, StoredAgreement target, PlacedEnrolment enrolment, (DateOnly First, string? Number) arrival)
    {
        if (!(await Person(work, target, enrolment, arrival.Number)).Ok(out var member, out var refusal)) return refusal;
        var there = await work.Members.Placed(member.Number, target.Number);
        return there.FirstOrDefault(row => row.EnrolledTo is not { } to || to >= arrival.First) is { } other
            ? Refusal.Conflict("enrolments_overlap", $"Member {member.Number} is enrolled under {target.Number} from {Values.Text(other.EnrolledFrom)} already.") with { Help = "End that enrolment first, or transfer on a later day." }
            : member;
    }

    private static async Task<Outcome<(long Id, string Number)>> Person(Work work, StoredAgreement target, PlacedEnrolment enrolment, string? number)
    {
        var source = await work.Agreements.Get(enrolment.AgreementId);
        if (source.OrganisationId == target.OrganisationId) return (enrolment.MemberId, enrolment.MemberNo);
        var person = (await work.Members.Of(source.OrganisationId)).First(row => row.MemberId == enrolment.MemberId);
        var theirs = await work.Members.Of(target.OrganisationId);
        if (theirs.FirstOrDefault(row => row.NationalIdFolded == person.NationalIdFolded) is { } known) return (known.MemberId, known.MemberNo);
        var wanted = number ?? person.MemberNo;
        if (theirs.Any(row => row.MemberNo == wanted)) return Refusal.Conflict("member_no_taken", $"{target.Number} has another member «{wanted}».") with { Help = "Give her a number there with --as NUMBER." };
        var id = work.NextId();
        await work.Members.AddMembers([[id, target.OrganisationId, wanted, person.NationalId, person.NationalIdFolded, person.FullName, person.Phone, person.Language]]);
        return (id, wanted);
    }

    private static async Task<Money> Begin(Work work, (StoredAgreement Agreement, AsOf AsOf) at, (long Member, DateOnly First, MemberFacts Facts) who)
    {
        var (agreement, asOf) = at;
        var id = work.NextId();
        await work.Members.AddEnrolments([[id, agreement.Id, who.Member, who.First, null]]);
        await work.Members.AddFacts([[id, who.First, MemberAttributes.Write(who.Facts)]]);
        var changed = await FollowEvents.Of(work, agreement, asOf, ([id], []));
        var owed = await work.Obligations.OfEnrolled([id]);
        await work.Audit.Record(agreement.Number, "member-transferred", agreement.Number, JsonSerializer.Serialize(new { enrolment = id, from = who.First, scheduled = owed.Sum(row => row.Amount) }));
        await BringUp.To(work, agreement, asOf, changed);
        return new Money(owed.Sum(row => row.Collected * row.Amount), agreement.Currency);
    }
}
