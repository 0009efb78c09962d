using ContributionEngine.Core;

namespace ContributionEngine.Engine;

/// <summary>A sealed remittance as a channel sees it: bytes that never change and the words that identify them.</summary>
/// <param name="Reference">ISO 11649 reference; the idempotency key of every attempt.</param>
/// <param name="FileName">Final name where the channel writes files, such as <c>RF18....csv</c>.</param>
/// <param name="Sha256">Lower-case hex SHA-256 of the bytes.</param>
/// <param name="Total">What the lines add up to.</param>
/// <param name="Open">Opens the sealed bytes; may be called again for a further attempt.</param>
/// <param name="Channel">The channel's terms in the agreement.</param>
public sealed record SealedRemittance(
    string Reference, string FileName, string Sha256, Money Total, Func<Stream> Open, Channel Channel);

/// <summary>What is known after an attempt to hand over, or after asking. A code names the text <c>handover.CODE</c> that says the sentence in other languages.</summary>
public abstract record Handover
{
    private Handover()
    {
    }

    /// <summary>The fund has it.</summary>
    public sealed record Delivered(string? FundReference) : Handover;

    /// <summary>The fund said no; it will not take these bytes.</summary>
    /// <param name="Code">Ours, such as <c>name_taken</c>, or <c>http_</c> with a status.</param>
    public sealed record Refused(string Code, Remark Why) : Handover
    {
        public Refused(string code, Sentence why, string? variant = null)
            : this(code, Told(code, why, variant))
        {
        }

        /// <summary>With the words of the fund, which may be none.</summary>
        public static Refused InItsWords(string code, string text) => new(code, Told("text", $"{text:text}"));
    }

    /// <summary>Nobody knows whether the fund has it: ask, never resend.</summary>
    public sealed record Unknown(Remark Why) : Handover
    {
        public Unknown(string code, Sentence why)
            : this(Told(code, why))
        {
        }
    }

    /// <summary>The fund was not reached at all, or took nothing; the same attempt may be made again.</summary>
    public sealed record NotReached(Remark Why) : Handover
    {
        public NotReached(string code, Sentence why)
            : this(Told(code, why))
        {
        }

        /// <summary>It was not even tried: our own side is not as it must be.</summary>
        public NotReached(Refusal refusal)
            : this(new Remark($"{Texts}{refusal.Code}", $"{refusal.Detail} {refusal.Help}".TrimEnd(), refusal.Particulars))
        {
        }

        /// <summary>How long it is to be left alone; null: it does not say.</summary>
        public TimeSpan? Wait { get; init; }
    }

    /// <summary>Whoever listens there is not the fund that the agreement names, so nothing was said to it.</summary>
    public sealed record Mistrusted(Remark Why) : Handover
    {
        public Mistrusted(string code, Sentence why)
            : this(Told(code, why))
        {
        }
    }

    /// <summary>Only as the answer to asking: the fund knows nothing of that reference.</summary>
    public sealed record NotFound : Handover;

    /// <summary>Only as the answer to asking: the fund has no place to ask at, and does not promise to take a repeat once; a person finds out.</summary>
    public sealed record NobodyToAsk(Remark Why) : Handover
    {
        public NobodyToAsk(string code, Sentence why)
            : this(Told(code, why))
        {
        }
    }

    /// <summary>A sentence of handing over.</summary>
    public static Remark Told(string code, Sentence why, string? variant = null) => why.As($"{Texts}{code}", variant);

    private const string Texts = "handover.";
}

/// <summary>An answer as it was picked up: the bytes, not yet read.</summary>
/// <param name="Name">Under which the fund gave it; data for people, never a path.</param>
public sealed record PickedAnswer(string Name, byte[] Content)
{
    /// <summary>Tells the channel that the answer is stored for good; null where nothing is to be told.</summary>
    public Func<CancellationToken, Task>? Taken { get; init; }

    /// <summary>Why it could not be picked up, such as its size; the content is empty then.</summary>
    public string? Trouble { get; init; }
}

/// <summary>The way to one fund. Implementations: simulator, folder, HTTP, SFTP and message.</summary>
public interface IFundChannel
{
    /// <summary>The channel kind in an agreement that this implementation serves.</summary>
    string Kind { get; }

    /// <summary>
    /// True where a reference that is not found may be sent again at once, because the receiver keeps one file per reference
    /// whatever comes twice; false where it may still turn up, and a second "not found" after some time is needed.
    /// </summary>
    bool IsSafeToRepeat { get; }

    /// <summary>One attempt to hand over. Expected trouble is a value, never an exception.</summary>
    Task<Handover> Deliver(SealedRemittance remittance, CancellationToken stop);

    /// <summary>Asks what became of a reference; never sends.</summary>
    Task<Handover> Ask(SealedRemittance remittance, CancellationToken stop);

    /// <summary>Picks up what the fund has answered so far, repeats included, and where the channel cannot tell also what is about other remittances. Empty when it has not answered.</summary>
    /// <exception cref="IOException">The fund cannot be reached; try again later.</exception>
    Task<IReadOnlyList<PickedAnswer>> Answers(SealedRemittance remittance, CancellationToken stop);
}
