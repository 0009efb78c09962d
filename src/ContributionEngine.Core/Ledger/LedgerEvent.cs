namespace ContributionEngine.Core;

/// <summary>What happened, as a journal entry names it. docs/ledger.md has the accounts that each moves.</summary>
public enum LedgerEvent
{
    /// <summary>The schedule, or a late charge, made or lowered what is owed.</summary>
    Scheduled,

    /// <summary>Members' money was received: applied, held as credit, or held in suspense.</summary>
    Collected,

    /// <summary>Credit paid what has opened.</summary>
    CreditApplied,

    /// <summary>The member of money in suspense became known.</summary>
    Identified,

    /// <summary>Money was freed of an obligation that is no longer owed.</summary>
    Freed,

    /// <summary>A remittance was sealed: its money is in transit.</summary>
    Remitted,

    /// <summary>The fund accepted lines, or took its word back.</summary>
    Acknowledged,

    /// <summary>The bank shows that a remittance was paid.</summary>
    Settled,

    /// <summary>What the bank showed as paid came back, or was not what it seemed: a returned payment, a refund by the fund, a match undone.</summary>
    Unsettled,

    /// <summary>Lines came back, rejected or returned, or their remittance was cancelled: their money is in custody again.</summary>
    Returned,

    /// <summary>A receipt was taken back.</summary>
    Reversed,

    /// <summary>Credit or suspense was given back.</summary>
    Refunded,

    /// <summary>Money that nobody claims, or a claim that nobody pays, was given up.</summary>
    WrittenOff,

    /// <summary>The organisation paid for members what they had not.</summary>
    Advanced,

    /// <summary>Some of an advance is not needed any more: it is the organisation's again.</summary>
    AdvanceReturned,

    /// <summary>A share of the State or a sponsor was claimed, or its claim withdrawn.</summary>
    StateShareClaimed,

    /// <summary>What collecting a remittance costs became owed, or changed with its lines.</summary>
    CollectionFeeCharged,

    /// <summary>A debtor has paid what was claimed.</summary>
    ClaimSettled,

    /// <summary>What was claimed came back by itself.</summary>
    ClaimExtinguished,
}
