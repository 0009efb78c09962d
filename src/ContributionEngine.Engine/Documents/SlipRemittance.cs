using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Makes the slip with which a remittance is paid at a bank or an agent.</summary>
public sealed class SlipRemittance(Database database)
{
    /// <summary>The slip for what is not paid yet. Refusals: <c>remittance_unknown</c>, <c>nothing_payable</c>, <c>already_paid</c>, <c>calendar_unknown</c>.</summary>
    public Task<Outcome<PaymentSlip>> Run(Actor actor, (string Number, string? Language) of, CancellationToken stop) => database.Read<Outcome<PaymentSlip>>(actor, async work =>
    {
        if (!(await work.Remittances.Find(of.Number)).Ok(out var remittance, out var refusal)) return refusal;
        if (ExportRemittance.NothingPayable(remittance) is { } nothing) return nothing;
        var open = remittance.State.Payable - remittance.Paid;
        if (open <= 0) return Refusal.Conflict("already_paid", $"{remittance.Number} is paid already.") with { Help = "'remittance advice' says what was paid." };
        var agreement = await work.Agreements.Get(remittance.AgreementId);
        if (!(await Calendars.Of(work, agreement)).Ok(out var calendar, out refusal)) return refusal;
        var terms = agreement.Agreement;
        return new PaymentSlip
        {
            Remittance = remittance.Number, Agreement = agreement.Number, Reference = remittance.Reference, FundReference = remittance.FundReference, Language = of.Language,
            Cutoff = AsOf.DayIn(remittance.Cutoff, terms), PayBy = calendar.Rolled(AsOf.DayIn(remittance.SealedAt, terms), Roll.Next), Amount = new Money(open, agreement.Currency),
            Payer = ExportRemittance.Payer(terms), Payee = ExportRemittance.Payee(terms),
        };
    }, stop);
}
