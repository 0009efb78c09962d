using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Something that a person must decide.</summary>
/// <param name="Reason">Typed reason, such as <c>row_left_out</c>.</param>
/// <param name="Subject">What it is about, such as <c>UPL-1007 row 12</c>; one open case per agreement, reason and subject.</param>
/// <param name="Amount">Minor units, when money hangs on it.</param>
/// <param name="Detail">What happened; its code is the whole name of its texts, such as <c>row.R02</c>.</param>
public sealed record NewCase(string Reason, string Subject, long? Amount, Remark Detail)
{
    /// <summary>Cases whose detail is a sentence of their reason's own.</summary>
    /// <param name="variant">Which of its sentences; null: the usual one.</param>
    public NewCase(string reason, string subject, long? amount, Sentence detail, string? variant = null)
        : this(reason, subject, amount, detail.As($"case_said.{reason}", variant))
    {
    }
}

/// <summary>Why the engine resolves a case.</summary>
/// <param name="Code">Of its texts in other languages, such as <c>upload_undone</c>.</param>
public sealed record CaseEnd(string Code, Sentence Why)
{
    internal Remark Told => Why.As($"case_ended.{Code}");
}

/// <summary>Cases of one reason that are kept as the rows behind them are.</summary>
/// <param name="End">Why one of them is resolved when nothing is behind it any more.</param>
public sealed record CasesOf(string Reason, CaseEnd End)
{
    /// <summary>Only cases about such subjects; null: about anything.</summary>
    public Func<string, bool>? IsAbout { get; init; }
}

/// <summary>A case as it stands.</summary>
public sealed record StoredCase
{
    public long Id { get; init; }

    public string Number { get; init; } = "";

    public string Reason { get; init; } = "";

    public long? AgreementId { get; init; }

    public string? Agreement { get; init; }

    public string? Currency { get; init; }

    public string Subject { get; init; } = "";

    public long? Amount { get; init; }

    public string Detail { get; init; } = "";

    /// <summary>Name of the texts that say the detail in other languages; null where it was kept in English alone.</summary>
    public string? DetailCode { get; init; }

    /// <summary>What the detail needs in another language, as JSON.</summary>
    public string? Particulars { get; init; }

    public Remark Said => Remark.Read(DetailCode, Detail, Particulars);

    public DateOnly OpenedOn { get; init; }

    /// <summary>open, assigned, waiting, resolved or written_off.</summary>
    public string State { get; init; } = "";

    public string? Owner { get; init; }

    public string? Resolution { get; init; }

    /// <summary>Name of the texts that say the resolution in other languages; null where a person wrote it, or it was kept in English alone.</summary>
    public string? ResolutionCode { get; init; }

    /// <summary>What the resolution needs in another language, as JSON.</summary>
    public string? ResolutionParticulars { get; init; }

    /// <summary>Why the engine resolved it; null where a person wrote the resolution, or it was kept in English alone.</summary>
    public Remark? Ended => ResolutionCode is null ? null : Remark.Read(ResolutionCode, Resolution!, ResolutionParticulars);

    /// <summary>Who resolved it; null when the engine did, because nothing was behind it any more.</summary>
    public string? ResolvedBy { get; init; }

    public bool IsOpen => State is "open" or "assigned" or "waiting";
}
