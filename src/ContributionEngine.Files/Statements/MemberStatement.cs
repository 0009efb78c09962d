using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>A member's account under one agreement: what she owes and has paid, where it went, and what shows that the fund accepted it. All amounts in minor units of the currency.</summary>
public sealed record MemberStatement
{
    public required string Agreement { get; init; }

    public required string Organisation { get; init; }

    public required string Fund { get; init; }

    public required Currency Currency { get; init; }

    public required string MemberNo { get; init; }

    public required string NationalId { get; init; }

    public required string FullName { get; init; }

    /// <summary>The member's language, such as <c>es</c>; null: not known.</summary>
    public required string? Language { get; init; }

    /// <summary>The day, in the agreement's time zone, of which it tells.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Where roots are published, such as <c>https://proofs.example</c>; null: nowhere.</summary>
    public string? PublicUrl { get; init; }

    public required IReadOnlyList<StatedObligation> Obligations { get; init; }

    public required IReadOnlyList<StatedReceipt> Receipts { get; init; }

    public required IReadOnlyList<StatedLine> Lines { get; init; }

    /// <summary>The same by period, the earliest first.</summary>
    public IReadOnlyList<StatedPeriod> Periods =>
    [
        .. Obligations.Select(owed => owed.Period).Concat(Lines.Select(line => line.Period)).Distinct().Order(StringComparer.Ordinal).Select(period => new StatedPeriod(
            period,
            Obligations.Where(owed => owed.Period == period).Sum(owed => owed.Owed),
            Obligations.Where(owed => owed.Period == period).Sum(owed => owed.Paid),
            Lines.Where(line => line.Period == period && line.IsOnItsWay).Sum(line => line.Amount),
            Lines.Where(line => line.Period == period && line.IsAccepted).Sum(line => line.Amount))),
    ];

    /// <summary>All periods together.</summary>
    public StatedPeriod Total => new("", Periods.Sum(one => one.Owed), Periods.Sum(one => one.Paid), Periods.Sum(one => one.Remitted), Periods.Sum(one => one.Accepted));

    public IEnumerable<StatedLine> Proven => Lines.Where(line => line.Proof is not null);

    /// <summary>Where a root and a line of hers are named for anybody to look up; null where nothing is published. What stands behind # a browser never sends.</summary>
    public string? AddressOf(StatedProof proof) => PublicUrl is null ? null : $"{PublicUrl}/v/{proof.Line.Root}#leaf={proof.Line.Leaf}";
}

/// <param name="Owed">Less reductions.</param>
public sealed record StatedObligation(string Period, string Component, string Class, DateOnly DueOn, long Owed, long Paid);

/// <param name="Remitted">On lines that the fund has not sent back.</param>
public sealed record StatedPeriod(string Period, long Owed, long Paid, long Remitted, long Accepted)
{
    public long Open => Owed - Paid;
}

/// <summary>Money of hers that was not taken back.</summary>
/// <param name="Receipt">As the exports name it.</param>
/// <param name="ReceiptNo">The number on the slip; null: it has none.</param>
public sealed record StatedReceipt(string Receipt, string? ReceiptNo, DateOnly ReceivedOn, long Amount)
{
    public required long Credit { get; init; }

    public required long Refunded { get; init; }

    public required IReadOnlyList<StatedPart> Parts { get; init; }
}

/// <summary>A part of a receipt.</summary>
/// <param name="Reference">Of the remittance on which it stands; null while the organisation holds it.</param>
public sealed record StatedPart(string Period, string Component, string Class, long Amount, string? Reference, string? Outcome);

/// <summary>A line of hers on a remittance.</summary>
public sealed record StatedLine(string Reference, long LineNo, string Period, string Component, string Class, long Amount)
{
    /// <summary>sent, accepted, rejected or returned.</summary>
    public required string Outcome { get; init; }

    /// <summary>The fund's own code for it.</summary>
    public required string Code { get; init; }

    public StatedProof? Proof { get; init; }

    public bool IsAccepted => Outcome == "accepted";

    public bool IsOnItsWay => Outcome is "sent" or "accepted";
}

/// <summary>What shows that a line is accepted.</summary>
/// <param name="Version">Of the remittance's proof.</param>
/// <param name="LineCount">How many lines its root is over.</param>
/// <param name="ConfirmedOn">When the fund said that it has the same root; null: it has not.</param>
public sealed record StatedProof(LineProof Line, long Version, long LineCount, DateOnly? ConfirmedOn);
