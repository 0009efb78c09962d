using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What a treasurer says that she has paid.</summary>
/// <param name="PaidOn">As <c>yyyy-MM-dd</c>.</param>
/// <param name="Channel">One of <see cref="TellPayment.Channels"/>.</param>
/// <param name="Slip">The number on the paper or the message that she was given.</param>
/// <param name="Amount">In major units of the remittance's currency, such as <c>38600.00</c>.</param>
public sealed record ToldRequest(string Remittance, string PaidOn, string Channel, string Slip, string Amount);

/// <summary>A payment that a treasurer has told of.</summary>
public sealed record KnownToldPayment(long Id, DateOnly PaidOn, string Channel, string Slip, Money Amount, string ToldBy, DateTimeOffset ToldAt)
{
    internal static KnownToldPayment Of(StoredToldPayment row) => new(row.Id, row.PaidOn, row.Channel, row.Slip, MatchReport.In(row.Currency, row.Amount), row.ToldBy, row.ToldAt);
}

/// <summary>
/// «I have paid»: a treasurer tells how and when, so that the fund finds the money on the bank. Nothing is booked: money is known when the bank shows it.
/// The same word twice is kept once, and she may take it back.
/// </summary>
public sealed class TellPayment(Database database)
{
    /// <summary>Characters of a slip's number.</summary>
    public const int SlipMax = 40;

    /// <summary>Payments of one remittance that are told and not taken back.</summary>
    public const int ToldMax = 20;

    public static readonly string[] Channels = ["bank", "mobile_money", "cash_desk"];

    /// <summary>What is told of a remittance, by its number or reference, oldest first. Refusals: <c>remittance_unknown</c>.</summary>
    public Task<Outcome<IReadOnlyList<KnownToldPayment>>> List(Actor actor, string remittance, CancellationToken stop) => database.Read<Outcome<IReadOnlyList<KnownToldPayment>>>(actor, async work =>
        (await work.Remittances.Find(remittance)).Ok(out var found, out var refusal) ? (List<KnownToldPayment>)[.. (await work.ToldPayments.Of(found.Number)).Select(KnownToldPayment.Of)] : refusal, stop);

    /// <summary>
    /// Refusals: <c>remittance_unknown</c>, <c>told_by_organisation</c>, <c>told_day_malformed</c>, <c>told_day_later</c>, <c>told_channel_unknown</c>, <c>told_slip_missing</c>, <c>told_slip_too_long</c>,
    /// <c>amount_malformed</c>, <c>told_amount_none</c>, <c>told_otherwise</c>, <c>told_too_often</c>, <c>payment_not_awaited</c>.
    /// </summary>
    public Task<Outcome<KnownToldPayment>> Tell(Actor actor, ToldRequest asked, CancellationToken stop) => database.Attempt<KnownToldPayment>(actor, async work =>
    {
        if (!(await Open(work, asked.Remittance)).Ok(out var remittance, out var refusal)) return refusal;
        var agreement = await work.Agreements.Get(remittance.AgreementId);
        if (!Read(asked, AsOf.DayIn(work.Now, agreement.Agreement), agreement.Currency).Ok(out var told, out refusal)) return refusal;
        told = told with { Id = work.NextId(), ToldBy = actor.Name, ToldAt = work.Now };
        var before = await work.ToldPayments.Of(remittance.Number);
        if (before.FirstOrDefault(row => (row.Channel, row.Slip) == (told.Channel, told.Slip)) is { } known) return (known.PaidOn, known.Amount) == (told.PaidOn, told.Amount) ? KnownToldPayment.Of(known) : Otherwise(known);
        if (!remittance.State.AwaitsMoney) return Refusal.Conflict("payment_not_awaited", $"{remittance.Number} awaits no money.") with { Help = "Choose the remittance that you have paid." };
        if (before.Count == ToldMax) return Refusal.Conflict("told_too_often", $"{ToldMax} payments of {remittance.Number} are told already.") with { Help = "Take one back first." };
        await work.ToldPayments.Add(remittance.Id, told);
        await Note(work, agreement, "payment-told", (remittance.Number, told));
        return KnownToldPayment.Of(told);
    }, stop);

    /// <summary>Refusals: <c>remittance_unknown</c>, <c>told_by_organisation</c>, <c>told_unknown</c>.</summary>
    public Task<Outcome<KnownToldPayment>> TakeBack(Actor actor, (string Remittance, long Told) asked, CancellationToken stop) => database.Attempt<KnownToldPayment>(actor, async work =>
    {
        if (!(await Open(work, asked.Remittance)).Ok(out var remittance, out var refusal)) return refusal;
        var told = (await work.ToldPayments.Of(remittance.Number)).FirstOrDefault(row => row.Id == asked.Told);
        if (told is null || !await work.ToldPayments.TakeBack(remittance.Id, told.Id)) return Refusal.NotFound("told_unknown", "That was taken back before, or was never told.");
        await Note(work, await work.Agreements.Get(remittance.AgreementId), "payment-told-taken-back", (remittance.Number, told));
        return KnownToldPayment.Of(told);
    }, stop);

    // Whoever speaks for the fund cannot say what somebody else has paid.
    private static async Task<Outcome<StoredRemittance>> Open(Work work, string number)
    {
        if (!(await work.Remittances.FindToChange(number)).Ok(out var remittance, out var refusal)) return refusal;
        return work.Actor.OrganisationId is null ? new Refusal(RefusalKind.NotAllowed, "told_by_organisation", "Only the organisation itself says what it has paid.") : remittance;
    }

    private static Outcome<StoredToldPayment> Read(ToldRequest asked, DateOnly today, Currency currency)
    {
        if (!AsOf.ReadDay(asked.PaidOn).Ok(out var day, out _)) return Fault("paid_on", asked.PaidOn, ("told_day_malformed", "is not a day such as 2021-01-31"));
        if (day > today) return Fault("paid_on", asked.PaidOn, ("told_day_later", "is still to come"));
        if (!Channels.Contains(asked.Channel)) return Fault("channel", asked.Channel, ("told_channel_unknown", $"is none of {string.Join(", ", Channels)}"));
        var slip = asked.Slip.Trim();
        if (!slip.Any(char.IsLetterOrDigit)) return Fault("slip", slip, ("told_slip_missing", "is no number of a slip"));
        if (slip.Length > SlipMax) return Fault("slip", $"{SlipMax}", ("told_slip_too_long", "characters are the most that a slip's number has"));
        if (!Money.Parse(asked.Amount, currency).Ok(out var amount, out var refusal)) return refusal with { Field = "amount", Value = asked.Amount, Particulars = Particulars.Of("plain") };
        if (!amount.IsPositive) return Fault("amount", asked.Amount, ("told_amount_none", "is not above zero"));
        return new StoredToldPayment { PaidOn = day, Channel = asked.Channel, Slip = slip, Currency = currency.Code, Amount = amount.Minor };
    }

    private static Refusal Fault(string field, string value, (string Code, string Detail) fault) => Refusal.Input(fault.Code, $"{field}: «{value}» {fault.Detail}.") with { Field = field, Value = value };

    private static Refusal Otherwise(StoredToldPayment known) => Refusal.Conflict("told_otherwise", $"Of slip {known.Slip} another day or amount is told already.") with { Field = "slip", Value = known.Slip, Help = "Take that back first." };

    private static Task Note(Work work, StoredAgreement agreement, string step, (string Remittance, StoredToldPayment Told) said) => work.Audit.Record(
        agreement.Number, step, said.Remittance, JsonSerializer.Serialize(new { told = said.Told.Id, paid_on = said.Told.PaidOn, channel = said.Told.Channel, slip = said.Told.Slip, amount = said.Told.Amount }));
}
