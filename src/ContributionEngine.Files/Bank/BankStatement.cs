using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Which way money moved, seen from the account.</summary>
public enum Direction
{
    Credit,
    Debit,
}

/// <summary>One transaction inside an entry.</summary>
/// <param name="AmountMinor">Minor units, unsigned; null when the bank gives none of its own.</param>
/// <param name="References">Everything that may carry a reference: end-to-end id, structured reference, free text.</param>
public sealed record BankTransaction(long? AmountMinor, Direction Direction, IReadOnlyList<string> References);

/// <summary>One booked entry of a statement.</summary>
public sealed record BankEntry
{
    /// <summary>Minor units, unsigned.</summary>
    public required long AmountMinor { get; init; }

    public required Direction Direction { get; init; }

    public bool IsReversal { get; init; }

    public DateOnly? BookedOn { get; init; }

    /// <summary>The bank's own reference; the key under which a booking is taken once.</summary>
    public string? ServicerReference { get; init; }

    public string? Text { get; init; }

    public required IReadOnlyList<BankTransaction> Transactions { get; init; }

    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Credit positive, debit negative.</summary>
    public long Signed => Direction == Direction.Credit ? AmountMinor : -AmountMinor;
}

/// <summary>One statement of one account.</summary>
public sealed record BankStatement
{
    /// <summary>Without blanks, in capitals.</summary>
    public required string Account { get; init; }

    public required string Statement { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>Minor units, signed; null when the bank does not say.</summary>
    public long? Opening { get; init; }

    public long? Closing { get; init; }

    public DateOnly? Date { get; init; }

    public required IReadOnlyList<BankEntry> Entries { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public long Credits => Entries.Where(entry => entry.Direction == Direction.Credit).Sum(entry => entry.AmountMinor);

    public long Debits => Entries.Where(entry => entry.Direction == Direction.Debit).Sum(entry => entry.AmountMinor);

    /// <summary>Opening plus credits less debits is closing; false where the bank gives only one of the two.</summary>
    public bool Balances => Opening is { } opening && Closing is { } closing && opening + Credits - Debits == closing;
}
