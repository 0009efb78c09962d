using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>An amount owed that the rules give otherwise now.</summary>
/// <param name="Remitted">True when money for it is on its way to the fund or accepted: more is remitted as a difference once it is paid; less is a case.</param>
public sealed record ScheduleChange(string MemberNo, string Period, string Component, string Payer, Money Before, Money Now, Money Difference, bool Remitted);

/// <summary>What a schedule changes of what was there, by member and period.</summary>
internal static class ListedChanges
{
    /// <summary>How many are listed; all of them are counted.</summary>
    private const int ListedMax = 1_000;

    public static async Task<IReadOnlyList<ScheduleChange>> Of(Work work, ScheduleFacts known, ScheduleDifference difference)
    {
        if (difference.Changed.Count == 0) return [];
        var names = known.Members.ToDictionary(member => member.EnrolmentId, member => member.MemberNo);
        var listed = difference.Changed
            .OrderBy(change => names[change.Of.EnrolmentId], StringComparer.Ordinal).ThenBy(change => change.Of.Period, StringComparer.Ordinal)
            .ThenBy(change => change.Of.ComponentOrder).ThenBy(change => change.Of.Payer, StringComparer.Ordinal)
            .Take(ListedMax).ToList();
        var remitted = (await work.Lines.Standing(listed.Select(change => change.Of.EnrolmentId).Distinct())).ToHashSet();
        Money Major(long minor) => new(minor, known.Agreement.Currency);
        return [.. listed.Select(change => new ScheduleChange(
            names[change.Of.EnrolmentId], change.Of.Period, change.Of.Component, change.Of.Payer, Major(change.Before), Major(change.Now), Major(change.Now - change.Before),
            remitted.Contains(new RemittedPart { EnrolmentId = change.Of.EnrolmentId, Period = change.Of.Period, Component = change.Of.Component })))];
    }
}
