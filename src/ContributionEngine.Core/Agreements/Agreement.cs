namespace ContributionEngine.Core;

/// <summary>Who stands for money that a member has not paid.</summary>
public enum Liability
{
    /// <summary>The organisation passes on what it collects; the member owes.</summary>
    Agency,

    /// <summary>The organisation advances what is missing.</summary>
    Guarantee,

    /// <summary>The organisation owes the fund itself.</summary>
    Debtor,

    /// <summary>Both owe.</summary>
    Joint,
}

/// <summary>What a settlement run does with part-paid periods: rule 4 of the domain.</summary>
public enum Shortfall
{
    DropUnpaid,
    ProRata,
    AdvanceAndRecover,
    HoldBatch,
}

/// <summary>Which day governs cover and lateness.</summary>
public enum GoverningClock
{
    MemberPaid,
    OrganisationRemitted,
    FundBooked,
}

/// <summary>A fund or an organisation as an agreement names it.</summary>
public sealed record Party(string Code, string Name)
{
    public string? Kind { get; init; }

    public string? TaxId { get; init; }

    public PostalAddress? Address { get; init; }
}

/// <summary>A structured address.</summary>
/// <param name="Country">ISO 3166 code of two letters.</param>
public sealed record PostalAddress(string Town, string Country)
{
    public string? Street { get; init; }

    public string? Postcode { get; init; }
}

/// <summary>When money is cut into remittances.</summary>
/// <param name="Cron">Five fields; a cut-off on a day that is no banking day moves to the next one.</param>
/// <param name="TimeZone">IANA name; dates of the agreement are days in it.</param>
/// <param name="Calendar">A shipped banking calendar, or <c>pack</c>.</param>
public sealed record SettlementPlan(string Cron, string TimeZone, string Calendar)
{
    /// <summary>From which time of the day the fund takes files, as <c>HH:mm</c>; null: all day.</summary>
    public TimeOnly? Earliest { get; init; }

    /// <summary>Until which time of the day the fund takes files, as <c>HH:mm</c>; null: all day.</summary>
    public TimeOnly? Latest { get; init; }

    /// <summary>A cut with more lines is split into several remittances.</summary>
    public int? MaxLines { get; init; }

    /// <summary>A cut above this amount, in major units, is split into several remittances.</summary>
    public Ratio? MaxAmount { get; init; }

    /// <summary>A cut below this amount, in major units, is carried forward to the next one.</summary>
    public Ratio? MinAmount { get; init; }
}

/// <summary>Accounts that the agreement's payments move between; either may be unknown.</summary>
public sealed record BankAccounts(string? FundAccount, string? OrganisationAccount)
{
    public string? FundBic { get; init; }

    public string? OrganisationBic { get; init; }

    /// <summary>From which score, 0 to 100, a match is accepted without a person; null: the engine's own.</summary>
    public int? AutoAccept { get; init; }
}

/// <summary>What collecting costs, in percent and major units; never netted from money owed to the fund.</summary>
/// <param name="Payer"><c>fund</c> or <c>organisation</c>; <c>member</c> is read, and refused at import.</param>
public sealed record CollectionFee(Ratio Percent, string Payer, Ratio? CapPerYear)
{
    /// <summary>True when the cap is a whole number of the currency's minor units.</summary>
    public bool Fits(Currency currency) => CapPerYear is not { } cap || (cap * currency.MinorPerMajor).TryToLong(out _);

    /// <summary>The cap in minor units, of which no fraction is charged; null: none.</summary>
    public long? CapIn(Currency currency) => CapPerYear is { } cap ? new Rounding(RoundingMode.Down, 1).Apply(cap * currency.MinorPerMajor) : null;
}

/// <summary>A dated term of an agreement with the figures that were agreed for it.</summary>
/// <param name="Start">First day, inside.</param>
/// <param name="End">Last day, inside.</param>
/// <param name="Seasons">Empty: every period of the term is collected.</param>
/// <param name="Parameters">Values of the pack's parameters.</param>
public sealed record Term(
    DateOnly Start, DateOnly End, int NoticeMonths, IReadOnlyList<Season> Seasons, IReadOnlyDictionary<string, string> Parameters)
{
    public bool Contains(DateOnly day) => day >= Start && day <= End;
}

/// <summary>A group registration agreement between a fund and an organisation.</summary>
public sealed record Agreement
{
    public required string Number { get; init; }

    public required Party Fund { get; init; }

    public required Party Organisation { get; init; }

    /// <summary>Id of the scheme pack.</summary>
    public required string Pack { get; init; }

    /// <summary>In date order; the last one is current.</summary>
    public required IReadOnlyList<Term> Terms { get; init; }

    public required Liability Liability { get; init; }

    public required Shortfall Shortfall { get; init; }

    /// <summary>Only with <see cref="Core.Shortfall.HoldBatch"/>: how many days a batch may wait.</summary>
    public int? HoldDays { get; init; }

    public required GoverningClock Clock { get; init; }

    public required SettlementPlan Settlement { get; init; }

    public BankAccounts Bank { get; init; } = new(null, null);

    public required Channel Channel { get; init; }

    public CollectionFee? CollectionFee { get; init; }

    public DateOnly Start => Terms[0].Start;

    public DateOnly End => Terms[^1].End;

    /// <summary>True when the period has a day in one of the terms.</summary>
    public bool Covers(Period period) => Terms.Any(term => period.Touches(term.Start, term.End));

    /// <summary>The term that holds the day, or null.</summary>
    public Term? TermOn(DateOnly day) => Terms.FirstOrDefault(term => term.Contains(day));
}
