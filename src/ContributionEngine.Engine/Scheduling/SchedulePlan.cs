using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A whole schedule, worked out from agreement, members and pack, in memory and without writing.</summary>
internal sealed class SchedulePlan
{
    private static readonly JsonSerializerOptions Steps = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, string> documents = [];
    private readonly (CalculatedLine? Of, PlannedLine? Is)[] last;
    private readonly Pack pack;

    private SchedulePlan(Pack pack) => (this.pack, last) = (pack, new (CalculatedLine?, PlannedLine?)[pack.File.Components.Count + pack.File.Fees.Count + pack.File.Subtotals.Count]);

    public List<PlannedObligation> Owed { get; } = [];

    /// <summary>The plan of some periods; a refusal when any period of any member cannot be worked out.</summary>
    public static Outcome<SchedulePlan> Of(ScheduleFacts known, Func<Period, bool> isAsked)
    {
        if (!PackLibrary.Find(known.Agreement.Agreement.Pack).Ok(out var pack, out var refusal)) return refusal;
        var plan = new SchedulePlan(pack);
        var schedule = new MemberSchedule(pack, known.Agreement.Agreement, explain: true);
        var owed = new List<OwedPeriod>();
        foreach (var member in known.Members)
        {
            owed.Clear();
            if (schedule.Of([.. known.Facts[member.EnrolmentId].Select(MemberAttributes.Read)], (member.EnrolledFrom, member.EnrolledTo), owed) is { } fault)
            {
                return fault with { Detail = $"Member {member.MemberNo}: {fault.Detail}", Help = fault.Help ?? "Correct the members file, import it again, and generate the schedule again." };
            }

            foreach (var period in owed.Where(period => isAsked(period.Period))) plan.Add(member.EnrolmentId, period);
        }

        return plan;
    }

    private void Add(long enrolment, OwedPeriod period)
    {
        foreach (var line in period.Lines) Owed.Add(new PlannedObligation(enrolment, period.Period, period.DueOn(line), Planned(line)));
    }

    // A calculation serves many periods, so what is written of its lines is written once.
    private PlannedLine Planned(CalculatedLine line)
    {
        ref var known = ref last[line.Place];
        if (!ReferenceEquals(known.Of, line)) known = (line, Written(line));
        return known.Is!;
    }

    private PlannedLine Written(CalculatedLine line)
    {
        var steps = JsonSerializer.Serialize(line.Steps, Steps);
        if (!documents.TryGetValue(steps, out var document)) documents[steps] = document = steps;
        return new PlannedLine(line.Rule.Id, Pack.Word(line.Payer), line.Amount.Minor)
        {
            ComponentOrder = pack.OrderOf(line.Rule),
            Collected = line.Rule is ComponentRule { IsCollected: true },
            Basis = document,
        };
    }
}
