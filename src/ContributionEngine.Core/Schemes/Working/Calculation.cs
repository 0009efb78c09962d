namespace ContributionEngine.Core;

/// <summary>What a calculation is asked.</summary>
public readonly record struct CalculateInput
{
    /// <summary>The span, its length that of the mode.</summary>
    public required Period Period { get; init; }

    public required CaseFacts Facts { get; init; }

    /// <summary>Only these components in the result; null: all.</summary>
    public IReadOnlyList<string>? Components { get; init; }

    /// <summary>The arithmetic is wanted too.</summary>
    public bool Explain { get; init; }
}

/// <summary>One step of the arithmetic, as it was done.</summary>
/// <param name="Source">Where the number comes from, with its mark; null for plain arithmetic.</param>
public sealed record Step(string What, string Value, string? Source);

/// <summary>An amount of one component or fee, with its arithmetic when that was asked for.</summary>
public sealed record CalculatedLine(ItemRule Rule, Payer Payer, Money Amount, IReadOnlyList<Step> Steps)
{
    /// <summary>Place among the items of the pack, in the order in which they are worked out.</summary>
    public int Place { get; init; }

    /// <summary>The month that an amount was withheld for; null: the span that was asked.</summary>
    public Period? Withheld { get; init; }
}

/// <summary>The lines of a calculation in the pack's order, without zeros, and what else the pack works out.</summary>
public sealed record Calculation(IReadOnlyList<CalculatedLine> Lines, IReadOnlyList<CalculatedLine> Fees)
{
    /// <summary>What the period counts for, as a decimal; null when it counts for nothing or the pack does not say.</summary>
    public string? Credit { get; init; }

    /// <summary>The amount that was solved for, in minor units.</summary>
    public long? Solved { get; init; }

    /// <summary>What is left of the events, in minor units.</summary>
    public long? Left { get; init; }

    public static Calculation Nothing { get; } = new([], []);
}

public sealed partial class Pack
{
    /// <summary>What is owed for one span. Refusals carry the codes of the test vectors: invalid_input, not_in_force, missing_parameter, not_eligible.</summary>
    public Outcome<Calculation> Calculate(CalculateInput input) => Calculate(input, new Working(this));

    /// <summary>The same on a bench that others have used.</summary>
    internal Outcome<Calculation> Calculate(CalculateInput input, Working working)
    {
        try
        {
            return File.Withholding is { } rule ? new Withholding(this, rule).Of(input) : Span(input, working);
        }
        catch (CaseFault fault)
        {
            return fault.Refusal;
        }
    }

    /// <summary>Why an agreement cannot begin on a day under this pack, or null: no figures for it, or figures pinned by whole months.</summary>
    public Refusal? CheckTerm(DateOnly start)
    {
        if (File.Agreement.PinnedMonths is not null && start.Day != 1) return Unfit("invalid_input", $"term.start: {start:yyyy-MM-dd} cannot begin a term of pack {Id}, whose figures are pinned at the first of a month.");
        if (IsInForce(start)) return null;
        return Unfit("not_in_force", $"term.start: pack {Id} has no figures for {start:yyyy-MM-dd}.") with { Help = $"See the dates of its figures with 'pack show {Id}'." };
    }

    /// <summary>Which stretch of unchanging figures a span is worked with, or <see cref="NoStretch"/> when that is a fault.</summary>
    internal int StretchOf(Period period, CaseFacts facts)
    {
        try
        {
            return StretchOn(FigureDate(period, facts));
        }
        catch (CaseFault)
        {
            return NoStretch;
        }
    }

    /// <summary>The lines of one span; a fault is thrown.</summary>
    internal Calculation Span(CalculateInput input, Working? working = null)
    {
        var (facts, period) = (input.Facts, input.Period);
        CheckSpan(period, File.Modes);
        CheckFlags(facts);
        if (File.Components.Count > 0 && input.Components?.Any(id => Components.All(component => component.Id != id)) == true) throw facts.Fault("components");
        CheckEligibility(facts);
        var day = FigureDate(period, facts);
        var stretch = StretchOn(day);
        if (!isInForce[stretch]) throw facts.Fault("period", "not_in_force");
        working ??= new Working(this);
        working.Take(input, (day, stretch));
        return working.IsDue() ? working.Run() : Calculation.Nothing;
    }

    /// <summary>True when the pack has figures for the day.</summary>
    internal bool IsInForce(DateOnly day) => isInForce[StretchOn(day)];

    internal void CheckSpan(Period period, IReadOnlyList<SpanMode> modes)
    {
        if (modes[0] != (SpanMode)period.Months && !modes.Contains((SpanMode)period.Months)) throw new CaseFault("invalid_input", "mode");
        if (period.Months > 1 && File.YearBegins is { } begins && (period.First.Month - begins + 12) % period.Months != 0) throw new CaseFault("invalid_input", "period");
    }

    private static Refusal Unfit(string code, string detail) => Refusal.Input(code, detail) with { Field = "term.start" };

    private void CheckFlags(CaseFacts facts)
    {
        var flags = facts.Words("member.flags");
        for (var i = 0; i < flags.Count; i++)
        {
            if (!Flags.Contains(flags[i])) throw facts.Fault("member.flags");
        }
    }

    private void CheckEligibility(CaseFacts facts)
    {
        for (var i = 0; i < File.Eligibility.Count; i++)
        {
            var rule = File.Eligibility[i];
            var flags = rule.NotTogether.Count > 0 ? facts.Words("member.flags") : [];
            if (rule.NotTogether.Count > 0 && rule.NotTogether.All(flags.Contains)) throw facts.Fault("member.flags", "not_eligible");
            if ((rule.LeastMembers is null && rule.MostMembers is null) || !facts.Has("agreement")) continue;
            var members = facts.Count("agreement.members") ?? DefaultMembers() ?? throw facts.Fault("agreement.members");
            if (members < rule.LeastMembers || members > rule.MostMembers) throw facts.Fault("agreement.members", "not_eligible");
        }
    }

    private int? DefaultMembers() => int.TryParse(Input("members")?.Default, out var members) ? members : null;

    // Figures are those of the period, or those of the start of the current term where the scheme pins them.
    private DateOnly FigureDate(Period period, CaseFacts facts)
    {
        if (File.Agreement.PinnedMonths is not { } months) return period.First;
        if (facts.Day("agreement.start") is not { } start) return facts.Has("agreement") ? throw facts.Fault("agreement.start") : period.First;
        if (start.Day != 1) throw facts.Fault("agreement.start");
        if (period.First < start) throw facts.Fault("agreement.start", "not_in_force");
        if (period.First < start.AddMonths(months)) return start;
        var passed = ((period.First.Year - start.Year) * 12) + period.First.Month - start.Month;
        return start.AddMonths(passed / months * months);
    }
}
