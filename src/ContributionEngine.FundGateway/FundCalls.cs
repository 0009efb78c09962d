using System.Collections.Concurrent;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using Polly;
using Polly.CircuitBreaker;

namespace ContributionEngine.FundGateway;

/// <summary>Calls to funds, each within the limits of the pipeline. Every address has a circuit of its own, so that one fund that fails does not keep another waiting.</summary>
internal sealed class FundCalls(FundPipeline numbers, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Line> lines = new(StringComparer.Ordinal);

    public FundPipeline Numbers => numbers;

    public TimeProvider Clock => clock;

    /// <summary>The addresses that keep failing and are left alone for a while.</summary>
    public IReadOnlyList<string> LeftAlone => [.. lines.Where(line => line.Value.State.CircuitState == CircuitState.Open).Select(line => line.Key).Order(StringComparer.Ordinal)];

    /// <summary>Hands over or asks, several times where the fund certainly was not reached.</summary>
    public async Task<Handover> Try(string address, long bytes, Func<CancellationToken, Task<Handover>> attempt, CancellationToken stop)
    {
        try
        {
            return await LineTo(address).Pipeline.ExecuteAsync(async token => await Timed(attempt, bytes, token), stop);
        }
        catch (BrokenCircuitException)
        {
            return new Handover.NotReached("left_alone", Rest(address));
        }
    }

    /// <summary>Looks for answers once.</summary>
    /// <exception cref="IOException">The fund cannot be reached, or is left alone.</exception>
    public async Task<IReadOnlyList<PickedAnswer>> Look(string address, Func<CancellationToken, Task<IReadOnlyList<PickedAnswer>>> look, CancellationToken stop)
    {
        try
        {
            return await LineTo(address).Pipeline.ExecuteAsync(async token => await Timed(look, token), stop);
        }
        catch (BrokenCircuitException broken)
        {
            throw new IOException($"{Rest(address)}", broken);
        }
    }

    private Line LineTo(string address) => lines.GetOrAdd(address, _ =>
    {
        var state = new CircuitBreakerStateProvider();
        return new Line(numbers.Build(clock, state), state);
    });

    private Sentence Rest(string address) => $"{address:address} has been failing; the circuit is open, and it is left alone for {$"{numbers.CircuitRest.TotalSeconds}":seconds} seconds.";

    // What was under way at the end of its time may have arrived.
    private async Task<Handover> Timed(Func<CancellationToken, Task<Handover>> attempt, long bytes, CancellationToken stop)
    {
        var limit = numbers.TimeFor(bytes);
        using var time = new CancellationTokenSource(limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, time.Token);
        try
        {
            return await attempt(both.Token);
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return new Handover.Unknown("timed_out", $"the fund did not answer within {$"{limit.TotalSeconds}":seconds} seconds");
        }
    }

    private async Task<IReadOnlyList<PickedAnswer>> Timed(Func<CancellationToken, Task<IReadOnlyList<PickedAnswer>>> look, CancellationToken stop)
    {
        using var time = new CancellationTokenSource(numbers.AttemptMax, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, time.Token);
        try
        {
            return await look(both.Token);
        }
        catch (OperationCanceledException late) when (time.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new IOException($"The fund did not give its answers within {numbers.AttemptMax.TotalSeconds} seconds.", late);
        }
    }

    private sealed record Line(ResiliencePipeline Pipeline, CircuitBreakerStateProvider State);
}
