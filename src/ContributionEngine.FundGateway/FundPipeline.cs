using System.Net;
using System.Net.Sockets;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace ContributionEngine.FundGateway;

/// <summary>
/// How patiently a fund is called: all the numbers stand here. Only what certainly did not reach the fund is tried again; a
/// call that was sent and not answered is never repeated by the pipeline.
/// </summary>
public sealed record FundPipeline
{
    /// <summary>How long one attempt may take.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Tries after the first one.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The first wait; it doubles, with jitter.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a fund that keeps failing is left alone.</summary>
    public TimeSpan CircuitRest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Failures in a row of calls before the circuit opens.</summary>
    public int CircuitFailures { get; init; } = 8;

    /// <summary>Retry around circuit breaker around time-out.</summary>
    public ResiliencePipeline<HttpResponseMessage> Build(TimeProvider clock) => new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = Retries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = FirstWait,
            ShouldHandle = outcome => ValueTask.FromResult(NeverArrived(outcome.Outcome)),
        })
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
        {
            FailureRatio = 0.9,
            MinimumThroughput = CircuitFailures,
            SamplingDuration = TimeSpan.FromMinutes(1),
            BreakDuration = CircuitRest,
            ShouldHandle = outcome => ValueTask.FromResult(NeverArrived(outcome.Outcome) || outcome.Outcome.Exception is TimeoutRejectedException),
        })
        .AddTimeout(AttemptTimeout)
        .Build();

    /// <summary>True for what certainly did not reach the fund: nobody listens, or it says that it is not available.</summary>
    public static bool NeverArrived(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result?.StatusCode == HttpStatusCode.ServiceUnavailable
        || outcome.Exception is HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.NetworkUnreachable } };
}
