namespace ContributionEngine.Core;

/// <summary>
/// Calculates span after span of one member and remembers the last one: while the member, the figures and the length are the
/// same and the pack does not look at the calendar, the lines are the same too.
/// </summary>
public sealed class SteadyCalculation(Pack pack, bool explain)
{
    private CaseFacts? lastFacts;
    private (int Epoch, int Months) last;
    private Calculation lines = Calculation.Nothing;

    /// <summary>As <see cref="Pack.Calculate"/>.</summary>
    public Outcome<Calculation> Of(Period period, CaseFacts facts)
    {
        var epoch = pack.VariesByMonth ? -1 : pack.EpochOf(period, facts);
        if (epoch >= 0 && ReferenceEquals(facts, lastFacts) && last == (epoch, period.Months)) return lines;
        var worked = pack.Calculate(new CalculateInput { Period = period, Facts = facts, Explain = explain });
        lastFacts = worked.Refusal is null ? facts : null;
        if (worked.Refusal is null) (lines, last) = (worked.Value, (epoch, period.Months));
        return worked;
    }
}
