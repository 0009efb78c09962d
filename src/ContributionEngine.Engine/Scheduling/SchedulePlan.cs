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
        foreach (var collected in Schedule.Of(known.Agreement.Agreement, (int)mode, MemberAttributes.At(dated, member.EnrolledFrom).Zone, enrolled))
        {
            var facts = MemberAttributes.At(dated, collected.Period.First);
            if (Schedule.IsPartial(collected.Period, enrolled) && pack.Flags.Contains(PartialMonth)) facts = facts with { Flags = [.. facts.Flags, PartialMonth] };
            if (!pack.Calculate(Input(collected, facts, mode)).Ok(out var calculation, out var refusal)) return refusal;
            if (!pack.ObligationDue(collected.DueWith, collected.Term.Parameters).Ok(out var due, out refusal)) return refusal;
            foreach (var line in calculation.Lines) planned.Add(Owed(pack, (member, collected.Period), line, due));
        }

        return null;
    }

    private static CalculateInput Input(CollectedPeriod collected, MemberFacts facts, SpanMode mode) => new()
    {
        Period = collected.Period,
        Mode = mode,
        Member = facts,
        AgreementStart = collected.Term.Start,
        PresumptiveIncome = Ratio.TryParse(collected.Term.Parameters.GetValueOrDefault("presumptive_income"), 6, out var income) ? income : null,
    };

    private static PlannedObligation Owed(Pack pack, (EnrolledMember Member, Period Period) of, CalculatedLine line, DateOnly due) =>
        new(of.Member.EnrolmentId, of.Period, line.Component.Id, Pack.Word(line.Component.Payer))
        {
            ComponentOrder = pack.Components.ToList().IndexOf(line.Component),
            Collected = line.Component.IsCollected,
            DueOn = due,
            Amount = line.Amount.Minor,
            Basis = Text(line.Steps),
        };

    /// <summary>Arithmetic as it is kept with what it gave.</summary>
    internal static string Text(IReadOnlyList<Step> steps) => JsonSerializer.Serialize(steps, Steps);

    private static readonly JsonSerializerOptions Steps = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
