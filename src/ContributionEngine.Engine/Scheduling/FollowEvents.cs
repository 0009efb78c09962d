using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Brings the schedule of some enrolments in line with their events: what is owed by the events now, less what was owed by
/// them before. The order in which events come does not matter.
/// </summary>
internal static class FollowEvents
{
    /// <summary>Reason of the case that contributions on a member's events cannot be worked out.</summary>
    public const string NotCalculated = "event_not_calculated";

    public static readonly CaseEnd Resolved = new CaseEnd("events_followed", $"the contributions on the member's events are worked out");

    /// <param name="what">Enrolments whose stored events have changed, and events that are being posted in this unit of work.</param>
    /// <returns>Ids of obligations that were added, lowered or removed.</returns>
    public static async Task<IReadOnlyCollection<long>> Of(Work work, StoredAgreement agreement, AsOf asOf, (IReadOnlyCollection<long> Enrolments, IReadOnlyList<StoredEvent> Fresh) what)
    {
        var (enrolments, fresh) = what;
        var touched = enrolments.Concat(fresh.Select(one => one.EnrolmentId)).ToHashSet();
        if (touched.Count == 0 || !(await SchemePacks.OfTerms(work, agreement)).Ok(out var packs, out _)) return [];
        var known = new ScheduleFacts(agreement, packs, await work.Members.Enrolments(touched), (await work.Members.FactsOfEnrolments(touched)).ToLookup(fact => fact.EnrolmentId))
        {
            Events = (await work.MemberEvents.Of(touched)).Concat(fresh).OrderBy(one => one.HappenedOn).ToLookup(one => one.EnrolmentId),
        };
        var (plan, faults) = Plan(known);
        var names = known.Members.Select(member => member.MemberNo).ToHashSet();
        await work.Cases.Keep(agreement.Id, asOf.Day, new CasesOf(NotCalculated, Resolved) { IsAbout = names.Contains }, faults);
        await work.Cases.Keep(agreement.Id, asOf.Day, new CasesOf(SchedulePlan.ReversedAbove, Resolved) { IsAbout = subject => names.Contains(subject[..subject.IndexOf(' ', StringComparison.Ordinal)]) }, plan.Negative);
        foreach (var fault in faults) touched.Remove(known.Members.First(member => member.MemberNo == fault.Subject).EnrolmentId);

        var stored = (await work.Obligations.OfEnrolled(touched)).Where(row => row.Cause.StartsWith(ScheduleDifference.Cause, StringComparison.Ordinal));
        var difference = ScheduleDifference.Of(plan.Owed, stored, await work.Obligations.PaidBeforeBy(touched));
        var changed = await ApplySchedule.To(work, agreement, difference, asOf);
        await work.Audit.Record(agreement.Number, "events-followed", agreement.Number, JsonSerializer.Serialize(new
        {
            enrolments = touched.Count, added = difference.Added.Count, replaced = difference.Replaced.Count, reduced = difference.Reduced.Count,
        }));
        return changed;
    }

    // Money is never refused because a fact of the member is missing: it waits as her credit, and a person is told.
    private static (SchedulePlan Plan, List<NewCase> Faults) Plan(ScheduleFacts known)
    {
        var (plan, faults) = (new SchedulePlan(known), new List<NewCase>());
        foreach (var member in known.Members)
        {
            if (plan.Add(member, _ => true) is { } fault) faults.Add(new NewCase(NotCalculated, member.MemberNo, null, $"{fault.Detail:why}"));
        }

        return (plan, faults);
    }
}
