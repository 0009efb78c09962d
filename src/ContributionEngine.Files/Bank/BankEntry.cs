using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Which way money moved, seen from the account.</summary>
public enum Direction
{
    Credit,
    Debit,
}

/// <summary>Who paid or was paid, as the bank names them.</summary>
public readonly record struct Counterparty(string? Name, string? Account);

/// <summary>One transaction inside an entry.</summary>
/// <param name="AmountMinor">Minor units, unsigned; null when the bank gives none in the currency of the statement.</param>
/// <param name="Direction">Its own, which may be the other one than its entry's.</param>
public sealed record BankTransaction(long? AmountMinor, Direction Direction)
{
    /// <summary>The bank's own reference of the transaction, else the sender's.</summary>
    public string? Reference { get; init; }

    public Counterparty Counterparty { get; init; }

    /// <summary>Every text that may carry a reference: end-to-end id, structured reference, free text.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Charges that the bank names beside it, signed as they move the entry; minor units.</summary>
    public long Charges { get; init; }

    /// <summary>Credit positive, debit negative; null when the bank gives no amount.</summary>
    public long? Signed => Direction == Direction.Credit ? AmountMinor : -AmountMinor;
}

/// <summary>One booked entry of a statement.</summary>
public sealed record BankEntry
{
    /// <summary>Minor units, unsigned; the few entries of nothing only inform.</summary>
    public required long AmountMinor { get; init; }

    public required Direction Direction { get; init; }

    public bool IsReversal { get; init; }

    /// <summary>Null when the bank gives no day; the statement's last day then stands for it.</summary>
    public DateOnly? BookedOn { get; init; }

    public DateOnly? ValueOn { get; init; }

    /// <summary>The bank's own reference, by which a booking is taken once; null when it gives none.</summary>
    public string? ServicerReference { get; init; }

    /// <summary>What the bank says of it in words.</summary>
    public string? Text { get; init; }

    public Counterparty Counterparty { get; init; }

    public IReadOnlyList<BankTransaction> Transactions { get; init; } = [];

    /// <summary>Every text that may carry a reference, those of its transactions included.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Credit positive, debit negative.</summary>
    public long Signed => Direction == Direction.Credit ? AmountMinor : -AmountMinor;

    /// <summary>The same in the other direction.</summary>
    internal BankEntry Turned() => this with
    {
        Direction = Turned(Direction), Transactions = [.. Transactions.Select(found => found with { Direction = Turned(found.Direction) })],
    };

    /// <summary>
    /// SHA-256 of what the entry says. Two messages that report one booking without a reference say the same of it; two bookings
    /// of one statement that say the same are told apart by counting.
    /// </summary>
    public string Content()
    {
        var said = string.Join('\n', [$"{BookedOn:O} {ValueOn:O} {Signed} {IsReversal} {ServicerReference}", Text, Counterparty.Name, Counterparty.Account, .. References]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said)));
    }

    private static Direction Turned(Direction direction) => direction == Direction.Credit ? Direction.Debit : Direction.Credit;
}

/// <summary>References that say that there is none.</summary>
internal static class NoReference
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase) { "NONREF", "NOTPROVIDED", "NOT PROVIDED", "NOREF", "NONE", "N/A", "EREF", "KREF", "KREF+", "EREF+", "IKREF+" };

    /// <summary>The trimmed text, or null for one that says nothing: a word for none, or only zeros and marks.</summary>
    public static string? Unless(string? text)
    {
        var trimmed = text?.Trim();
        return string.IsNullOrEmpty(trimmed) || Words.Contains(trimmed) || trimmed.All(letter => letter is '0' or ' ' or '-' or '/' or '.') ? null : trimmed;
    }
}
