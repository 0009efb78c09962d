namespace ContributionEngine.Storage;

/// <summary>A message as operators see it.</summary>
public sealed record WaitingMessage
{
    public long Id { get; init; }

    public string Queue { get; init; } = "";

    public string Body { get; init; } = "";

    public long Attempts { get; init; }

    public long Sends { get; init; }

    public DateTimeOffset NotBefore { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    public string? ParkedReason { get; init; }

    public DateTimeOffset EnqueuedAt { get; init; }
}

/// <summary>How far messages are.</summary>
public sealed record Progress
{
    /// <summary>They wait for nothing but to be handled.</summary>
    public long Pending { get; init; }

    /// <summary>They failed, and come again later or are parked.</summary>
    public long Failed { get; init; }

    /// <summary>Another number whenever something has become of one of them.</summary>
    public long Mark { get; init; }
}
