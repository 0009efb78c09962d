using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>What a bank file is in.</summary>
public enum BankFormat
{
    Camt052,
    Camt053,
    Camt054,
    Mt940,
    Mpesa,
    Csv,
}

/// <summary>One statement of one account: what it says of itself and what its entries come to. The entries are handed on one by one, by <see cref="BankFile.Entries"/>.</summary>
public sealed record BankStatement
{
    /// <summary>Without blanks, in capitals; empty when the file does not say.</summary>
    public required string Account { get; init; }

    /// <summary>The bank's own number or name of the statement; a later page has its page number behind it.</summary>
    public required string Statement { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>Minor units, signed; null when the bank does not say.</summary>
    public long? Opening { get; init; }

    public long? Closing { get; init; }

    /// <summary>The day of the opening balance, else of the first booking.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The day of the closing balance, else of the last booking. Entries without a day of their own are booked on it.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Entries (<c>Ntry</c>, <c>:61:</c>, rows), transactions inside them, and entries that the bank marks as reversals.</summary>
    public int Entries { get; init; }

    public int Transactions { get; init; }

    public int Reversals { get; init; }

    /// <summary>Minor units, unsigned.</summary>
    public long Credits { get; init; }

    public long Debits { get; init; }

    public IReadOnlyList<Remark> Warnings { get; init; } = [];

    /// <summary>A warning says that it must not be booked before a person has looked at it.</summary>
    public bool IsDoubtful { get; init; }

    /// <summary>The bank gives reversals the direction of what they reverse, as its balances show; entries come turned.</summary>
    public bool AreReversalsTurned { get; init; }

    /// <summary>An intraday report: provisional, so nothing of it is booked.</summary>
    public bool IsReport { get; init; }

    /// <summary>A notification of single bookings, which has no balances.</summary>
    public bool IsNotification { get; init; }

    /// <summary>SHA-256 of what the statement says, apart from its name and the message that brought it: the same statement sent again has the same.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Opening plus credits less debits is closing; false where a statement gives only one of the two. Where a message has no balances, nothing contradicts.</summary>
    public bool Balances => (Opening, Closing) switch
    {
        ({ } opening, { } closing) => (Int128)opening + Credits - Debits == closing,
        _ => IsNotification || IsReport,
    };
}

/// <summary>What a bank file says, in its order: a statement begins, its entries, it ends.</summary>
internal abstract record BankRecord;

/// <summary>A statement begins.</summary>
internal sealed record StatementBegun(BankFormat Format, string Account, Currency Currency) : BankRecord;

/// <summary>An entry.</summary>
internal sealed record EntryRead(BankEntry Entry) : BankRecord;

/// <summary>A statement ends, and everything about it is known.</summary>
internal sealed record StatementEnded(string Statement, BankBalances Balances, WarningList Warnings) : BankRecord;

/// <summary>The balances that a statement prints, in minor units, and their days.</summary>
internal readonly record struct BankBalances(long? Opening, long? Closing, DateOnly? From, DateOnly? To);

/// <summary>A bank file turned out, on the way, to be one that is refused.</summary>
internal sealed class BankRefusedException(Refusal refusal) : Exception(refusal.Detail)
{
    public Refusal Refusal { get; } = refusal;
}
