using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Who declares what to whom.</summary>
public sealed record DeclarationHeader(string Reference, string Agreement, string Fund, string Organisation, DateTimeOffset Cutoff, Currency Currency)
{
    /// <summary>Reference of the earlier declaration to whose lines these are the differences; null when these are none.</summary>
    public string? Revises { get; init; }

    /// <summary>The fund's own reference of the notice that the lines pay; null where it gives none.</summary>
    public string? FundReference { get; init; }

    /// <summary>What the fund is shown of earlier remittances: the root over the lines that it accepted.</summary>
    public IReadOnlyList<ProvenRemittance> Proofs { get; init; } = [];

    /// <summary>Who the parties are, for forms that say more of them than their codes.</summary>
    public DeclaringParties Parties { get; init; } = DeclaringParties.Unnamed;

    /// <summary>Day of the cut-off in the agreement's time zone.</summary>
    public DateOnly CutoffOn { get; init; }

    /// <summary>The one period of all lines; null where the form takes several.</summary>
    public Period? Period { get; init; }

    /// <summary>Figures of the scheme pack that hold in <see cref="Period"/>, by id: rates in percent, ceilings in major units.</summary>
    public IReadOnlyDictionary<string, Ratio> Figures { get; init; } = new Dictionary<string, Ratio>();

    /// <summary>What the lines will come to, for forms that say so before the first of them.</summary>
    public DeclarationTotals Announced { get; init; } = new(0, 0, 0);
}

/// <summary>The two sides of a declaration and the accounts that the money moves between.</summary>
public sealed record DeclaringParties(Party Fund, Party Organisation, BankAccounts Bank)
{
    public static DeclaringParties Unnamed { get; } = new(new Party("", ""), new Party("", ""), new BankAccounts(null, null));
}

/// <summary>What the lines of a declaration come to.</summary>
/// <param name="LeastMinor">The smallest amount of a line; below zero when the declaration takes something back.</param>
public sealed record DeclarationTotals(long Lines, long TotalMinor, long LeastMinor);

/// <summary>The root of a Merkle tree over the accepted lines of a remittance.</summary>
/// <param name="Root">Lower-case hex SHA-256.</param>
/// <param name="Lines">How many lines it is over.</param>
public sealed record ProvenRemittance(string Reference, string Root, long Lines);

/// <summary>One member x period x component x class. Those of one member stand together, and of her those of one period.</summary>
/// <param name="Period">First month, <c>yyyy-MM</c>.</param>
/// <param name="AmountMinor">Minor units of the header's currency.</param>
public sealed record DeclarationLine(long Line, string MemberNo, string NationalId, string Period, string Component, string Class, long AmountMinor)
{
    /// <summary>Length of the period.</summary>
    public int Months { get; init; } = 1;

    /// <summary>What is known of the member, for forms that ask.</summary>
    public DeclaredMember Member { get; init; } = DeclaredMember.Unknown;
}

/// <summary>What is known of a member in the period of a line.</summary>
public sealed record DeclaredMember(string FullName, MemberFacts Facts)
{
    public static DeclaredMember Unknown { get; } = new("", MemberFacts.None);
}

/// <summary>What was written: the figures that are sealed.</summary>
/// <param name="Sha256">Lower-case hex over the bytes.</param>
public sealed record WrittenDeclaration(long Lines, long TotalMinor, string Sha256, long Bytes);
