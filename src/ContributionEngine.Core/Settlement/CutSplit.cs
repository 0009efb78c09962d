namespace ContributionEngine.Core;

/// <summary>One remittance of a cut.</summary>
/// <param name="Lines">How many of the lines that are left, from the first.</param>
/// <param name="Amount">Minor units.</param>
public readonly record struct CutPart(long Lines, long Amount);

/// <summary>
/// Splits the lines of a cut, in their order, into remittances within the limits. What a member pays for a period stays together
/// unless it is above a limit by itself; a line is never split, so one that is above the limit stands alone.
/// </summary>
public sealed class CutSplit(CutLimits limits)
{
    private readonly List<CutPart> parts = [];
    private readonly List<long> together = [];
    private (string Member, string Period) of;
    private CutPart open;

    /// <summary>Takes in the next line.</summary>
    public void Add(string member, string period, long amount)
    {
        if (of != (member, period)) Place();
        of = (member, period);
        together.Add(amount);
    }

    /// <summary>The remittances; nothing when there was no line.</summary>
    public IReadOnlyList<CutPart> Parts()
    {
        Place();
        Close();
        return parts;
    }

    private void Place()
    {
        var sum = together.Sum();
        if (limits.Allow(open.Lines + together.Count, open.Amount + sum)) open = new CutPart(open.Lines + together.Count, open.Amount + sum);
        else PlaceAnew(sum);
        together.Clear();
    }

    private void PlaceAnew(long sum)
    {
        Close();
        if (limits.Allow(together.Count, sum))
        {
            open = new CutPart(together.Count, sum);
            return;
        }

        foreach (var amount in together)
        {
            if (!limits.Allow(open.Lines + 1, open.Amount + amount)) Close();
            open = new CutPart(open.Lines + 1, open.Amount + amount);
        }
    }

    private void Close()
    {
        if (open.Lines > 0) parts.Add(open);
        open = default;
    }
}
