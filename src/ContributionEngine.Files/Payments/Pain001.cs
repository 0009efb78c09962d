using System.Globalization;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>
/// Writes an order as pain.001.001.03 or .09: one payment, structured addresses, the reference of ISO 11649 as EndToEndId and as structured
/// remittance information, the fund's own reference beside it as unstructured one where the scheme carries both, the SEPA set of letters. Every element is checked against the schema while it is written.
/// </summary>
public static class Pain001
{
    private const string Third = "pain.001.001.03";
    private const string Ninth = "pain.001.001.09";
    private const string NoBic = "NOTPROVIDED";

    public static IReadOnlyList<string> Versions { get; } = [Third, Ninth];

    /// <summary>What was written in other letters; or a refusal with code <c>payment_order_incomplete</c> and one error per field, of which nothing was written.</summary>
    /// <param name="version">One of <see cref="Versions"/>.</param>
    /// <param name="open">Opens the target, once nothing is missing.</param>
    public static Outcome<IReadOnlyList<Transliteration>> Write(PaymentOrder order, string version, Func<Stream> open)
    {
        var parties = new Pain001Parties();
        var (debtor, creditor) = (parties.Of(order.Debtor), parties.Of(order.Creditor));
        if (parties.Errors.Count > 0)
        {
            return parties.Errors[0] with { Errors = parties.Errors, Help = "Enter these fields in the agreement file; docs/declarations.md lists what a payment order needs. Nothing was written." };
        }

        using var xml = new CheckedXml(open(), version);
        xml.Element("Document", () => xml.Element("CstmrCdtTrfInitn", () =>
        {
            Header(xml, order, debtor);
            Payment(xml, (order, version), debtor, creditor);
        }));
        return parties.Transliterated;
    }

    private static void Header(CheckedXml xml, PaymentOrder order, Pain001Party debtor) => xml.Element("GrpHdr", () =>
    {
        xml.Element("MsgId", order.Id);
        xml.Element("CreDtTm", InstantText.Of(order.CreatedAt));
        Sums(xml, order);
        xml.Element("InitgPty", () => xml.Element("Nm", debtor.Name));
    });

    private static void Payment(CheckedXml xml, (PaymentOrder Order, string Version) of, Pain001Party debtor, Pain001Party creditor) => xml.Element("PmtInf", () =>
    {
        var (order, day) = (of.Order, of.Order.ExecuteOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var isSepa = order.Amount.Currency.Code == "EUR" && debtor.Account.IsIban && creditor.Account.IsIban;
        xml.Element("PmtInfId", order.Id);
        xml.Element("PmtMtd", "TRF");
        xml.Element("BtchBookg", "true");
        Sums(xml, order);
        if (isSepa) xml.Element("PmtTpInf", () => xml.Element("SvcLvl", () => xml.Element("Cd", "SEPA")));
        if (of.Version == Third) xml.Element("ReqdExctnDt", day);
        else xml.Element("ReqdExctnDt", () => xml.Element("Dt", day));
        Party(xml, "Dbtr", debtor);
        Account(xml, "DbtrAcct", debtor.Account);
        xml.Element("DbtrAgt", () => xml.Element("FinInstnId", () => Bank(xml, of.Version, debtor.Account.Bic)));
        xml.Element("ChrgBr", isSepa ? "SLEV" : "SHAR");
        xml.Element("CdtTrfTxInf", () => Transfer(xml, (order, of.Version, isSepa), creditor));
    });

    private static void Transfer(CheckedXml xml, (PaymentOrder Order, string Version, bool IsSepa) of, Pain001Party creditor)
    {
        var order = of.Order;
        xml.Element("PmtId", () =>
        {
            xml.Element("InstrId", order.Id);
            xml.Element("EndToEndId", order.Reference);
        });
        xml.Element("Amt", () => xml.Element("InstdAmt", order.Amount.ToMajor(), ("Ccy", order.Amount.Currency.Code)));
        if (creditor.Account.Bic is { } bic) xml.Element("CdtrAgt", () => xml.Element("FinInstnId", () => Bank(xml, of.Version, bic)));
        Party(xml, "Cdtr", creditor);
        Account(xml, "CdtrAcct", creditor.Account);
        xml.Element("RmtInf", () =>
        {
            // SEPA carries one or the other, and ours is what the bank's statement is matched by.
            if (order.FundReference is { } notice && !of.IsSepa) xml.Element("Ustrd", notice);
            xml.Element("Strd", () => xml.Element("CdtrRefInf", () => Reference(xml, order)));
        });
    }

    private static void Reference(CheckedXml xml, PaymentOrder order)
    {
        xml.Element("Tp", () =>
        {
            xml.Element("CdOrPrtry", () => xml.Element("Cd", "SCOR"));
            xml.Element("Issr", "ISO");
        });
        xml.Element("Ref", order.Reference);
    }

    private static void Sums(CheckedXml xml, PaymentOrder order)
    {
        xml.Element("NbOfTxs", "1");
        xml.Element("CtrlSum", order.Amount.ToMajor());
    }

    private static void Party(CheckedXml xml, string name, Pain001Party party) => xml.Element(name, () =>
    {
        xml.Element("Nm", party.Name);
        xml.Element("PstlAdr", () =>
        {
            if (party.Street is { } street) xml.Element("StrtNm", street);
            if (party.Postcode is { } postcode) xml.Element("PstCd", postcode);
            xml.Element("TwnNm", party.Town);
            xml.Element("Ctry", party.Country);
        });
    });

    private static void Account(CheckedXml xml, string name, Pain001Account account) => xml.Element(name, () => xml.Element("Id", () =>
    {
        if (account.IsIban) xml.Element("IBAN", account.Number);
        else xml.Element("Othr", () => xml.Element("Id", account.Number));
    }));

    // The schema wants the debtor's bank; with an IBAN its BIC may be unknown.
    private static void Bank(CheckedXml xml, string version, string? bic)
    {
        if (bic is null) xml.Element("Othr", () => xml.Element("Id", NoBic));
        else xml.Element(version == Third ? "BIC" : "BICFI", bic);
    }
}
