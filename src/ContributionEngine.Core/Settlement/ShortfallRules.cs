namespace ContributionEngine.Core;

/// <summary>What liability and shortfall of an agreement mean together when members have not paid everything: rules 4 and 5 of the domain.</summary>
public static class ShortfallRules
{
    /// <summary>True when the organisation pays by itself what is missing and must go.</summary>
    public static bool AdvancesWhenDue(Agreement agreement) => agreement.Shortfall == Shortfall.AdvanceAndRecover;

    /// <summary>True when the organisation pays by itself what is missing once a batch was held for long enough.</summary>
    public static bool AdvancesAfterHolding(Agreement agreement) => agreement is { Shortfall: Shortfall.HoldBatch, Liability: Liability.Guarantee };

    /// <summary>True when a person is asked about a period that is due and lacks money, because the organisation owes it too.</summary>
    public static bool AsksWhenDue(Agreement agreement) => agreement is { Liability: Liability.Debtor or Liability.Joint, Shortfall: Shortfall.DropUnpaid or Shortfall.ProRata };

    /// <summary>True when the organisation may ever pay for a member.</summary>
    public static bool MayAdvance(Agreement agreement) => agreement.Shortfall is Shortfall.AdvanceAndRecover or Shortfall.HoldBatch || AsksWhenDue(agreement);

    /// <summary>A combination that means nothing: whoever guarantees leaves nothing out.</summary>
    public static Refusal? Fault(Agreement agreement) => agreement is { Liability: Liability.Guarantee, Shortfall: Shortfall.DropUnpaid or Shortfall.ProRata }
        ? AgreementFile.Invalid("shortfall", "must be advance_and_recover or hold_batch where liability is guarantee: an organisation that guarantees pays what its members have not")
        : null;
}
