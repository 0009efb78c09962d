using System.Globalization;
using System.Xml;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>One entry to write.</summary>
public sealed record WrittenEntry(string ServicerReference, long AmountMinor, Direction Direction, DateOnly BookedOn, string EndToEndId);

/// <summary>A statement to write.</summary>
public sealed record WrittenStatement(string Account, string Id, Currency Currency, long OpeningMinor, DateOnly Date, IReadOnlyList<WrittenEntry> Entries);

/// <summary>Writes a camt.053.001.08 statement, for rehearsals and samples. Valid by its XSD.</summary>
public static class StatementXml
{
    public static void Write(Stream target, WrittenStatement statement)
    {
        using var xml = XmlWriter.Create(target, new XmlWriterSettings { Indent = true });
        xml.WriteStartElement("Document", "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08");
        xml.WriteStartElement("BkToCstmrStmt");
        xml.WriteStartElement("GrpHdr");
        xml.WriteElementString("MsgId", statement.Id);
        xml.WriteElementString("CreDtTm", $"{Day(statement.Date)}T23:00:00Z");
        xml.WriteEndElement();
        xml.WriteStartElement("Stmt");
        xml.WriteElementString("Id", statement.Id);
        xml.WriteStartElement("Acct");
        xml.WriteStartElement("Id");
        xml.WriteStartElement("Othr");
        xml.WriteElementString("Id", statement.Account);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteElementString("Ccy", statement.Currency.Code);
        xml.WriteEndElement();
        Balance(xml, statement, "OPBD", statement.OpeningMinor);
        Balance(xml, statement, "CLBD", statement.OpeningMinor + statement.Entries.Sum(entry => entry.Direction == Direction.Credit ? entry.AmountMinor : -entry.AmountMinor));
        foreach (var entry in statement.Entries) Entry(xml, statement.Currency, entry);
    }

    private static void Balance(XmlWriter xml, WrittenStatement statement, string code, long minor)
    {
        xml.WriteStartElement("Bal");
        xml.WriteStartElement("Tp");
        xml.WriteStartElement("CdOrPrtry");
        xml.WriteElementString("Cd", code);
        xml.WriteEndElement();
        xml.WriteEndElement();
        Amount(xml, Math.Abs(minor), statement.Currency);
        xml.WriteElementString("CdtDbtInd", minor < 0 ? "DBIT" : "CRDT");
        Date(xml, "Dt", statement.Date);
        xml.WriteEndElement();
    }

    private static void Entry(XmlWriter xml, Currency currency, WrittenEntry entry)
    {
        xml.WriteStartElement("Ntry");
        Amount(xml, entry.AmountMinor, currency);
        xml.WriteElementString("CdtDbtInd", entry.Direction == Direction.Credit ? "CRDT" : "DBIT");
        xml.WriteStartElement("Sts");
        xml.WriteElementString("Cd", "BOOK");
        xml.WriteEndElement();
        Date(xml, "BookgDt", entry.BookedOn);
        Date(xml, "ValDt", entry.BookedOn);
        xml.WriteElementString("AcctSvcrRef", entry.ServicerReference);
        xml.WriteStartElement("BkTxCd");
        xml.WriteStartElement("Prtry");
        xml.WriteElementString("Cd", "TRANSFER");
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteStartElement("NtryDtls");
        xml.WriteStartElement("TxDtls");
        xml.WriteStartElement("Refs");
        xml.WriteElementString("EndToEndId", entry.EndToEndId);
        xml.WriteEndElement();
        Amount(xml, entry.AmountMinor, currency);
        xml.WriteElementString("CdtDbtInd", entry.Direction == Direction.Credit ? "CRDT" : "DBIT");
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Amount(XmlWriter xml, long minor, Currency currency)
    {
        xml.WriteStartElement("Amt");
        xml.WriteAttributeString("Ccy", currency.Code);
        xml.WriteString(Money.ToMajor(minor, currency.Digits));
        xml.WriteEndElement();
    }

    private static void Date(XmlWriter xml, string name, DateOnly day)
    {
        xml.WriteStartElement(name);
        xml.WriteElementString("Dt", Day(day));
        xml.WriteEndElement();
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
