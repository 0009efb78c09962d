namespace ContributionEngine.Core;

/// <summary>Attributes of an enrolment that are valid from a day on.</summary>
public readonly record struct DatedFacts(DateOnly ValidFrom, MemberFacts Facts);

/// <summary>What an enrolment owes for a period.</summary>
public readonly struct OwedPeriod
{
    private readonly CalculatedLine[] lines;
    private readonly DateOnly[] due;

    internal OwedPeriod(Period period, CalculatedLine[] lines, DateOnly[] due) => (Period, this.lines, this.due) = (period, lines, due);

    public Period Period { get; }

    /// <summary>The parts of the amount that fall due by themselves; null: there are none.</summary>
    public IReadOnlyList<PlannedPart>? Parts { get; init; }

    /// <summary>In the pack's order; periods for which the same was worked out share their lines.</summary>
    public ReadOnlySpan<CalculatedLine> Lines => lines;

    /// <summary>When one of the lines falls due.</summary>
    public DateOnly DueOn(CalculatedLine line) => due[line.Place];
}

/// <summary>
/// What the enrolments of an agreement owe, one after another. What is the same for all of them is worked out once: periods, due
/// dates, stretches of unchanging figures; and what is the same in all periods of one enrolment is worked out once for her.
/// </summary>
public sealed class MemberSchedule(Pack pack, Agreement agreement, bool explain)
{
    private const string PartialMonth = "partial_month";

    private readonly (int Months, int? Begins) grid = ((int)pack.ModeOf(agreement.Terms[^1].Parameters), pack.File.YearBegins);
    private readonly Working working = new(pack);
    private readonly bool marksPartialMonths = pack.Flags.Contains(PartialMonth);
    private readonly bool takesEvents = pack.EventKinds.Count > 0;
    private readonly Dictionary<ValueTuple<string?>, Collected[]> byZone = [];
    private (string? Zone, Collected[]? Periods) last;

    /// <summary>Adds to the list what an enrolment owes, by period; a refusal when that cannot be worked out.</summary>
    /// <param name="dated">By day; the first ones also hold before theirs. May be empty.</param>
    /// <param name="enrolled">First and last day, both inside, and what happened to the member, by day.</param>
    public Refusal? Of(IReadOnlyList<DatedFacts> dated, (DateOnly From, DateOnly? To, IReadOnlyList<MemberEvent> Events) enrolled, List<OwedPeriod> owed)
    {
        var member = new Enrolled(dated);
        var declarations = pack.File.Declarations is null ? [] : Declared(dated);
        var withheld = pack.File.Withholding is null ? null : new WithheldMonths(pack);
        foreach (var collected in CollectedIn(member.FactsOn(enrolled.From).Zone))
        {
            if (enrolled.From > collected.Last || enrolled.To < collected.Period.First) continue;
            var isPartial = marksPartialMonths && (enrolled.From > collected.Period.First || enrolled.To < collected.Last);
            var events = takesEvents ? enrolled.Events.Where(one => collected.Period.Contains(one.Date)).ToList() : null;
            if (member.Turn(collected, isPartial)) member.Facts = new MemberCase(pack, member.FactsNow(PartialMonth), collected.Term) { Declarations = declarations };
            if (withheld is not null)
            {
                if (withheld.Add(member.Facts!, (collected.Period, collected.DueWith), events!, explain) is { } no) return no;
                continue;
            }

            if (pack.CapsByYear) member.Facts = member.Facts!.Charged(FeesOf(owed, collected.Period.First.Year));
            if (LinesOf(ref member, collected, events) is { } refusal) return refusal;
            if (!collected.KnowsDue && FindDue(collected, member) is { } missing) return missing;
            owed.Add(new OwedPeriod(collected.Period, member.Lines!, collected.Due));
        }

        if (withheld is not null) owed.AddRange(withheld.Owed());
        return null;
    }

    private Ratio FeesOf(List<OwedPeriod> owed, int year)
    {
        var sum = 0L;
        foreach (var period in owed.Where(period => period.Period.First.Year == year))
        {
            foreach (var line in period.Lines) sum += line.Rule is FeeRule ? line.Amount.Minor : 0;
        }

        return Ratio.Of(sum, pack.MinorPerMajor);
    }

    // Another change of the facts is no declaration.
    private static List<(DateOnly From, Ratio Income)> Declared(IReadOnlyList<DatedFacts> dated)
    {
        var declared = new List<(DateOnly From, Ratio Income)>();
        foreach (var facts in dated)
        {
            if (facts.Facts.DeclaredIncome is { } income && (declared.Count == 0 || declared[^1].Income != income)) declared.Add((facts.ValidFrom, income));
        }

        return declared;
    }

    private Collected[] CollectedIn(string? zone)
    {
        if (last.Periods is not null && last.Zone == zone) return last.Periods;
        if (!byZone.TryGetValue(new(zone), out var known)) byZone[new(zone)] = known = [.. Schedule.Of(agreement, grid, zone, (DateOnly.MinValue, null)).Select(collected => new Collected(collected, new DateOnly[pack.Places]))];
        last = (zone, known);
        return known;
    }

    private Refusal? LinesOf(ref Enrolled member, Collected collected, List<MemberEvent>? events)
    {
        var stretch = pack.VariesByMonth ? Pack.NoStretch : collected.Stretch ??= pack.StretchOf(collected.Period, member.Facts!);
        if (member.Lines is not null && stretch != Pack.NoStretch && member.Worked == (stretch, collected.Period.Months)) return null;
        var facts = events is null ? member.Facts! : member.Facts!.With(events);
        var calculation = Calculation.Nothing;
        if (pack.Items.Count > 0 && !pack.Calculate(new CalculateInput { Period = collected.Period, Facts = facts, Explain = explain }, working).Ok(out calculation, out var refusal)) return refusal;
        member.Lines = calculation.Fees.Count == 0 && pack.Deposits.Count == 0 ? calculation.Lines as CalculatedLine[] ?? [.. calculation.Lines] : [.. calculation.Lines, .. calculation.Fees, .. pack.Deposited(events ?? [])];
        member.Worked = (stretch, collected.Period.Months);
        return null;
    }

    // Due dates hang on the term and not on the member.
    private Refusal? FindDue(Collected collected, in Enrolled member)
    {
        foreach (var line in member.Lines!)
        {
            if (collected.Due[line.Place] != default) continue;
            if (!pack.ObligationDue(line.Rule, collected.DueWith, member.Facts!).Ok(out var due, out var refusal)) return refusal;
            collected.Due[line.Place] = due;
        }

        collected.KnowsDue = Enumerable.Range(0, pack.Items.Count).All(i => pack.Items[i] is SubtotalRule || collected.Due[i] != default) && pack.Deposits.Count == 0;
        return null;
    }

    /// <summary>A period that the agreement collects, with what is known of it whoever the member is.</summary>
    private sealed class Collected(CollectedPeriod collected, DateOnly[] due)
    {
        public readonly Period Period = collected.Period;
        public readonly DateOnly Last = collected.Period.Last;
        public readonly Period DueWith = collected.DueWith;
        public readonly Term Term = collected.Term;

        /// <summary>Due dates by item, as far as they have been asked for.</summary>
        public readonly DateOnly[] Due = due;

        /// <summary>All of them have been asked for.</summary>
        public bool KnowsDue { get; set; }

        /// <summary>The stretch of figures; null while nobody has asked.</summary>
        public int? Stretch { get; set; }
    }

    /// <summary>One enrolment while its periods are worked out: the last case and what came of it.</summary>
    private struct Enrolled(IReadOnlyList<DatedFacts> dated)
    {
        private int place;
        private bool isPartial;
        private Term? term;

        public MemberCase? Facts { get; set; }

        public CalculatedLine[]? Lines { get; set; }

        /// <summary>Of which stretch and length the lines are.</summary>
        public (int Stretch, int Months) Worked { get; set; }

        /// <summary>True when another case begins with the period: other facts, another term, part of a month.</summary>
        public bool Turn(Collected collected, bool partly)
        {
            var at = dated.Count < 2 ? 0 : PlaceAt(collected.Period.First);
            if (Facts is not null && at == place && partly == isPartial && ReferenceEquals(term, collected.Term)) return false;
            (place, isPartial, term, Lines) = (at, partly, collected.Term, null);
            return true;
        }

        public readonly MemberFacts FactsNow(string flag)
        {
            var known = dated.Count == 0 ? MemberFacts.None : dated[place].Facts;
            return isPartial ? known with { Flags = [.. known.Flags, flag] } : known;
        }

        public readonly MemberFacts FactsOn(DateOnly day) => dated.Count == 0 ? MemberFacts.None : dated[PlaceAt(day)].Facts;

        private readonly int PlaceAt(DateOnly day)
        {
            var at = dated.Count - 1;
            while (at > 0 && dated[at].ValidFrom > day) at--;
            return at;
        }
    }
}
