namespace ContributionEngine.Core;

/// <summary>What a row of a tie-out is about.</summary>
public enum TieOutLevel
{
    /// <summary>The agreement as a whole: the sum of its periods, and of what belongs to none.</summary>
    Agreement,

    /// <summary>A period that contributions belong to; without a name: money that belongs to none yet.</summary>
    Period,

    /// <summary>A remittance that was not cancelled.</summary>
    Remittance,
}

/// <summary>The four totals of a tie-out, and the open items that stand between them.</summary>
public enum TieOutItem
{
    /// <summary>What is owed by way of the organisation; of a remittance: what was sealed.</summary>
    Schedule,

    /// <summary>What was received for it, less claims for receipts that were taken back, open or given up.</summary>
    Receipts,

    /// <summary>What the fund has accepted.</summary>
    Fund,

    /// <summary>What the bank shows as paid.</summary>
    Bank,

    /// <summary>Owed and not received.</summary>
    Unpaid,

    /// <summary>Claims that are open or were given up: the fund has money whose receipt was taken back.</summary>
    Claims,

    /// <summary>Received, member not known.</summary>
    Suspense,

    /// <summary>Received, pays nothing open.</summary>
    Credit,

    /// <summary>The organisation's own fees, which the fund never sees.</summary>
    Fees,

    /// <summary>Repaid to the organisation for what it had paid for members.</summary>
    Advances,

    /// <summary>Received, on no remittance.</summary>
    Custody,

    /// <summary>The same, sent back by the fund; of a remittance: what came back of it.</summary>
    Rejected,

    /// <summary>On a remittance that the fund does not have, as far as anybody knows.</summary>
    InTransit,

    /// <summary>The fund has it and has not said anything.</summary>
    Unanswered,

    /// <summary>Accepted, and the bank does not show that it was paid.</summary>
    NotOnTheBank,

    /// <summary>Paid before the fund has said anything.</summary>
    PaidUnanswered,

    /// <summary>Paid above what is payable.</summary>
    DueFromFund,
}

/// <summary>One row: four totals, the open items between them, and what none of these explains. Minor units.</summary>
/// <param name="Subject">The agreement, the period as <c>yyyy-MM</c> or nothing, or the remittance.</param>
/// <param name="Items">What is not among them is zero.</param>
public sealed record TieOutRow(TieOutLevel Level, string Subject, IReadOnlyDictionary<TieOutItem, long> Items)
{
    private static readonly (TieOutItem Left, TieOutItem Right, TieOutItem[] Adds, TieOutItem[] Takes)[] Steps =
    [
        (TieOutItem.Schedule, TieOutItem.Receipts, [TieOutItem.Unpaid, TieOutItem.Claims], [TieOutItem.Suspense, TieOutItem.Credit]),
        (TieOutItem.Receipts, TieOutItem.Fund, [TieOutItem.Suspense, TieOutItem.Credit, TieOutItem.Fees, TieOutItem.Advances, TieOutItem.Custody, TieOutItem.Rejected, TieOutItem.InTransit, TieOutItem.Unanswered], [TieOutItem.Claims]),
        (TieOutItem.Fund, TieOutItem.Bank, [TieOutItem.NotOnTheBank], [TieOutItem.PaidUnanswered, TieOutItem.DueFromFund]),
    ];

    /// <summary>What the open items leave unexplained: the sum of each step's rest without its sign, so that two never cancel. Zero is the proof.</summary>
    public long Unexplained => Steps.Sum(step => Math.Abs(this[step.Left] - this[step.Right] - SentBack(step.Left) - step.Adds.Sum(item => this[item]) + step.Takes.Sum(item => this[item])));

    public long this[TieOutItem item] => Items.GetValueOrDefault(item);

    /// <summary>The sum of rows, as a row of its own.</summary>
    public static TieOutRow SumOf(string subject, IEnumerable<TieOutRow> rows) =>
        new(TieOutLevel.Agreement, subject, rows.SelectMany(row => row.Items).GroupBy(item => item.Key, item => item.Value).ToDictionary(group => group.Key, group => group.Sum()));

    /// <summary>What has changed in a row since another of the same subject; without another, all of it.</summary>
    public IEnumerable<(TieOutItem Item, long Before, long Now)> Since(TieOutRow? before) =>
        from item in Enum.GetValues<TieOutItem>()
        let was = before?[item] ?? 0
        where was != this[item]
        select (item, was, this[item]);

    // What came back of a remittance is custody again: it stands before its receipts, and among those of its periods.
    private long SentBack(TieOutItem left) => Level != TieOutLevel.Remittance ? 0 : left == TieOutItem.Schedule ? this[TieOutItem.Rejected] : left == TieOutItem.Receipts ? -this[TieOutItem.Rejected] : 0;
}
