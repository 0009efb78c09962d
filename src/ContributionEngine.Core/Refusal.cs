namespace ContributionEngine.Core;

/// <summary>Why an expected "no" is a no. It decides the exit code of the command line and the status of the API.</summary>
public enum RefusalKind
{
    /// <summary>The request itself is wrong, or a named file is not there (exit 2).</summary>
    Usage = 2,

    /// <summary>The acting user may not do this (exit 4).</summary>
    NotAllowed = 4,

    /// <summary>Nothing of that name is visible to the acting user (exit 5).</summary>
    NotFound = 5,

    /// <summary>Someone else holds it, or it has already gone another way (exit 6).</summary>
    Conflict = 6,

    /// <summary>The input is refused and no money was written (exit 7).</summary>
    Refused = 7,

    /// <summary>Something outside is down; the same request may be sent again (exit 8).</summary>
    OutsideDown = 8,

    /// <summary>A control does not tie out (exit 9).</summary>
    ControlFailed = 9,
}

/// <summary>
/// An expected "no": a value with a stable code that screens, API, command line and runbooks share.
/// Bugs and broken infrastructure throw instead.
/// </summary>
/// <param name="Kind">What sort of no it is.</param>
/// <param name="Code">Stable code, such as <c>F08</c> or <c>agreement_unknown</c>.</param>
/// <param name="Detail">What happened and where, in a sentence.</param>
public sealed record Refusal(RefusalKind Kind, string Code, string Detail)
{
    /// <summary>What the reader can do about it.</summary>
    public string? Help { get; init; }

    /// <summary>Dotted path of the input field that caused it.</summary>
    public string? Field { get; init; }

    /// <summary>Number of the member whom it is about.</summary>
    public string? Member { get; init; }

    /// <summary>Physical row of the input file, the first line being 1.</summary>
    public long? Row { get; init; }

    /// <summary>The value as the sender wrote it.</summary>
    public string? Value { get; init; }

    /// <summary>What the sentence needs in another language; null where its code and value say it.</summary>
    public Particulars? Particulars { get; init; }

    /// <summary>Further refusals of the same request.</summary>
    public IReadOnlyList<Refusal> Errors { get; init; } = [];

    public static Refusal Usage(string code, string detail) => new(RefusalKind.Usage, code, detail);

    public static Refusal NotFound(string code, string detail) => new(RefusalKind.NotFound, code, detail);

    public static Refusal Conflict(string code, string detail) => new(RefusalKind.Conflict, code, detail);

    public static Refusal Input(string code, string detail) => new(RefusalKind.Refused, code, detail);
}

/// <summary>Either a value or the refusal that stands in its place.</summary>
public readonly struct Outcome<T>
{
    private readonly T? value;
    private readonly Refusal? refusal;

    private Outcome(T? value, Refusal? refusal) => (this.value, this.refusal) = (value, refusal);

    /// <summary>The refusal, or null when there is a value.</summary>
    public Refusal? Refusal => refusal;

    /// <summary>The value. Asking a refused outcome for it is a bug and throws.</summary>
    public T Value => refusal is null ? value! : throw new InvalidOperationException($"{refusal.Code}: {refusal.Detail}");

    /// <summary>The outcome that holds a value; for interfaces, which C# converts only by name.</summary>
    public static Outcome<T> Of(T value) => new(value, null);

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);

    /// <summary>True with the value, or false with the refusal.</summary>
    public bool Ok(
        [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T value,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out Refusal? refusal)
    {
        value = this.value;
        refusal = this.refusal;
        return refusal is null;
    }
}
