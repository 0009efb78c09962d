namespace ContributionEngine.Core;

/// <summary>How much one remittance may hold, and below what a cut waits for the next one.</summary>
/// <param name="LinesMax">Lines in one remittance.</param>
/// <param name="AmountMax">Minor units in one remittance.</param>
/// <param name="AmountMin">Minor units; a cut below it is carried forward.</param>
public sealed record CutLimits(long LinesMax, long AmountMax, long AmountMin)
{
    public static CutLimits Of(SettlementPlan plan, Currency currency) => new(
        plan.MaxLines ?? long.MaxValue,
        plan.MaxAmount is { } most ? new Rounding(RoundingMode.Down, 1).Apply(most * currency.MinorPerMajor) : long.MaxValue,
        plan.MinAmount is { } least ? new Rounding(RoundingMode.Up, 1).Apply(least * currency.MinorPerMajor) : 0);

    /// <summary>True when a cut of this total waits for the next one. The last cut-off of a term takes all.</summary>
    public bool Carries(long total, bool isLast) => total > 0 && total < AmountMin && !isLast;

    /// <summary>True when so many lines of so much may stand on one remittance.</summary>
    public bool Allow(long lines, long amount) => lines <= LinesMax && amount <= AmountMax;
}
