namespace ContributionEngine.Core;

/// <summary>Codes of the accounts in <see cref="Chart"/>. Balances are per agreement; each equals the sub-ledger named with it.</summary>
public static class Account
{
    /// <summary>Money that the organisation holds: receipts less what it has paid away, given back, or lost to a claim. Debit.</summary>
    public const string Cash = "cash";

    /// <summary>Allocated, not on a live remittance line: collected and not yet remitted. Credit.</summary>
    public const string Custody = "custody";

    /// <summary>Allocated to the organisation's own fees: not the fund's. Credit.</summary>
    public const string Fees = "fees";

    /// <summary>Received, member not known yet. Credit; equals the receipts' suspense.</summary>
    public const string Suspense = "suspense";

    /// <summary>Known members' money that pays no open obligation. Credit; equals the receipts' credit.</summary>
    public const string MemberCredit = "member_credit";

    /// <summary>On live remittance lines and not yet paid to the fund. Credit.</summary>
    public const string InTransit = "in_transit";

    /// <summary>What the schedule says members owe, less reductions: a memorandum, debit.</summary>
    public const string Owed = "owed";

    /// <summary>The other side of <see cref="Owed"/>. Credit.</summary>
    public const string Scheduled = "scheduled";

    /// <summary>Paid to the fund above what is payable. Debit.</summary>
    public const string DueFromFund = "due_from_fund";

    /// <summary>Open claims: money of receipts that were taken back after it had left. Debit.</summary>
    public const string Claims = "claims";

    /// <summary>What the organisation has paid for members and has not got back from them. Debit.</summary>
    public const string Advances = "advances";

    /// <summary>Open claims on the State or a sponsor for their shares, which they pay to the fund: a memorandum, debit.</summary>
    public const string StateShare = "state_share";

    /// <summary>The other side of <see cref="StateShare"/>. Credit.</summary>
    public const string StateDue = "state_due";

    /// <summary>What collecting costs and its payer has not paid: a memorandum, debit.</summary>
    public const string CollectionFee = "collection_fee";

    /// <summary>The other side of <see cref="CollectionFee"/>. Credit.</summary>
    public const string CollectionFeeDue = "collection_fee_due";

    /// <summary>Given up with authority: money that nobody claims (credit), less claims that nobody pays (debit).</summary>
    public const string WrittenOff = "written_off";

    /// <summary>Lines that the fund has accepted and that stand: a memorandum, debit.</summary>
    public const string Acknowledged = "acknowledged";

    /// <summary>The other side of <see cref="Acknowledged"/>. Credit.</summary>
    public const string Confirmed = "confirmed";

    /// <summary>Where money is that is allocated to an obligation of this class and on no live line.</summary>
    public static string Of(ObligationClass paid) => paid switch
    {
        ObligationClass.Fee => Fees,
        ObligationClass.Advance => Advances,
        _ => Custody,
    };

    /// <summary>The same of a class as it is stored.</summary>
    public static string OfClass(string paid) => Of(Enum.Parse<ObligationClass>(paid, ignoreCase: true));
}

/// <summary>One side of an entry.</summary>
/// <param name="Account">An account of <see cref="Core.Account"/>.</param>
/// <param name="Debit">Minor units; zero on the credit side.</param>
/// <param name="Credit">Minor units; zero on the debit side.</param>
public readonly record struct Posting(string Account, long Debit, long Credit);

/// <summary>A balanced set of postings. One that does not balance cannot be made.</summary>
public sealed record JournalEntry
{
    private JournalEntry(LedgerEvent what, IReadOnlyList<Posting> postings) => (Event, Postings) = (what, postings);

    public LedgerEvent Event { get; }

    public IReadOnlyList<Posting> Postings { get; }

    /// <summary>An entry of signed amounts per account: positive debits, negative credits; zeros are left out.</summary>
    /// <returns>The entry, or null when nothing moves.</returns>
    /// <exception cref="InvalidOperationException">The amounts do not add up to zero.</exception>
    public static JournalEntry? Of(LedgerEvent what, params ReadOnlySpan<(string Account, long Signed)> sides)
    {
        var postings = new List<Posting>();
        long sum = 0;
        foreach (var (account, signed) in sides)
        {
            sum = checked(sum + signed);
            if (signed != 0) postings.Add(signed > 0 ? new Posting(account, signed, 0) : new Posting(account, 0, -signed));
        }

        if (sum != 0) throw new InvalidOperationException($"The entry is out of balance by {sum} minor units.");
        return postings.Count == 0 ? null : new JournalEntry(what, postings);
    }
}
