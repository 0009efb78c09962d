using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What collecting a remittance costs, as others see it.</summary>
/// <param name="Payer"><c>fund</c> or <c>organisation</c>.</param>
/// <param name="Year">The calendar year whose cap it counts against.</param>
/// <param name="Base">What is payable of the remittance.</param>
/// <param name="Worked">The percentage of the base, before the cap.</param>
/// <param name="Fee">What of it is owed.</param>
/// <param name="Open">Not paid yet; below zero, paid and not owed any more.</param>
/// <param name="ArisenOn">The day on which it last changed.</param>
public sealed record KnownFee(string Remittance, string Payer, int Year, Money Base, string Percent, Money Worked, Money Fee, Money Paid, Money Open, DateOnly ArisenOn);

/// <summary>The fees of a calendar year against its cap.</summary>
/// <param name="Cap">Null: no cap.</param>
/// <param name="Left">What may still be charged of the year; null: no cap.</param>
public sealed record FeeYear(int Year, string Payer, int Remittances, Money Base, Money Worked, Money Fee, Money? Cap, Money? Left, Money Paid, Money Open);

/// <summary>Which fees their payer has paid.</summary>
/// <param name="Remittance">Its number or reference; null: every fee of the agreement that is open.</param>
public sealed record FeeReceipt(string Agreement, string? Remittance, string Reason)
{
    public string? AsOf { get; init; }
}

/// <summary>Fees that were paid, and given back where that is below zero.</summary>
public sealed record FeeSum(string Agreement, string Payer, int Remittances, Money Total);

/// <summary>Lists what collecting costs, and takes in that its payer has paid it.</summary>
public sealed class SettleFees(Database database)
{
    /// <summary>By remittance, oldest first.</summary>
    public Task<Outcome<IReadOnlyList<KnownFee>>> List(Actor actor, string agreement, CancellationToken stop) => database.Read<Outcome<IReadOnlyList<KnownFee>>>(actor, async work =>
    {
        if (!(await work.Agreements.Find(agreement)).Ok(out var found, out var refusal)) return refusal;
        return Outcome<IReadOnlyList<KnownFee>>.Of([.. (await work.CollectionFees.Of(found.Id)).Select(fee => Known(found, fee))]);
    }, stop);

    /// <summary>By calendar year, against the cap.</summary>
    public Task<Outcome<IReadOnlyList<FeeYear>>> Years(Actor actor, string agreement, CancellationToken stop) => database.Read<Outcome<IReadOnlyList<FeeYear>>>(actor, async work =>
    {
        if (!(await work.Agreements.Find(agreement)).Ok(out var found, out var refusal)) return refusal;
        return Outcome<IReadOnlyList<FeeYear>>.Of([.. (await work.CollectionFees.Of(found.Id)).GroupBy(fee => fee.FeeYear).OrderBy(year => year.Key).Select(year => Year(found, year.Key, [.. year]))]);
    }, stop);

    /// <summary>The fee of one remittance; null where the agreement has none, or a line is not answered yet.</summary>
    public Task<KnownFee?> Of(Actor actor, StoredRemittance remittance, CancellationToken stop) => database.Read<KnownFee?>(actor, async work =>
    {
        var agreement = await work.Agreements.Get(remittance.AgreementId);
        return (await work.CollectionFees.Of(agreement.Id)).FirstOrDefault(fee => fee.RemittanceId == remittance.Id) is { } found ? Known(agreement, found) : null;
    }, stop);

    /// <summary>The payer has paid all that is open. Refusals: <c>remittance_unknown</c>, <c>no_fee_open</c>.</summary>
    public Task<Outcome<FeeSum>> Run(Actor actor, FeeReceipt paid, CancellationToken stop) => database.Attempt<FeeSum>(actor, async work =>
    {
        if (!(await work.Agreements.FindToChange(paid.Agreement)).Ok(out var agreement, out var refusal)) return refusal;
        if (!AsOf.Read(paid.AsOf, agreement.Agreement.Settlement.TimeZone, work.Now, database.IsDryRun).Ok(out var asOf, out refusal)) return refusal;
        await BringUp.To(work, agreement, asOf);
        long? only = null;
        if (paid.Remittance is { } name)
        {
            if (!(await work.Remittances.Find(name)).Ok(out var remittance, out refusal)) return refusal;
            only = remittance.Id;
        }

        var open = (await work.CollectionFees.Of(agreement.Id)).Where(fee => fee.Open != 0 && (only is null || fee.RemittanceId == only)).ToList();
        if (open.Count == 0) return Refusal.Conflict("no_fee_open", $"No fee for collecting is open under {agreement.Number}{(paid.Remittance is { } of ? $" for {of}" : "")}.") with { Help = "List the fees with 'fee list --agreement NO'." };
        return await Book(work, agreement, open, (asOf.Day, paid.Reason));
    }, stop);

    private static async Task<FeeSum> Book(Work work, StoredAgreement agreement, IReadOnlyList<StoredFee> open, (DateOnly Day, string Reason) why)
    {
        var total = open.Sum(fee => fee.Open);
        await work.CollectionFees.Pay(agreement.Id, open, why.Day);
        await work.Journal.Book(agreement, why.Day, "fees for collecting settled", JournalEntry.Of(LedgerEvent.ClaimSettled, (Account.CollectionFeeDue, total), (Account.CollectionFee, -total)));
        await work.Audit.Record(agreement.Number, "collection-fees-settled", agreement.Number, JsonSerializer.Serialize(new { reason = why.Reason, remittances = open.Select(fee => fee.Remittance), total }));
        return new FeeSum(agreement.Number, Payer(agreement), open.Count, new Money(total, agreement.Currency));
    }

    private static string Payer(StoredAgreement agreement) => agreement.Agreement.CollectionFee!.Payer;

    private static KnownFee Known(StoredAgreement agreement, StoredFee fee)
    {
        Money In(long minor) => new(minor, agreement.Currency);
        return new KnownFee(fee.Remittance, Payer(agreement), fee.FeeYear, In(fee.Basis), fee.Rate, In(fee.Worked), In(fee.Amount), In(fee.Paid), In(fee.Open), fee.ArisenOn);
    }

    private static FeeYear Year(StoredAgreement agreement, int year, IReadOnlyList<StoredFee> fees)
    {
        Money In(long minor) => new(minor, agreement.Currency);
        var charged = fees.Sum(fee => fee.Amount);
        var cap = agreement.Agreement.CollectionFee!.CapIn(agreement.Currency);
        return new FeeYear(year, Payer(agreement), fees.Count, In(fees.Sum(fee => fee.Basis)), In(fees.Sum(fee => fee.Worked)), In(charged),
            cap is { } most ? In(most) : null, cap is { } limit ? In(limit - charged) : null, In(fees.Sum(fee => fee.Paid)), In(fees.Sum(fee => fee.Open)));
    }
}
