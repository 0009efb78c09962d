namespace ContributionEngine.Core;

/// <summary>What an account is for.</summary>
public enum AccountKind
{
    /// <summary>What there is, or what another owes.</summary>
    Asset,

    /// <summary>For whom it is held, or to whom it is owed.</summary>
    Liability,

    /// <summary>Kept beside the money, in pairs; no money moves on it.</summary>
    Memorandum,
}

/// <summary>The side on which a balance grows.</summary>
public enum Side
{
    Debit,
    Credit,
}

/// <summary>An account of the chart.</summary>
/// <param name="Code">As postings name it, such as <c>custody</c>.</param>
/// <param name="SubLedger">The rows whose sum its balance must equal, agreement by agreement.</param>
public sealed record ChartedAccount(string Code, string Name, AccountKind Kind, string SubLedger)
{
    /// <summary>On which side the balance stands when all is well.</summary>
    public required Side Normal { get; init; }
}

/// <summary>The chart of accounts. Assets together equal liabilities, and each memorandum has another that mirrors it.</summary>
public static class Chart
{
    public static IReadOnlyList<ChartedAccount> All { get; } =
    [
        Debit(Account.Cash, AccountKind.Asset, "Money with the organisation", "receipts of members less reversals, refunds, open claims and what the bank shows as paid"),
        Debit(Account.Claims, AccountKind.Asset, "Claims for receipts taken back after their money had gone", "open claims"),
        Debit(Account.Advances, AccountKind.Asset, "Paid for members and not repaid yet", "the organisation's advances less what members have repaid"),
        Debit(Account.DueFromFund, AccountKind.Asset, "Paid to the fund above what is payable", "remittances: paid less payable, where more was paid"),
        Credit(Account.Suspense, AccountKind.Liability, "Received, member not known yet", "the receipts' suspense"),
        Credit(Account.MemberCredit, AccountKind.Liability, "Members' money that pays nothing open", "the receipts' credit"),
        Credit(Account.Custody, AccountKind.Liability, "Collected and not yet remitted", "allocations on no live line"),
        Credit(Account.Fees, AccountKind.Liability, "Allocated to the organisation's own fees", "allocations to obligations of class fee"),
        Credit(Account.InTransit, AccountKind.Liability, "Remitted and not yet paid", "allocations on live lines less what the bank shows as paid, up to what is payable"),
        Credit(Account.WrittenOff, AccountKind.Liability, "Given up with authority", "the receipts' written-off sums less claims that were written off"),
        Debit(Account.Owed, AccountKind.Memorandum, "What the schedule says is owed", "obligations less reductions"),
        Credit(Account.Scheduled, AccountKind.Memorandum, "The schedule, against what is owed", "obligations less reductions"),
        Debit(Account.StateShare, AccountKind.Memorandum, "Shares that the State or a sponsor owes the fund", "open claims on the State and on sponsors"),
        Credit(Account.StateDue, AccountKind.Memorandum, "The fund, against those shares", "open claims on the State and on sponsors"),
        Debit(Account.CollectionFee, AccountKind.Memorandum, "Fees for collecting that the fund or the organisation owes", "fees for collecting less what was paid of them"),
        Credit(Account.CollectionFeeDue, AccountKind.Memorandum, "Whoever collects, against those fees", "fees for collecting less what was paid of them"),
        Debit(Account.Acknowledged, AccountKind.Memorandum, "Accepted by the fund", "lines whose outcome is accepted"),
        Credit(Account.Confirmed, AccountKind.Memorandum, "The fund's word, against what is accepted", "lines whose outcome is accepted"),
    ];

    /// <summary>The account of a code; null when the chart has none.</summary>
    public static ChartedAccount? Find(string code) => All.FirstOrDefault(account => account.Code == code);

    private static ChartedAccount Debit(string code, AccountKind kind, string name, string subLedger) => new(code, name, kind, subLedger) { Normal = Side.Debit };

    private static ChartedAccount Credit(string code, AccountKind kind, string name, string subLedger) => new(code, name, kind, subLedger) { Normal = Side.Credit };
}
