using System.Globalization;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Works out what one enrolment owes: period by period, with the events that happened in it.</summary>
internal sealed class MemberPlan(ScheduleFacts known, EnrolledMember member)
{
    /// <summary>Reason of the case that reversals are above the events of a period.</summary>
    public const string ReversedAbove = "reversed_above";

    private const string PartialMonth = "partial_month";

    private readonly List<PlannedObligation> planned = [];
    private readonly List<EnrolmentFact> dated = [.. known.Facts[member.EnrolmentId]];
    private readonly Dictionary<Pack, MemberCases> cases = [];
    private readonly Dictionary<(Period Month, string Component), Ratio> withheld = [];

    public IReadOnlyList<PlannedObligation> Planned => planned;

    /// <summary>Where more came back than was sold: the fund holds it, and nothing is owed.</summary>
    public List<NewCase> Negative { get; } = [];

    /// <summary>Fills the plan; a refusal when a rule asks for what the member does not have.</summary>
    public Refusal? Work()
    {
        var enrolled = (member.EnrolledFrom, member.EnrolledTo);
        var mode = known.Packs[^1].ModeOf(known.Agreement.Agreement.Terms[^1].Parameters);
        foreach (var collected in Schedule.Of(known.Agreement.Agreement, (int)mode, MemberAttributes.At(dated, member.EnrolledFrom).Zone, enrolled))
        {
            var pack = known.PackOf(collected.Term);
            var isPartial = Schedule.IsPartial(collected.Period, enrolled) && pack.Flags.Contains(PartialMonth);
            var facts = CasesOf(pack).On(collected.Period.First, collected.Term, isPartial ? PartialMonth : null);
            if ((pack.File.Withholding is null ? Span(pack, collected, facts) : Withhold(pack, collected, facts)) is { } fault) return fault;
        }

        return null;
    }

    private MemberCases CasesOf(Pack pack) => cases.TryGetValue(pack, out var found) ? found : cases[pack] = new MemberCases(pack, dated);

    private Refusal? Span(Pack pack, CollectedPeriod collected, MemberCase facts)
    {
        var events = pack.EventKinds.Count == 0 ? null : EventsIn(pack, collected.Period);
        if (events is not null) facts = facts.With(events);
        if (pack.File.Operations.Contains(Operation.Calculate))
        {
            if (!CasesOf(pack).Calculation.Of(collected.Period, facts).Ok(out var calculation, out var refusal)) return refusal;
            foreach (var line in calculation.Lines.Concat(calculation.Fees))
            {
                if (Add(pack, collected, (line, collected.Period), facts) is { } fault) return fault;
            }
        }

        foreach (var (kind, component) in pack.File.Events?.Deposits ?? new Dictionary<string, string>())
        {
            if (Deposit(pack, collected, (component, [.. events!.Where(one => one.Kind == kind)]), facts) is { } fault) return fault;
        }

        return null;
    }

    private Refusal? Add(Pack pack, CollectedPeriod collected, (CalculatedLine Line, Period Period) of, MemberCase facts)
    {
        var (line, period) = of;
        if (line.Amount.Minor < 0)
        {
            Negative.Add(new NewCase(ReversedAbove, $"{member.MemberNo} {period} {line.Rule.Id}", -line.Amount.Minor, $"More came back than was sold in {period}; {new Money(-line.Amount.Minor, line.Amount.Currency)} of {line.Rule.Id} is to be claimed from the fund."));
            return null;
        }

        if (!pack.ObligationDue(line.Rule, collected.DueWith, facts).Ok(out var due, out var refusal)) return refusal;
        planned.Add(new PlannedObligation(member.EnrolmentId, period, line.Rule.Id, Pack.Word(line.Payer))
        {
            ComponentOrder = pack.OrderOf(line.Rule),
            Collected = line.Rule is FeeRule or ComponentRule { IsCollected: true },
            Class = line.Rule is FeeRule ? ObligationClass.Fee : ObligationClass.Principal,
            DueOn = due,
            Amount = line.Amount.Minor,
            Basis = SchedulePlan.Text(line.Steps),
        });
        return null;
    }

    // The event's own money is owed to the fund: savings, an instalment that the fund has asked for.
    private Refusal? Deposit(Pack pack, CollectedPeriod collected, (string Component, IReadOnlyList<MemberEvent> Events) of, MemberCase facts)
    {
        var sum = of.Events.Aggregate(Ratio.Zero, (total, one) => total + one.Amount);
        if (sum.IsZero || !(sum * pack.Currency.MinorPerMajor).TryToLong(out var minor)) return null;
        if (!pack.ObligationDue(null, collected.DueWith, facts).Ok(out var due, out var refusal)) return refusal;
        planned.Add(new PlannedObligation(member.EnrolmentId, collected.Period, of.Component, Pack.Word(Payer.Member))
        {
            ComponentOrder = pack.Components.Count + pack.File.Events!.Deposits.Values.ToList().IndexOf(of.Component),
            Collected = true,
            DueOn = due,
            Amount = minor,
            Basis = SchedulePlan.Text([new Step($"{of.Events.Count.ToString(CultureInfo.InvariantCulture)} events", $"{sum}", $"{pack.File.Events.Source} [{pack.File.Events.Confidence}]")]),
        });
        return null;
    }

    // Each payment withholds what the ones before have left open of the year's months; a month may be filled by several.
    private Refusal? Withhold(Pack pack, CollectedPeriod collected, MemberCase facts)
    {
        foreach (var one in EventsIn(pack, collected.Period))
        {
            var of = facts.With([one], withheld);
            if (!pack.Calculate(new CalculateInput { Period = collected.Period, Facts = of, Explain = true }).Ok(out var calculation, out var refusal)) return refusal;
            foreach (var line in calculation.Lines)
            {
                var key = (line.Withheld!.Value, line.Rule.Id);
                withheld[key] = withheld.GetValueOrDefault(key) + Ratio.Of(line.Amount.Minor, pack.Currency.MinorPerMajor);
                if (planned.FindIndex(owed => owed.EnrolmentId == member.EnrolmentId && owed.Period == key.Value && owed.Component == key.Id) is var at and >= 0) planned[at] = planned[at] with { Amount = planned[at].Amount + line.Amount.Minor };
                else if (Add(pack, collected, (line, key.Value), of) is { } fault) return fault;
            }
        }

        return null;
    }

    private List<MemberEvent> EventsIn(Pack pack, Period period)
    {
        var perMajor = pack.Currency.MinorPerMajor;
        return [.. known.Events[member.EnrolmentId].Where(one => period.Contains(one.HappenedOn) && pack.EventKinds.Contains(one.Kind))
            .Select(one => new MemberEvent(one.HappenedOn, one.Kind, Ratio.Of(one.Amount, perMajor), one.Quantity is { } quantity ? Ratio.Of(quantity, 1000) : null))];
    }
}
