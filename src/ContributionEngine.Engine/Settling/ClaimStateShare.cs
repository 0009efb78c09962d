using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Rule 5: what the State or a sponsor pays is neither collected nor remitted. It is claimed once the fund has accepted a line of the
/// member's period, and the claim is withdrawn when no line of it stands any more or the share is another.
/// </summary>
internal static class ClaimStateShare
{
    /// <summary>Reason of the case of a share that was paid and is not owed any more.</summary>
    public const string PaidAbove = "state_share_paid_above";

    /// <summary>Follows what a schedule has changed: shares of enrolments whose lines may be accepted already.</summary>
    public static async Task Follow(Work work, StoredAgreement agreement, DateOnly on, ScheduleDifference difference)
    {
        var shares = difference.Added.Where(item => !item.Planned.Line.Collected).Select(item => item.Planned.EnrolmentId)
            .Concat(difference.Changed.Where(change => change.Of.Collected == 0).Select(change => change.Of.EnrolmentId)).Distinct().ToList();
        if (shares.Count > 0 && await work.StateClaims.AnyAccepted(agreement.Id)) await Of(work, agreement, on, await work.StateClaims.About(shares));
    }

    /// <summary>Claims what is owed and not claimed, and withdraws what is claimed otherwise.</summary>
    public static async Task Of(Work work, StoredAgreement agreement, DateOnly on, IReadOnlyList<StateDifference> differences)
    {
        if (differences.Count == 0) return;
        var fresh = differences.Where(row => row.Owed > row.Settled).Select(row => new StoredStateClaim
        {
            Id = work.NextId(), AgreementId = agreement.Id, Debtor = row.Debtor, ObligationId = row.ObligationId, Amount = row.Owed - row.Settled, ArisenOn = on,
        }).ToList();
        await work.StateClaims.Withdraw(differences.Where(row => row.Claimed > 0).Select(row => row.ObligationId), on);
        await work.StateClaims.Add(fresh);
        var (claimed, withdrawn) = (fresh.Sum(row => row.Amount), differences.Sum(row => row.Claimed));
        await work.Journal.Book(agreement, on, "shares claimed", JournalEntry.Of(LedgerEvent.StateShareClaimed, (Account.StateShare, claimed - withdrawn), (Account.StateDue, withdrawn - claimed)));
        await work.Cases.Open(agreement.Id, on, [.. differences.Where(row => row.Settled > row.Owed).Select(row => Above(agreement, row))]);
        await work.Audit.Record(agreement.Number, "shares-claimed", agreement.Number, JsonSerializer.Serialize(new { claims = fresh.Count, claimed, withdrawn }));
    }

    private static NewCase Above(StoredAgreement agreement, StateDifference row) => new(PaidAbove, Numbers.Obligation(row.ObligationId), row.Settled - row.Owed,
        $"The {row.Debtor:debtor} has paid {new Money(row.Settled, agreement.Currency):sum} and owes {new Money(row.Owed, agreement.Currency):total}, because no line of that period stands with the fund any more, or the share was lowered.");
}
