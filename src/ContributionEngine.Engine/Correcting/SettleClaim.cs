using System.Text.Json;
using System.Text.Json.Serialization;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A claim as others see it.</summary>
/// <param name="Debtor"><c>organisation</c> or <c>member</c> for a receipt that was taken back; <c>state</c> or <c>sponsor</c> for its share of a member's period.</param>
/// <param name="Line">The remittance line for which the money is owed.</param>
/// <param name="State">open, settled, extinguished, written_off or withdrawn.</param>
public sealed record KnownClaim(string Claim, string Debtor, string? Receipt, string? ReceiptNo, string? MemberNo, string? Line, Money Amount, DateOnly ArisenOn, string State, DateOnly? EndedOn)
{
    /// <summary>Of a share: the period and component that it is for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Period { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Component { get; init; }

    internal static KnownClaim Of(StoredClaim row, Currency currency) => new(
        row.Number, row.Debtor, Numbers.Receipt(row.ReceiptId), row.ReceiptNo, row.MemberNo, row.Line, new Money(row.Amount, currency), row.ArisenOn, row.State, row.EndedOn);

    internal static KnownClaim Of(StoredStateClaim row, Currency currency) =>
        new(row.Number, row.Debtor, null, null, row.MemberNo, null, new Money(row.Amount, currency), row.ArisenOn, row.State, row.EndedOn) { Period = row.Period, Component = row.Component };
}

/// <summary>Lists what is owed for receipts that were taken back and as shares of the State or a sponsor, and takes in what the debtor pays.</summary>
public sealed class SettleClaim(Database database)
{
    public Task<Outcome<IReadOnlyList<KnownClaim>>> List(Actor actor, string? agreement, CancellationToken stop) => database.Read<Outcome<IReadOnlyList<KnownClaim>>>(actor, async work =>
    {
        if (agreement is not null && (await work.Agreements.Find(agreement)).Refusal is { } unknown) return unknown;
        var (claims, shares) = (await work.Claims.List(agreement), await work.StateClaims.List(agreement));
        var currencies = new Dictionary<long, Currency>();
        foreach (var id in claims.Select(row => row.AgreementId).Concat(shares.Select(row => row.AgreementId)).Distinct()) currencies[id] = (await work.Agreements.Get(id)).Currency;
        return Outcome<IReadOnlyList<KnownClaim>>.Of([.. claims.Select(row => KnownClaim.Of(row, currencies[row.AgreementId])), .. shares.Select(row => KnownClaim.Of(row, currencies[row.AgreementId]))]);
    }, stop);

    /// <summary>The debtor has paid: the money is there again. Refusals: <c>claim_unknown</c>, <c>claim_ended</c>.</summary>
    public Task<Outcome<KnownClaim>> Run(Actor actor, (string Claim, string Reason, string? AsOf) asked, CancellationToken stop) => database.Attempt<KnownClaim>(actor, async work =>
    {
        if (await work.StateClaims.Find(asked.Claim) is { } share) return await Share(work, share, asked);
        if (!(await work.Claims.Find(asked.Claim)).Ok(out var found, out var refusal)) return refusal;
        var agreement = await work.Agreements.GetToChange(found.AgreementId);
        if (!AsOf.Read(asked.AsOf, agreement.Agreement.Settlement.TimeZone, work.Now, database.IsDryRun).Ok(out var asOf, out refusal)) return refusal;
        await BringUp.To(work, agreement, asOf);
        var claim = (await work.Claims.Find(asked.Claim)).Value;
        if (claim.State != "open") return Ended(claim.Number, claim.State);
        await On(work, agreement, [claim], (asOf.Day, asked.Reason));
        return KnownClaim.Of((await work.Claims.Find(asked.Claim)).Value, agreement.Currency);
    }, stop);

    private static async Task<Outcome<KnownClaim>> Share(Work work, StoredStateClaim found, (string Claim, string Reason, string? AsOf) asked)
    {
        var agreement = await work.Agreements.GetToChange(found.AgreementId);
        if (!AsOf.Read(asked.AsOf, agreement.Agreement.Settlement.TimeZone, work.Now, work.Database.IsDryRun).Ok(out var asOf, out var refusal)) return refusal;
        await BringUp.To(work, agreement, asOf);
        var claim = (await work.StateClaims.Find(asked.Claim))!;
        if (claim.State != "open") return Ended(claim.Number, claim.State);
        await SettleStateClaims.On(work, agreement, [claim], (asOf.Day, asked.Reason));
        return KnownClaim.Of((await work.StateClaims.Find(asked.Claim))!, agreement.Currency);
    }

    private static Refusal Ended(string number, string state) => Refusal.Conflict("claim_ended", $"{number} is {state}.") with { Help = "Only an open claim can be settled." };

    /// <summary>Settles open claims of one receipt.</summary>
    internal static async Task On(Work work, StoredAgreement agreement, IReadOnlyList<StoredClaim> claims, (DateOnly Day, string Reason) why)
    {
        var total = claims.Sum(row => row.Amount);
        await work.Claims.End(claims.Select(row => row.Id), "settled", why.Day);
        await work.Journal.Book(agreement, why.Day, "claims settled", JournalEntry.Of(LedgerEvent.ClaimSettled, (Account.Cash, total), (Account.Claims, -total)));
        await ClaimCases.Follow(work, agreement, why.Day, [.. claims.Select(row => row.ReceiptId).Distinct()]);
        await work.Audit.Record(agreement.Number, "claims-settled", Numbers.Receipt(claims[0].ReceiptId), JsonSerializer.Serialize(new { reason = why.Reason, total }));
    }
}
