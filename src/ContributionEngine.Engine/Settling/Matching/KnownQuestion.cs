using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A remittance that an organisation may say the money is for.</summary>
public sealed record NamedRemittance(string Number, string Reference, Money Open);

/// <summary>What an organisation is asked about bank money: is it yours? The organisation itself learns the day, the amount and the end of the account, and nothing of who paid.</summary>
/// <param name="Organisation">Code of the organisation that is asked.</param>
/// <param name="AccountEnd">The last signs of the account that shows the money.</param>
public sealed record KnownQuestion(string Question, string Organisation, string OrganisationName, DateOnly BookedOn, Money Amount, string AccountEnd, DateTimeOffset AskedAt)
{
    private const int AccountSigns = 4;

    /// <summary>How the money is called towards <see cref="MatchByHand"/>; null for the organisation.</summary>
    public string? Money { get; init; }

    /// <summary>Null for the organisation.</summary>
    public string? AskedBy { get; init; }

    /// <summary>ours or not_ours; null while nobody has answered.</summary>
    public string? Answer { get; init; }

    /// <summary>Number of the remittance that it is for, as they say.</summary>
    public string? Remittance { get; init; }

    public string? Reference { get; init; }

    public string? AnsweredBy { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>For the organisation while it has not answered: its remittances that await money of this currency, those first whose open amount is nearest.</summary>
    public IReadOnlyList<NamedRemittance> Remittances { get; init; } = [];

    internal static KnownQuestion Of(Work work, StoredQuestion row, BankMoney money) =>
        new(row.Number, row.Organisation, row.OrganisationName, money.BookedOn, MatchReport.In(money.Currency, money.Minor), row.Account[^Math.Min(AccountSigns, row.Account.Length)..], row.AskedAt)
        {
            Money = work.Actor.OrganisationId is null ? MatchCases.Subject(money) : null, AskedBy = work.Actor.OrganisationId is null ? row.AskedBy : null,
            Answer = row.Answer, Remittance = row.Remittance, Reference = row.Reference, AnsweredBy = row.AnsweredBy, AnsweredAt = row.AnsweredAt,
        };
}

/// <summary>An organisation that may be asked about a piece of money.</summary>
/// <param name="IsLikely">Something speaks for one of its remittances.</param>
public sealed record AskableOrganisation(string Code, string Name, bool IsLikely);

/// <summary>A piece of open bank money, who was asked about it and who can be.</summary>
/// <param name="Organisations">Those first for whose remittances most speaks.</param>
public sealed record AskableMoney(string Money, DateOnly BookedOn, Money Amount, IReadOnlyList<KnownQuestion> Asked, IReadOnlyList<AskableOrganisation> Organisations);

/// <summary>What an organisation says of a question: the money is for this remittance, or it is not theirs. Either is said, never both.</summary>
/// <param name="Remittance">Number or reference.</param>
public sealed record MoneyAnswer(string Question, string? Remittance, bool NotOurs);
