using System.Security.Cryptography;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A file that was written of a remittance.</summary>
/// <param name="Sha256">Lower-case hex over its bytes.</param>
/// <param name="Transliterated">What a payment order says in other letters than the agreement.</param>
public sealed record ExportedRemittance(string Remittance, string Format, string Sha256, IReadOnlyList<Transliteration> Transliterated);

/// <summary>Writes the declaration of a remittance as it was sealed, or the order that pays it. The same remittance gives the same bytes every time.</summary>
public sealed class ExportRemittance(Database database)
{
    /// <summary>Every form that may be asked for.</summary>
    public static IReadOnlyList<string> Formats { get; } = [.. DeclarationFormats.All.Select(format => format.Name), .. Pain001.Versions];

    /// <param name="asked">Number or reference, and the form; null: the declaration in its own.</param>
    /// <param name="open">Opens the target, once nothing stands in the way.</param>
    public Task<Outcome<ExportedRemittance>> Run(Actor actor, (string Number, string? Format) asked, Func<Stream> open, CancellationToken stop) => database.Read<Outcome<ExportedRemittance>>(actor, async work =>
    {
        if (!(await work.Remittances.Find(asked.Number)).Ok(out var found, out var refusal)) return refusal;
        if (asked.Format is { } version && Pain001.Versions.Contains(version)) return await Order(work, found, version, open);
        if (asked.Format is not null && asked.Format != found.Format)
        {
            return Refusal.Conflict("sealed_in_another_form", $"{found.Number} was sealed as {found.Format}, and sealed bytes never change.") with
            {
                Field = "format", Value = asked.Format, Help = $"Leave --format out, or write {found.Format}.",
            };
        }

        await using var target = open();
        foreach (var part in await work.Remittances.Parts(found.Id)) await target.WriteAsync(part, stop);
        return new ExportedRemittance(found.Number, found.Format, found.Sha256, []);
    }, stop);

    private static async Task<Outcome<ExportedRemittance>> Order(Work work, StoredRemittance remittance, string version, Func<Stream> open)
    {
        if (Unpayable(remittance) is { } unpayable) return unpayable;
        var agreement = await work.Agreements.Get(remittance.AgreementId);
        if (!(await Calendars.Of(work, agreement)).Ok(out var calendar, out var refusal)) return refusal;
        var (terms, zone) = (agreement.Agreement, TimeZoneInfo.FindSystemTimeZoneById(agreement.Agreement.Settlement.TimeZone));
        var order = new PaymentOrder
        {
            // A line that was rejected meanwhile makes another order, which a bank must not take for a repeat.
            Id = remittance.Rejected == 0 ? remittance.Number : $"{remittance.Number}-{remittance.Rejected}",
            Reference = remittance.Reference,
            FundReference = remittance.FundReference,
            Amount = new Money(remittance.State.Payable, agreement.Currency),
            CreatedAt = remittance.SealedAt,
            ExecuteOn = calendar.Rolled(AsOf.DayIn(remittance.SealedAt, zone), Roll.Next),
            Debtor = Payer(terms),
            Creditor = Payee(terms),
        };
        using var bytes = new MemoryStream();
        if (!Pain001.Write(order, version, () => bytes).Ok(out var transliterated, out refusal)) return refusal;
        var content = bytes.ToArray();
        await using var target = open();
        await target.WriteAsync(content, work.Stop);
        return new ExportedRemittance(remittance.Number, version, Convert.ToHexStringLower(SHA256.HashData(content)), transliterated);
    }

    internal static PaymentParty Payer(Agreement terms) => new(terms.Organisation.Name, terms.Organisation.Address, terms.Bank.OrganisationAccount, terms.Bank.OrganisationBic, PartyFields.Organisation);

    internal static PaymentParty Payee(Agreement terms) => new(terms.Fund.Name, terms.Fund.Address, terms.Bank.FundAccount, terms.Bank.FundBic, PartyFields.Fund);

    /// <summary>Why nothing is to be paid for it, whether or not something was; null: something is.</summary>
    internal static Refusal? NothingPayable(StoredRemittance remittance) => remittance.State is { Delivery: DeliveryState.Cancelled or DeliveryState.Refused } or { Payable: <= 0 }
        ? Refusal.Conflict("nothing_payable", $"{remittance.Number} is {remittance.State.Shown}; nothing is to be paid for it.")
        : null;

    private static Refusal? Unpayable(StoredRemittance remittance)
    {
        if (NothingPayable(remittance) is { } nothing) return nothing;
        return remittance.State.Money == MoneyState.Unpaid || remittance.State.Money == MoneyState.Returned ? null
            : Refusal.Conflict("already_paid", $"{remittance.Number} is {remittance.State.Shown}: the bank shows its payment already.") with { Help = "Look at it with 'remittance show'; an order for it would pay it twice." };
    }
}
