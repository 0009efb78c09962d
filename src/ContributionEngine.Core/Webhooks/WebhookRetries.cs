namespace ContributionEngine.Core;

/// <summary>How patiently a receiver is told: all the numbers of this kind stand here.</summary>
public static class WebhookRetries
{
    /// <summary>A receiver that has failed for so long is told nothing more until somebody enables it again.</summary>
    public static readonly TimeSpan FailingMax = TimeSpan.FromDays(5);

    /// <summary>A receiver answers within this, with a status from 200 to 299.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(15);

    /// <summary>A wait is longer by up to so many thousandths, so that what failed together does not come back together.</summary>
    public const int JitterMax = 200;

    private const int Thousand = 1_000;

    // After the first attempt, which is made at once.
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>So many attempts are made, over about three days.</summary>
    public static int AttemptsMax => Waits.Length + 1;

    /// <summary>How long after an attempt that failed the next one is made; null: none is.</summary>
    /// <param name="attempts">How many have been made.</param>
    /// <param name="jitter">By how many thousandths it is longer.</param>
    public static TimeSpan? WaitAfter(long attempts, int jitter) => attempts < AttemptsMax ? Waits[attempts - 1] * (Thousand + jitter) / Thousand : null;
}
