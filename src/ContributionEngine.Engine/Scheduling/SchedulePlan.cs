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
        if (Unfit(known) is { } unfit) return unfit;
        var planned = new List<PlannedObligation>();
        foreach (var member in known.Members)
        {
            if (Enrolment(known, member, planned) is { } fault)
            {
                return fault with { Detail = $"Member {member.MemberNo}: {fault.Detail}", Help = fault.Help ?? "Correct the members file, import it again, and generate the schedule again." };
            }
        }

        return planned;
    }

    // A newer version of the pack may ask for more than the agreement said when it was taken in.
    private static Refusal? Unfit(ScheduleFacts known)
    {
        var faults = known.Agreement.Agreement.Terms.SelectMany(term => known.PackOf(term).CheckParameters(term.Parameters)).ToList();
        return faults.Count == 0 ? null : faults[0] with { Errors = faults };
    }

    private static Refusal? Enrolment(ScheduleFacts known, EnrolledMember member, List<PlannedObligation> planned)
    {
        var dated = known.Facts[member.EnrolmentId].ToList();
        var enrolled = (member.EnrolledFrom, member.EnrolledTo);
        var mode = known.Packs[^1].ModeOf(known.Agreement.Agreement.Terms[^1].Parameters);
        var cases = known.Packs.Distinct().ToDictionary(pack => pack, pack => new MemberCases(pack, dated));
        foreach (var collected in Schedule.Of(known.Agreement.Agreement, (int)mode, MemberAttributes.At(dated, member.EnrolledFrom).Zone, enrolled))
        {
            var pack = known.PackOf(collected.Term);
            var isPartial = Schedule.IsPartial(collected.Period, enrolled) && pack.Flags.Contains(PartialMonth);
            var facts = cases[pack].On(collected.Period.First, collected.Term, isPartial ? PartialMonth : null);
            if (!cases[pack].Calculation.Of(collected.Period, facts).Ok(out var calculation, out var refusal)) return refusal;
            foreach (var line in calculation.Lines)
            {
                if (!pack.ObligationDue(line.Rule, collected.DueWith, facts).Ok(out var due, out refusal)) return refusal;
                planned.Add(Owed(pack, (member, collected.Period), line, due));
            }
        }

        return null;
    }

    private static PlannedObligation Owed(Pack pack, (EnrolledMember Member, Period Period) of, CalculatedLine line, DateOnly due) =>
        new(of.Member.EnrolmentId, of.Period, line.Rule.Id, Pack.Word(line.Payer))
        {
            ComponentOrder = pack.OrderOf(line.Rule),
            Collected = line.Rule is ComponentRule { IsCollected: true },
            DueOn = due,
            Amount = line.Amount.Minor,
            Basis = Text(line.Steps),
        };

    /// <summary>Arithmetic as it is kept with what it gave.</summary>
    internal static string Text(IReadOnlyList<Step> steps) => JsonSerializer.Serialize(steps, Steps);

    private static readonly JsonSerializerOptions Steps = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
