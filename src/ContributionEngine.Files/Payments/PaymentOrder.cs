using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>An order to a bank to pay one sum to a fund.</summary>
public sealed record PaymentOrder
{
    /// <summary>Id of the message, at most 35 characters; the same order has the same one, another order never has.</summary>
    public required string Id { get; init; }

    /// <summary>ISO 11649 reference that the payment carries to the fund.</summary>
    public required string Reference { get; init; }

    /// <summary>The fund's own reference of what is paid; null where it gives none.</summary>
    public string? FundReference { get; init; }

    /// <summary>Above zero.</summary>
    public required Money Amount { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The day on which the bank shall pay.</summary>
    public required DateOnly ExecuteOn { get; init; }

    public required PaymentParty Debtor { get; init; }

    public required PaymentParty Creditor { get; init; }
}

/// <summary>One side of a payment, as an agreement file gives it.</summary>
/// <param name="Fields">Where it is entered there, for whoever must correct it.</param>
public sealed record PaymentParty(string Name, PostalAddress? Address, string? Account, string? Bic, PartyFields Fields);

/// <summary>Paths in the agreement file, such as <c>fund</c>, <c>bank.fund_account</c> and <c>bank.fund_bic</c>.</summary>
public sealed record PartyFields(string Party, string Account, string Bic)
{
    public static PartyFields Organisation { get; } = new("organisation", "bank.organisation_account", "bank.organisation_bic");

    public static PartyFields Fund { get; } = new("fund", "bank.fund_account", "bank.fund_bic");
}

/// <summary>A text that went to the bank in other letters, or cut.</summary>
public sealed record Transliteration(string Field, string From, string To);
