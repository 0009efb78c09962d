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
        var mode = pack.ModeOf(known.Agreement.Agreement.Terms[^1].Parameters);
        var cases = new MemberCases(pack, dated);
        foreach (var collected in Schedule.Of(known.Agreement.Agreement, (int)mode, MemberAttributes.At(dated, member.EnrolledFrom).Zone, enrolled))
        {
            var isPartial = Schedule.IsPartial(collected.Period, enrolled) && pack.Flags.Contains(PartialMonth);
            var facts = cases.On(collected.Period.First, collected.Term, isPartial ? PartialMonth : null);
            if (!cases.Calculation.Of(collected.Period, facts).Ok(out var calculation, out var refusal)) return refusal;
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
