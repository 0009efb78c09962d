namespace ContributionEngine.Testing;

/// <summary>The ways that bytes take through a <see cref="TcpProxy"/>.</summary>
[Flags]
public enum Ways
{
    None = 0,
    ToServer = 1,
    ToClient = 2,
    Both = ToServer | ToClient,
}

/// <summary>What a proxy does to bytes, until it changes.</summary>
/// <param name="Held">Ways on which nothing goes on; what was taken waits.</param>
/// <param name="Lost">Ways on which everything is taken and thrown away.</param>
/// <param name="Delay">How much later each piece goes on.</param>
internal sealed record Weather(Ways Held = Ways.None, Ways Lost = Ways.None, TimeSpan Delay = default)
{
    private readonly TaskCompletionSource struck = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the first piece was held or lost.</summary>
    public Task Struck => struck.Task;

    /// <summary>Ends when other weather has come.</summary>
    public Task Over => over.Task;

    public bool Holds(Ways way) => Strikes(Held, way);

    public bool Loses(Ways way) => Strikes(Lost, way);

    public void End() => over.SetResult();

    private bool Strikes(Ways ways, Ways way)
    {
        if (!ways.HasFlag(way)) return false;
        struck.TrySetResult();
        return true;
    }
}
