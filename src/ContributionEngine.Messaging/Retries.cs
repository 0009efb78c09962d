namespace ContributionEngine.Messaging;

/// <summary>How often a message is tried again, and how long between. All the numbers of this kind stand here.</summary>
public static class Retries
{
    /// <summary>After so many failed attempts a message is parked and a case is opened.</summary>
    public const int AttemptsMax = 6;

    /// <summary>The longest wait between two attempts.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);

    /// <summary>On a broker: tries in the process before the message goes back.</summary>
    public const int InProcess = 3;

    /// <summary>On a broker: the first wait between two tries in the process.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);

    /// <summary>On a broker: the longest wait between two tries in the process.</summary>
    public static readonly TimeSpan LongestWaitInProcess = TimeSpan.FromSeconds(2);

    /// <summary>Two seconds, then four times as long after each failure.</summary>
    public static TimeSpan WaitAfter(long attempts)
    {
        var seconds = 2L << (int)Math.Min(2 * attempts, 40);
        return seconds > LongestWait.TotalSeconds ? LongestWait : TimeSpan.FromSeconds(seconds);
    }
}
