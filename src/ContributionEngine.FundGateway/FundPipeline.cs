using ContributionEngine.Engine;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace ContributionEngine.FundGateway;

/// <summary>
/// How patiently a fund is called, over whatever channel: all the numbers stand here. Only what certainly did not reach the fund
/// is tried again; a call that was sent and not answered is never repeated by the pipeline.
/// </summary>
public sealed record FundPipeline
{
    /// <summary>The longest answer that is picked up, in bytes; a longer one is named and left where it is.</summary>
    public const int AnswerBytesMax = 64 << 20;

    /// <summary>So many answers are picked up at one look; the rest at the next ones.</summary>
    public const int AnswersMax = 1_000;

    /// <summary>So much of a fund's words about a refusal is kept.</summary>
    public const int TextMax = 2_000;

    /// <summary>The longest body that says how a delivery or a request for a token went, in bytes.</summary>
    public const int ReplyBytesMax = 64 << 10;

    /// <summary>What an exchange of messages carries at most; a longer file is refused before it is sent.</summary>
    public const int MessageBytesMax = 16 << 20;

    /// <summary>How long until somebody listens.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one attempt may take, beside what its bytes need.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The slowest line that is waited for, in bytes a second.</summary>
    public long SlowestLine { get; init; } = 1 << 20;

    /// <summary>No attempt is longer, however many its bytes; the engine takes a longer one for dead.</summary>
    public TimeSpan AttemptMax { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Tries after the first one.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The first wait; it doubles, with jitter.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>A fund that asks to be left alone for longer is not waited for: its remittance is handed over again later.</summary>
    public TimeSpan WaitMax { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a fund is left alone that does not take our word for who we are; every try might bring a lock nearer.</summary>
    public TimeSpan DeniedRest { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a fund that keeps failing is left alone.</summary>
    public TimeSpan CircuitRest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Failures in a row of calls before the circuit opens.</summary>
    public int CircuitFailures { get; init; } = 8;

    /// <summary>How long before its end a token is renewed.</summary>
    public TimeSpan TokenMargin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an attempt may take that carries so many bytes.</summary>
    public TimeSpan TimeFor(long bytes)
    {
        var time = AttemptTimeout + TimeSpan.FromSeconds(bytes / SlowestLine);
        return time < AttemptMax ? time : AttemptMax;
    }

    /// <summary>Retry around circuit breaker. What is called gives a <see cref="Handover"/>, or throws an <see cref="IOException"/>.</summary>
    internal ResiliencePipeline Build(TimeProvider clock, CircuitBreakerStateProvider state) => new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = Retries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = FirstWait,
            ShouldHandle = call => ValueTask.FromResult(call.Outcome.Result is Handover.NotReached { Wait: var wait } && (wait is null || wait <= WaitMax)),
            DelayGenerator = call => ValueTask.FromResult(call.Outcome.Result is Handover.NotReached { Wait: var wait } ? wait : null),
        })
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 0.9,
            MinimumThroughput = CircuitFailures,
            SamplingDuration = TimeSpan.FromMinutes(1),
            BreakDuration = CircuitRest,
            StateProvider = state,
            ShouldHandle = call => ValueTask.FromResult(call.Outcome.Result is Handover.NotReached or Handover.Unknown || call.Outcome.Exception is IOException),
        })
        .Build();
}
