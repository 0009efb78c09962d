using System.Globalization;
using System.Xml.Linq;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Bank;

/// <summary>A booking as a bank shows it.</summary>
/// <param name="Amount">Major units, signed: credit positive.</param>
internal sealed record Booking(string Amount, string Reference = "", bool IsReversal = false);

/// <summary>Statements whose entries a test words itself; balances always add up.</summary>
internal static class Camt
{
    private static readonly XNamespace Iso = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";

    /// <summary>Takes in a statement of the coffee fund's account.</summary>
    public static async Task Import(Workplace place, string id, string day, params Booking[] bookings)
    {
        place.Write($"{id}.xml", Text(id, day, bookings));
        await place.Ok($"bank import {id}.xml --account auto");
    }

    private static string Text(string id, string day, Booking[] bookings)
    {
        var sum = bookings.Sum(item => decimal.Parse(item.Amount, CultureInfo.InvariantCulture));
        var statement = Of("Stmt", Of("Id", id), Of("Acct", Of("Id", Of("Othr", Of("Id", Agreements.Coffee().FundAccount))), Of("Ccy", "CRC")), Balance("OPBD", 0, day), Balance("CLBD", sum, day), bookings.Select((item, i) => Entry(item, $"{id}-{i + 1}", day)));
        return Of("Document", Of("BkToCstmrStmt", Of("GrpHdr", Of("MsgId", id), Of("CreDtTm", $"{day}T20:00:00Z")), statement)).ToString();
    }

    private static XElement Entry(Booking booking, string key, string day) => Of(
        "Ntry", Amount(decimal.Parse(booking.Amount, CultureInfo.InvariantCulture)), Side(decimal.Parse(booking.Amount, CultureInfo.InvariantCulture)), booking.IsReversal ? Of("RvslInd", "true") : null, Of("Sts", Of("Cd", "BOOK")),
        Of("BookgDt", Of("Dt", day)), Of("ValDt", Of("Dt", day)), Of("AcctSvcrRef", key), Of("BkTxCd", Of("Prtry", Of("Cd", "TRANSFER"))),
        booking.Reference.Length > 0 ? Of("NtryDtls", Of("TxDtls", Of("Refs", Of("EndToEndId", booking.Reference)))) : null);

    private static XElement Balance(string code, decimal amount, string day) => Of("Bal", Of("Tp", Of("CdOrPrtry", Of("Cd", code))), Amount(amount), Side(amount), Of("Dt", Of("Dt", day)));

    private static XElement Amount(decimal amount) => new(Iso + "Amt", new XAttribute("Ccy", "CRC"), Math.Abs(amount).ToString("0.00", CultureInfo.InvariantCulture));

    private static XElement Side(decimal amount) => Of("CdtDbtInd", amount < 0 ? "DBIT" : "CRDT");

    private static XElement Of(string name, params object?[] content) => new(Iso + name, content);
}
