namespace ContributionEngine.Core;

/// <summary>How far the file has come on its way to the fund.</summary>
public enum DeliveryState
{
    Sealed,
    Submitting,
    Delivered,
    Unknown,
    Refused,
    Cancelled,
}

/// <summary>What the fund has said of the whole.</summary>
public enum AnswerState
{
    None,
    Accepted,
    PartlyAccepted,
    Rejected,
}

/// <summary>What the bank shows of the money.</summary>
public enum MoneyState
{
    Unpaid,
    PartPaid,
    Paid,
    OverPaid,
    Returned,
}

/// <summary>
/// Where a remittance stands: three independent columns, and the one word shown for them. A state that the life of a
/// remittance does not know cannot be made, because each step says from where it may start.
/// </summary>
/// <param name="Total">Sealed total in minor units.</param>
/// <param name="Rejected">Lines rejected before the money left, in minor units.</param>
/// <param name="PaidSum">What the bank shows, in minor units.</param>
public sealed record RemittanceState(DeliveryState Delivery, AnswerState Answer, MoneyState Money, long Total, long Rejected, long PaidSum)
{
    /// <summary>What is payable: the sealed total less the lines rejected before the money left.</summary>
    public long Payable => Total - Rejected;

    /// <summary>What was paid above the payable sum: due from the fund.</summary>
    public long Surplus => Math.Max(0, PaidSum - Payable);

    public bool IsSettled => Delivery == DeliveryState.Delivered
        && Answer is AnswerState.Accepted or AnswerState.PartlyAccepted
        && Money is MoneyState.Paid or MoneyState.OverPaid;

    /// <summary>True while the fund takes it and something payable of it is not paid.</summary>
    public bool AwaitsMoney => Delivery is not (DeliveryState.Cancelled or DeliveryState.Refused) && PaidSum < Payable;

    /// <summary>The first word that applies.</summary>
    public string Shown => this switch
    {
        { Delivery: DeliveryState.Cancelled } => "cancelled",
        { Delivery: DeliveryState.Refused } => "refused",
        { Answer: AnswerState.Rejected } => "rejected",
        { Money: MoneyState.Returned } => "returned",
        { IsSettled: true } => "settled",
        { Money: MoneyState.Paid or MoneyState.OverPaid } => "paid",
        { Answer: not AnswerState.None } => "acknowledged",
        { Delivery: DeliveryState.Unknown } => "unknown",
        { Delivery: DeliveryState.Delivered } => "delivered",
        { Delivery: DeliveryState.Submitting } => "submitting",
        _ => "sealed",
    };

    /// <summary>True when an attempt to hand over may begin.</summary>
    public bool MayDeliver => Delivery == DeliveryState.Sealed;

    /// <summary>True while nothing has reached the fund for certain.</summary>
    public bool MayCancel => Delivery is DeliveryState.Sealed or DeliveryState.Refused;

    /// <summary>The fund's answers so far: rejected lines in minor units, out of all.</summary>
    public RemittanceState Answered(long rejected) => (this with
    {
        // An answer proves that the fund has it, whatever the attempt to hand over seemed to end with.
        Delivery = DeliveryState.Delivered,
        Rejected = rejected,
        Answer = rejected == 0 ? AnswerState.Accepted : rejected == Total ? AnswerState.Rejected : AnswerState.PartlyAccepted,
    }).Recounted();

    /// <summary>Lines that were rejected before the last word is said, in minor units; the answer stays as it is.</summary>
    public RemittanceState SentBack(long rejected) => (this with { Delivery = DeliveryState.Delivered, Rejected = rejected }).Recounted();

    /// <summary>The fund contradicts itself: until a person or a further answer says otherwise, it has said nothing, so that nothing is settled by it.</summary>
    public RemittanceState InDoubt() => IsSettled ? this : this with { Answer = AnswerState.None };

    /// <summary>What the bank shows so far, in minor units.</summary>
    public RemittanceState Paid(long sum) => this with
    {
        PaidSum = sum,
        Money = sum == 0 ? MoneyState.Unpaid : sum < Payable ? MoneyState.PartPaid : sum == Payable ? MoneyState.Paid : MoneyState.OverPaid,
    };

    /// <summary>
    /// The bank shows that so much of what was paid came back, in minor units. What covers a surplus ends what was due from the fund;
    /// more re-opens the payment of the remittance, whose lines stay as they are.
    /// </summary>
    public RemittanceState Returned(long sum)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sum, PaidSum);
        var after = Paid(PaidSum - sum);
        return sum <= Surplus ? after : after with { Money = MoneyState.Returned };
    }

    // What came back from the bank stays so until it is paid again.
    private RemittanceState Recounted() => Money == MoneyState.Returned && PaidSum < Payable ? this : Paid(PaidSum);
}
