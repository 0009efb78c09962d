namespace ContributionEngine.Storage;

/// <summary>What an operator wants to know of a database before money goes through it.</summary>
public sealed class Condition(Work work)
{
    private static readonly Sql ClockNow = new(dialect => $"select {dialect.Clock("0")} as at");

    // Changes nothing, and is refused to whoever may not write.
    private static readonly Sql Touch = "update id_block set next_id = next_id where name = 'administration'";

    private static readonly Sql SetUp = new(dialect => dialect.SetUpFault);

    /// <summary>How far this machine's clock is ahead of the database's.</summary>
    public async Task<TimeSpan> ClockAhead() => work.Now - (await work.One<ClockReading>(ClockNow))!.At;

    /// <summary>Writes a value that stands there already; throws when this user may not write.</summary>
    public Task TryWriting() => work.Do(Touch);

    /// <summary>What of the operator's set-up is missing, in a sentence; null when nothing is.</summary>
    public Task<string?> MissingSetUp() => work.One<string>(SetUp);

    private sealed record ClockReading
    {
        public DateTimeOffset At { get; init; }
    }
}
