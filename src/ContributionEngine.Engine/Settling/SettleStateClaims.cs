using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Which claims on a debtor are paid.</summary>
/// <param name="Debtor"><c>state</c> or <c>sponsor</c>.</param>
public sealed record StatePayment(string Agreement, string Debtor, string Reason)
{
    public string? AsOf { get; init; }
}

/// <summary>Claims that were paid, or written to a file.</summary>
public sealed record StateClaimSum(string Agreement, string? Debtor, int Claims, Money Total);

/// <summary>Tells the State or a sponsor what it owes, and takes in that it has paid the fund.</summary>
public sealed class SettleStateClaims(Database database)
{
    /// <summary>Settles all open claims of an agreement on a debtor. Refusals: <c>nothing_claimed</c>.</summary>
    public Task<Outcome<StateClaimSum>> Run(Actor actor, StatePayment paid, CancellationToken stop) => database.Attempt<StateClaimSum>(actor, async work =>
    {
        if (!(await work.Agreements.FindToChange(paid.Agreement)).Ok(out var agreement, out var refusal)) return refusal;
        if (!AsOf.Read(paid.AsOf, agreement.Agreement.Settlement.TimeZone, work.Now, database.IsDryRun).Ok(out var asOf, out refusal)) return refusal;
        await BringUp.To(work, agreement, asOf);
        var open = await work.StateClaims.Open(agreement.Id, paid.Debtor);
        if (open.Count == 0) return Refusal.Conflict("nothing_claimed", $"Nothing is claimed of the {paid.Debtor} under {agreement.Number}.") with { Help = "List the claims with 'claim list'." };
        await On(work, agreement, open, (asOf.Day, paid.Reason));
        return new StateClaimSum(agreement.Number, paid.Debtor, open.Count, new Money(open.Sum(row => row.Amount), agreement.Currency));
    }, stop);

    /// <summary>Writes the open claims of an agreement as a file for the debtor.</summary>
    public Task<Outcome<StateClaimSum>> Export(Actor actor, string number, Stream target, CancellationToken stop) => database.Read<Outcome<StateClaimSum>>(actor, async work =>
    {
        if (!(await work.Agreements.Find(number)).Ok(out var agreement, out var refusal)) return refusal;
        var open = await work.StateClaims.Open(agreement.Id, null);
        var (terms, today) = (agreement.Agreement, AsOf.DayIn(work.Now, agreement.Agreement));
        await StateClaimCsv.Write(target, new StateClaimHeader(agreement.Number, terms.Fund.Code, terms.Organisation.Code, today, agreement.Currency), open.Select(row =>
            new StateClaimLine(row.Number, row.Debtor, row.MemberNo, row.NationalId, row.Period, row.Component, row.Amount, row.ArisenOn)), stop);
        return new StateClaimSum(agreement.Number, null, open.Count, new Money(open.Sum(row => row.Amount), agreement.Currency));
    }, stop);

    internal static async Task On(Work work, StoredAgreement agreement, IReadOnlyList<StoredStateClaim> claims, (DateOnly Day, string Reason) why)
    {
        var total = claims.Sum(row => row.Amount);
        await work.StateClaims.Settle(claims.Select(row => row.Id), why.Day);
        await work.Journal.Book(agreement, why.Day, "shares settled", JournalEntry.Of(LedgerEvent.ClaimSettled, (Account.StateDue, total), (Account.StateShare, -total)));
        await work.Audit.Record(agreement.Number, "shares-settled", agreement.Number, JsonSerializer.Serialize(new { reason = why.Reason, claims = claims.Count, total }));
    }
}
