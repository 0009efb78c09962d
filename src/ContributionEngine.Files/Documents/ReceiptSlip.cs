using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>What a slip says that a member keeps of one payment. Amounts in minor units.</summary>
public sealed record ReceiptSlip
{
    /// <summary>As the exports name it, such as <c>RCP-000000001234</c>.</summary>
    public required string Receipt { get; init; }

    /// <summary>The number on the slip that she was given by hand; null: none.</summary>
    public required string? ReceiptNo { get; init; }

    public required string Organisation { get; init; }

    public required string Fund { get; init; }

    public required string Agreement { get; init; }

    public required Currency Currency { get; init; }

    public required string MemberNo { get; init; }

    public required string FullName { get; init; }

    /// <summary>The member's language, such as <c>es</c>; null: not known.</summary>
    public required string? Language { get; init; }

    public required string? Phone { get; init; }

    public required DateOnly ReceivedOn { get; init; }

    public required long Amount { get; init; }

    /// <summary>What it has paid, the earliest period first.</summary>
    public required IReadOnlyList<SlipPart> Parts { get; init; }

    /// <summary>Of this payment, for what falls due later.</summary>
    public required long Credit { get; init; }

    public required long Refunded { get; init; }

    /// <summary>What she owes of all that is open now.</summary>
    public required long StillOwed { get; init; }

    /// <summary>What she has paid in the year of this payment, this one among it.</summary>
    public required long PaidInYear { get; init; }

    /// <summary>Where anybody can check it; null: nowhere.</summary>
    public required string? Address { get; init; }

    /// <summary>The number that people know it by.</summary>
    public string Number => ReceiptNo ?? Receipt;

    /// <summary>The periods that it has paid, in order.</summary>
    public IReadOnlyList<string> Periods => [.. Parts.Select(part => part.Period).Distinct().Order(StringComparer.Ordinal)];
}

/// <summary>A part of a payment on what was owed.</summary>
public sealed record SlipPart(string Period, string Component, string Class, long Amount);
