namespace ContributionEngine.Core;

/// <summary>How remittances of an agreement reach the fund.</summary>
/// <param name="Kind"><c>simulator</c>, <c>folder</c>, <c>http</c>, <c>sftp</c> or <c>message</c>.</param>
/// <param name="Format">Declaration format, such as <c>csv</c>.</param>
public sealed record Channel(string Kind, string Format)
{
    /// <summary>folder: the directory that the fund reads. simulator: optional file with the simulator's settings.</summary>
    public string? Path { get; init; }

    /// <summary>Where the fund listens. simulator: null runs one inside this process.</summary>
    public string? Url { get; init; }

    /// <summary>Where the fund says what became of a reference.</summary>
    public string? StatusUrl { get; init; }

    /// <summary>True when the fund promises that the same reference twice is taken once.</summary>
    public bool Idempotent { get; init; }

    /// <summary>Where the secret is kept, such as <c>env:NAME</c>; never the secret itself.</summary>
    public string? Secret { get; init; }
}
