using Polly;
using Polly.Retry;

namespace ContributionEngine.Messaging;

/// <summary>How often a message is tried again, and how long between. All the numbers of this kind stand here.</summary>
public static class Retries
{
    /// <summary>After so many failed attempts a message is parked and a case is opened.</summary>
    public const int AttemptsMax = 6;

    /// <summary>The longest wait between two attempts.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);

    /// <summary>A message about something that another process works on comes again after this.</summary>
    public static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(2);

    /// <summary>While the database is away, a message in hand tries again at first after this, and at last at such distances.</summary>
    public static readonly (TimeSpan First, TimeSpan Longest) OutageWaits = (TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(5));

    /// <summary>A message that the broker took and nobody has handled is sent again after this, doubled each time.</summary>
    public static readonly TimeSpan SendAgain = TimeSpan.FromMinutes(5);

    /// <summary>The longest wait until a message is sent again.</summary>
    public static readonly TimeSpan LongestSendAgain = TimeSpan.FromHours(6);

    /// <summary>Waits out what is only down, however long that takes, and hears of each try that failed by it.</summary>
    public static ResiliencePipeline WaitingOut(Func<Exception, bool> isOutage, Action<Exception>? heard = null) => new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
    {
        ShouldHandle = new PredicateBuilder().Handle(isOutage),
        OnRetry = retry =>
        {
            heard?.Invoke(retry.Outcome.Exception!);
            return ValueTask.CompletedTask;
        },
        MaxRetryAttempts = int.MaxValue,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = OutageWaits.First,
        MaxDelay = OutageWaits.Longest,
    }).Build();

    /// <summary>When a message that is sent now, after so many sendings, is sent once more.</summary>
    public static TimeSpan SendAgainAfter(long sends)
    {
        var wait = SendAgain * (1L << (int)Math.Min(sends, 20));
        return wait > LongestSendAgain ? LongestSendAgain : wait;
    }

    /// <summary>Two seconds, then four times as long after each failure.</summary>
    public static TimeSpan WaitAfter(long attempts)
    {
        var seconds = 2L << (int)Math.Min(2 * attempts, 40);
        return seconds > LongestWait.TotalSeconds ? LongestWait : TimeSpan.FromSeconds(seconds);
    }
}
