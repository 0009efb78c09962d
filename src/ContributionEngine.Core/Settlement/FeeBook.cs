namespace ContributionEngine.Core;

/// <summary>What the fee for collecting one remittance became, or changed by. Amounts in minor units.</summary>
/// <param name="No">1, 2, ... within the agreement: the order in which its year's cap was reached.</param>
/// <param name="Basis">What was payable of the remittance then.</param>
/// <param name="Worked">The percentage of the basis, less what was worked out for the remittance before.</param>
/// <param name="Charged">What of it is owed under the year's cap; below zero it is owed no longer.</param>
/// <param name="Year">The calendar year whose cap it counts against: that of the remittance's first part.</param>
public sealed record FeePart(long No, long Remittance, long Basis, long Worked, long Charged, int Year);

/// <summary>
/// An agreement's fees for collecting, part by part. A remittance's fee is the percentage of what is payable, rounded once, halves up;
/// what is owed of a year is the sum of its fees, and never more than the cap.
/// </summary>
public sealed class FeeBook(CollectionFee fee, Currency currency)
{
    private readonly Dictionary<long, (FeePart Last, long Worked)> remittances = [];
    private readonly Dictionary<int, (long Worked, long Charged)> years = [];
    private long count;

    /// <summary>Most that is owed of one year, in minor units; null: no cap.</summary>
    public long? Cap { get; } = fee.CapIn(currency);

    /// <summary>The part by which the fee follows what is payable of a remittance now; null when nothing has changed.</summary>
    /// <param name="payable">Minor units.</param>
    /// <param name="year">Of the day on which its last line was answered; used by its first part only.</param>
    public FeePart? Next(long remittance, long payable, int year)
    {
        var before = remittances.GetValueOrDefault(remittance);
        if (payable == (before.Last?.Basis ?? 0)) return null;
        var worked = Rounding.HalfUp.Apply(fee.Percent * payable / 100) - before.Worked;
        var counted = before.Last?.Year ?? year;
        var sums = years.GetValueOrDefault(counted);
        var owed = Math.Min(checked(sums.Worked + worked), Cap ?? long.MaxValue);
        return new FeePart(count + 1, remittance, payable, worked, owed - sums.Charged, counted);
    }

    /// <summary>Takes in a part that stands.</summary>
    public void Add(FeePart part)
    {
        var (worked, sums) = (remittances.GetValueOrDefault(part.Remittance).Worked, years.GetValueOrDefault(part.Year));
        remittances[part.Remittance] = (part, checked(worked + part.Worked));
        years[part.Year] = (checked(sums.Worked + part.Worked), checked(sums.Charged + part.Charged));
        count++;
    }
}
