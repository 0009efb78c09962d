namespace ContributionEngine.Core;

/// <summary>How the sender of an HTTP channel is known to the fund.</summary>
public enum ChannelAuth
{
    None,
    ApiKey,

    /// <summary>OAuth 2.0 client credentials.</summary>
    Oauth2,

    /// <summary>A client certificate.</summary>
    Mtls,
}

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

    /// <summary>http: how we say who we are, with <see cref="Secret"/> as the key or the client's secret.</summary>
    public ChannelAuth Auth { get; init; }

    /// <summary>http with <see cref="ChannelAuth.Oauth2"/>: where tokens are given.</summary>
    public string? TokenUrl { get; init; }

    public string? ClientId { get; init; }

    /// <summary>sftp: fingerprint of the fund's host key, such as <c>SHA256:...</c>; another key is never accepted.</summary>
    public string? HostKey { get; init; }

    /// <summary>http with <see cref="ChannelAuth.Mtls"/>: where the client's certificate and key are kept as PEM, such as <c>file:NAME</c>.</summary>
    public string? Certificate { get; init; }

    /// <summary>Where answers are picked up: a directory (folder, sftp), an address (http) or a queue (message).</summary>
    public string? Answers { get; init; }

    /// <summary>Banking days after delivery within which the fund answers; null: the engine's own patience.</summary>
    public int? AnswersDueDays { get; init; }
}
