namespace ContributionEngine.Files;

/// <summary>Balances that stand beside the rows of a statement, in whichever order it lists them.</summary>
internal sealed class RunningBalance
{
    private (long Moved, long Balance, DateOnly? Day)? first;
    private (long Moved, long Balance, DateOnly? Day) last;
    private int brokenForward;
    private int brokenBackward;

    private bool IsNewestFirst => brokenForward == brokenBackward ? first!.Value.Day > last.Day : brokenBackward < brokenForward;

    /// <summary>Rows that do not continue the balance of their neighbour.</summary>
    public int Broken => Math.Min(brokenForward, brokenBackward);

    /// <summary>The balance before the oldest row, and behind the newest one; null when no row gives one.</summary>
    public (long Opening, long Closing)? Ends
    {
        get
        {
            if (first is not { } top) return null;
            var (oldest, newest) = IsNewestFirst ? (last, top) : (top, last);
            return (oldest.Balance - oldest.Moved, newest.Balance);
        }
    }

    public void Add(long moved, long balance, DateOnly? day)
    {
        if (first is null) first = (moved, balance, day);
        else
        {
            if (last.Balance + moved != balance) brokenForward++;
            if (balance + last.Moved != last.Balance) brokenBackward++;
        }

        last = (moved, balance, day);
    }
}
