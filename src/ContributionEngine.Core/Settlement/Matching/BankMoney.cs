namespace ContributionEngine.Core;

/// <summary>Money that a bank shows and that is not matched: an entry, or one transaction of an entry that the bank made of several.</summary>
public sealed record BankMoney
{
    public required long Entry { get; init; }

    /// <summary>Number of the transaction in its entry; 0: the whole entry.</summary>
    public long Part { get; init; }

    /// <summary>Id of the bank account. Money without a reference is looked for only among the remittances that are payable on it.</summary>
    public required long Account { get; init; }

    public required string Currency { get; init; }

    /// <summary>Minor units: above zero money for the fund, below zero money that comes back from it.</summary>
    public required long Minor { get; init; }

    /// <summary>What the bank has kept of the entry for itself, in minor units; stands on the largest part of the entry.</summary>
    public long Fee { get; init; }

    public required DateOnly BookedOn { get; init; }

    /// <summary>Whatever may carry a reference.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>Name of the other side, as the bank gives it.</summary>
    public string? Counterparty { get; init; }

    /// <summary>The bank says that the entry takes another back.</summary>
    public bool IsReversal { get; init; }

    /// <summary>Ids of remittances that a person has taken it away from: it goes back to them only by a person.</summary>
    public IReadOnlyList<long> Undone { get; init; } = [];

    /// <summary>
    /// The parts of an entry whose transactions the bank lists. They are matched one by one where they add up to the entry; those that run
    /// against it are the bank's fee. Otherwise the entry is one.
    /// </summary>
    /// <param name="whole">The entry, its amount signed like those of the transactions.</param>
    public static IReadOnlyList<BankMoney> Split(BankMoney whole, IReadOnlyList<BankMoney> transactions)
    {
        var along = transactions.Where(part => Math.Sign(part.Minor) == Math.Sign(whole.Minor)).ToList();
        var against = transactions.Where(part => Math.Sign(part.Minor) != Math.Sign(whole.Minor)).ToList();
        var fee = Math.Abs(against.Sum(part => part.Minor));
        if (along.Count == 0 || transactions.Count < 2 || transactions.Sum(part => part.Minor) != whole.Minor || against.Exists(part => ReferenceTexts.AnyWhole(part.Texts)))
        {
            return [whole with { Texts = [.. whole.Texts.Concat(transactions.SelectMany(part => part.Texts)).Distinct(StringComparer.Ordinal)] }];
        }

        var largest = along.MaxBy(part => (Math.Abs(part.Minor), -part.Part))!;
        return fee > Math.Abs(largest.Minor) ? [whole] : [.. along.Select(part => part == largest ? part with { Fee = fee } : part)];
    }
}

/// <summary>A remittance as the bank's side sees it: what it should be paid, and what is paid already.</summary>
public sealed record OpenRemittance
{
    public required long Id { get; init; }

    public required long Agreement { get; init; }

    /// <summary>ISO 11649, without blanks.</summary>
    public required string Reference { get; init; }

    public required string Currency { get; init; }

    /// <summary>Minor units.</summary>
    public required long Payable { get; init; }

    /// <summary>Minor units.</summary>
    public long Paid { get; init; }

    public bool IsCancelled { get; init; }

    /// <summary>Day of the cut-off: the first on which a payment is looked for.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day on which a payment without a reference is looked for.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>Ids of the bank accounts that its agreement names.</summary>
    public IReadOnlyList<long> Accounts { get; init; } = [];

    /// <summary>Of the organisation and of the fund.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>From which score the agreement takes a match without a person; null: as the rules say.</summary>
    public int? AutoAccept { get; init; }

    public long Outstanding => Math.Max(0, Payable - Paid);

    public bool IsDueOn(DateOnly day) => day >= From && day <= Until;
}
