using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Works out a whole schedule from agreement, members and pack, in memory and without writing.</summary>
internal static class SchedulePlan
{
    private const string PartialMonth = "partial_month";

    public static Outcome<IReadOnlyList<PlannedObligation>> Of(ScheduleFacts known)
    {
        if (!PackLibrary.Find(known.Agreement.Agreement.Pack).Ok(out var pack, out var refusal)) return refusal;
        var planned = new List<PlannedObligation>();
        foreach (var member in known.Members)
        {
            if (Enrolment(known, pack, member, planned) is { } fault)
            {
                return fault with { Detail = $"Member {member.MemberNo}: {fault.Detail}", Help = fault.Help ?? "Correct the members file, import it again, and generate the schedule again." };
            }
        }

        return planned;
    }

    private static Refusal? Enrolment(ScheduleFacts known, Pack pack, EnrolledMember member, List<PlannedObligation> planned)
    {
        var dated = known.Facts[member.EnrolmentId].ToList();
        var enrolled = (member.EnrolledFrom, member.EnrolledTo);
        var mode = Mode(known.Agreement.Agreement, pack);
        foreach (var collected in Schedule.Of(known.Agreement.Agreement, mode.Months, MemberAttributes.At(dated, member.EnrolledFrom).Zone, enrolled))
        {
            var facts = MemberAttributes.At(dated, collected.Period.First);
            if (Schedule.IsPartial(collected.Period, enrolled) && pack.Flags.Contains(PartialMonth)) facts = facts with { Flags = [.. facts.Flags, PartialMonth] };
            if (!pack.Calculate(Input(collected, facts, mode.Mode)).Ok(out var calculation, out var refusal)) return refusal;
            if (!pack.ObligationDue(collected.DueWith, collected.Term.Parameters).Ok(out var due, out refusal)) return refusal;
            foreach (var line in calculation.Lines) planned.Add(Owed(pack, (member, collected.Period), line, due));
        }

        return null;
    }
}
