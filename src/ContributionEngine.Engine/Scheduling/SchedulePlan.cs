using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What enrolments owe, worked out from agreement, members, events and packs, in memory and without writing.</summary>
internal sealed class SchedulePlan
{
    /// <summary>Reason of the case that reversals are above the events of a period.</summary>
    public const string ReversedAbove = "reversed_above";

    private static readonly JsonSerializerOptions Steps = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, string> documents = [];
    private readonly List<OfPack> packs;
    private readonly ScheduleFacts known;

    public SchedulePlan(ScheduleFacts known)
    {
        this.known = known;
        packs = [.. known.Packs.Distinct().Select(pack => new OfPack(pack, known.Agreement.Agreement with { Terms = [.. known.Agreement.Agreement.Terms.Where(term => known.PackOf(term) == pack)] }))];
    }

    public List<PlannedObligation> Owed { get; } = [];

    /// <summary>Where more came back than was sold: the fund holds it, and nothing is owed.</summary>
    public List<NewCase> Negative { get; } = [];

    /// <summary>The plan of all members for some periods; a refusal when any period of any member cannot be worked out.</summary>
    public static Outcome<SchedulePlan> Of(ScheduleFacts known, Func<Period, bool> isAsked)
    {
        if (Unfit(known) is { } unfit) return unfit;
        var plan = new SchedulePlan(known);
        foreach (var member in known.Members)
        {
            if (plan.Add(member, isAsked) is { } fault)
            {
                return fault with { Detail = $"Member {member.MemberNo}: {fault.Detail}", Help = fault.Help ?? "Correct the members file, import it again, and generate the schedule again." };
            }
        }

        return plan;
    }

    /// <summary>Arithmetic as it is kept with what it gave.</summary>
    internal static string Text(IReadOnlyList<Step> steps) => JsonSerializer.Serialize(steps, Steps);

    /// <summary>Plans one enrolment; on a refusal nothing of it is planned.</summary>
    public Refusal? Add(EnrolledMember member, Func<Period, bool> isAsked)
    {
        IReadOnlyList<DatedFacts> dated = [.. known.Facts[member.EnrolmentId].Select(MemberAttributes.Read)];
        foreach (var of in packs)
        {
            of.Periods.Clear();
            if (of.Schedule.Of(dated, (member.EnrolledFrom, member.EnrolledTo, Events(of.Pack, member)), of.Periods) is { } fault) return fault;
        }

        foreach (var of in packs)
        {
            foreach (var period in of.Periods.Where(period => isAsked(period.Period))) Add(of, member, period);
        }

        return null;
    }

    // A newer version of the pack may ask for more than the agreement said when it was taken in.
    private static Refusal? Unfit(ScheduleFacts known)
    {
        var faults = known.Agreement.Agreement.Terms.SelectMany(term => known.PackOf(term).CheckParameters(term.Parameters)).ToList();
        return faults.Count == 0 ? null : faults[0] with { Errors = faults };
    }

    private List<MemberEvent> Events(Pack pack, EnrolledMember member)
    {
        var perMajor = known.Agreement.Currency.MinorPerMajor;
        return pack.EventKinds.Count == 0 ? [] : [.. known.Events[member.EnrolmentId].Where(one => pack.EventKinds.Contains(one.Kind))
            .Select(one => new MemberEvent(one.HappenedOn, one.Kind, Ratio.Of(one.Amount, perMajor), one.Quantity is { } quantity ? Ratio.Of(quantity, 1000) : null))];
    }

    private void Add(OfPack of, EnrolledMember member, OwedPeriod period)
    {
        foreach (var line in period.Lines)
        {
            if (line.Amount.Minor > 0) Owed.Add(new PlannedObligation(member.EnrolmentId, period.Period, period.DueOn(line), Planned(of, line)) { Parts = period.Parts });
            else Negative.Add(new NewCase(ReversedAbove, $"{member.MemberNo} {period.Period} {line.Rule.Id}", -line.Amount.Minor, $"More came back than was sold in {period.Period.ToString():period}; {-line.Amount:amount} of {line.Rule.Id:component} is to be claimed from the fund."));
        }
    }

    // A calculation serves many periods, so what is written of its lines is written once.
    private PlannedLine Planned(OfPack of, CalculatedLine line)
    {
        ref var last = ref of.Last[line.Place];
        if (!ReferenceEquals(last.Of, line)) last = (line, Written(of.Pack, line));
        return last.Is!;
    }

    private PlannedLine Written(Pack pack, CalculatedLine line)
    {
        var steps = Text(line.Steps);
        if (!documents.TryGetValue(steps, out var document)) documents[steps] = document = steps;
        return new PlannedLine(line.Rule.Id, Pack.Word(line.Payer), line.Amount.Minor)
        {
            ComponentOrder = pack.OrderOf(line.Rule),
            Collected = line.Rule is FeeRule or ComponentRule { IsCollected: true },
            Class = line.Rule is FeeRule ? ObligationClass.Fee : ObligationClass.Principal,
            Basis = document,
        };
    }

    /// <summary>A pack with its terms, and what was last written of each of its items.</summary>
    private sealed record OfPack(Pack Pack, Agreement Agreement)
    {
        public List<OwedPeriod> Periods { get; } = [];

        public MemberSchedule Schedule { get; } = new(Pack, Agreement, explain: true);

        public (CalculatedLine? Of, PlannedLine? Is)[] Last { get; } = new (CalculatedLine?, PlannedLine?)[Pack.Places];
    }
}
