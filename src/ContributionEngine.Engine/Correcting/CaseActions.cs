using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What a person may do with a case, by its reason. A case without an action is closed by what happens.</summary>
public static class CaseActions
{
    /// <summary>Closes a case that turned out to be nothing.</summary>
    public const string Dismiss = "dismiss";

    /// <summary>Closes a case that was settled outside the engine.</summary>
    public const string Resolve = "resolve";

    /// <summary>Leaves things as they are: the credit of a leaver, what the fund said first.</summary>
    public const string Keep = "keep";

    /// <summary>The organisation pays what is missing of a period.</summary>
    public const string Advance = Batches.Advance;

    /// <summary>Whoever has not paid in full waits, and the rest of a period goes.</summary>
    public const string Drop = Batches.Drop;

    /// <summary>All that is paid of a period goes; of a held bank statement, its entries may be matched.</summary>
    public const string Release = Batches.Release;

    public const string Recheck = "recheck";
    public const string Assign = "assign";
    public const string Refund = "refund";
    public const string Reverse = "reverse";
    public const string Settle = "settle";

    /// <summary>Gives up the money of the case, with a second person's authority.</summary>
    public const string WriteOff = "write_off";

    public const string Approve = "approve";
    public const string Decline = "decline";

    /// <summary>The fund says that it has a remittance whose delivery is unknown.</summary>
    public const string Confirm = "confirm";

    /// <summary>The fund says that it has nothing of it.</summary>
    public const string Resend = "resend";

    private static readonly Dictionary<string, string[]> ByReason = new()
    {
        [RowCases.LeftOut] = [Recheck, Dismiss],
        [RowCases.Clash] = [Dismiss],
        [RowCases.Held] = [Assign, Refund, WriteOff],
        [RefundLeavers.Due] = [Refund, Keep, WriteOff],
        [RowCases.ReversalReported] = [Reverse, Dismiss],
        [ClaimCases.OrganisationOwes] = [Settle, WriteOff],
        [ClaimCases.MemberOwes] = [Settle, WriteOff],
        [CorrectMoney.ApprovalNeeded] = [Approve, Decline],
        [Answer.LineRejected] = [Resolve],
        [Answer.LineReturned] = [Resolve],
        [FreeAllocations.HeldUp] = [Resolve],
        [SchedulePlan.ReversedAbove] = [Resolve],
        [FollowEvents.NotCalculated] = [Dismiss],
        // While one of these is open, the engine looks again at what could not be charged.
        [LateTargets.SeriesMissing] = [],
        [LateTargets.NotCharged] = [],
        [Declaring.Incomplete] = [],
        [CutRemittance.AboveLimit] = [Resolve],
        [HeldBatches.TooLong] = [Advance, Drop, Release],
        [HeldBatches.Short] = [Advance, Dismiss],
        // It closes when the receiver is enabled or removed.
        [KeepWebhooks.DisabledCase] = [],
        // These close by what the fund quotes and members pay.
        [NoticedPeriods.Needed] = [],
        [NoticedPeriods.Differs] = [],
        [ReturnAdvances.Unrecovered] = [Resolve],
        [ClaimStateShare.PaidAbove] = [Resolve],
        [DeliverRemittance.NotReached] = [],
        [DeliverRemittance.NotTrusted] = [],
        [DeliverRemittance.Refused] = [],
        [UnknownDelivery.Unanswered] = [Confirm, Resend],
        [Answer.Missing] = [Resolve],
        [Answer.OtherTotals] = [Resolve],
        [BookStatement.HeldBack] = [Release, Dismiss],
        [Answer.LineUnknown] = [Resolve],
        [Answer.Contradicts] = [Keep],
        [TakenAnswers.Unknown] = [Dismiss],
        [TakenAnswers.Unreadable] = [Dismiss],
        [CallBack.BadSignature] = [Dismiss],
        [ProveRemittance.RootDiffers] = [Resolve],
        [MatchEntries.Above] = [Resolve],
        [MatchCases.AfterCancelling] = [Resolve],
        [MoneyCases.Short] = [Resolve],
        [MoneyCases.Returned] = [Resolve],
        [MatchCases.Proposed] = [Dismiss],
        [MatchCases.InDoubt] = [Resolve],
        [ProveTieOut.Broken] = [],
        [ParkedMessages.Parked] = [],
    };

    public static IReadOnlyCollection<string> Reasons => ByReason.Keys;

    public static IReadOnlyList<string> Of(string reason) => ByReason.GetValueOrDefault(reason, [Resolve]);
}
