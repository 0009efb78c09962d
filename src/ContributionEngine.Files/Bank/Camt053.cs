using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>
/// Reads camt.053 statements of any version by local name. Entities and document types are refused, so a statement can reach
/// nothing outside itself. Source: ISO 20022 camt.053.001.02 to .14.
/// </summary>
public static class Camt053
{
    private const long CharactersMax = 512L << 20;

    /// <summary>The statements of a file. Refusals: <c>bank_xml_unsafe</c>, <c>bank_not_a_statement</c>, <c>bank_no_statement</c>, <c>bank_unreadable</c>.</summary>
    public static Outcome<IReadOnlyList<BankStatement>> Read(Stream stream)
    {
        try
        {
            using var reader = XmlReader.Create(stream, new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = CharactersMax, MaxCharactersFromEntities = 0, IgnoreWhitespace = true, IgnoreComments = true,
            });
            return Statements(reader);
        }
        catch (XmlException fault) when (fault.Message.Contains("DTD", StringComparison.Ordinal))
        {
            return No("bank_xml_unsafe", "The file declares a document type, which no bank statement needs.");
        }
        catch (XmlException fault)
        {
            return No("bank_unreadable", $"The file is no well-formed XML: line {fault.LineNumber}, position {fault.LinePosition}.");
        }
        catch (BankFigureException fault)
        {
            return No("bank_figure", fault.Message);
        }
    }

    private static Outcome<IReadOnlyList<BankStatement>> Statements(XmlReader reader)
    {
        var statements = new List<BankStatement>();
        var isStatement = false;
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            if (reader.LocalName == "BkToCstmrStmt") isStatement = true;
            while (isStatement && reader is { NodeType: XmlNodeType.Element, LocalName: "Stmt" }) statements.Add(new CamtStatement((XElement)XNode.ReadFrom(reader)).Read());
        }

        if (!isStatement) return No("bank_not_a_statement", "The file is no camt.053 statement.");
        return statements.Count == 0 ? No("bank_no_statement", "The message holds no statement.") : statements;
    }

    private static Refusal No(string code, string detail) => Refusal.Input(code, detail) with { Help = "Ask the bank for the statement as camt.053, and import the file as it came." };
}

/// <summary>A figure in a bank file that cannot be taken over exactly.</summary>
internal sealed class BankFigureException(string detail) : Exception(detail);

/// <summary>One <c>Stmt</c> element.</summary>
internal sealed class CamtStatement(XElement statement)
{
    private readonly List<string> warnings = [];
    private readonly Currency currency = CurrencyOf(statement);

    public BankStatement Read()
    {
        var entries = statement.All("Ntry").Select(Entry).ToList();
        return new BankStatement
        {
            Account = (statement.At("Acct", "Id", "IBAN") ?? statement.At("Acct", "Id", "Othr", "Id") ?? throw new BankFigureException("A statement names no account.")).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant(),
            Statement = statement.At("Id") ?? "",
            Currency = currency,
            Opening = Balance("OPBD") ?? Balance("PRCD"),
            Closing = Balance("CLBD"),
            Date = Day(statement.All("Bal").LastOrDefault()?.One("Dt")),
            Entries = entries,
            Warnings = warnings,
        };
    }

    private long? Balance(string code)
    {
        var found = statement.All("Bal").FirstOrDefault(balance => balance.At("Tp", "CdOrPrtry", "Cd") == code);
        if (found is null) return null;
        var word = found.At("CdtDbtInd");
        if (word is null) Warn("balance_without_direction: a balance does not say credit or debit; credit is assumed");
        var amount = Amount(found.One("Amt")!);
        return word == "DBIT" ? -amount : amount;
    }

    private BankEntry Entry(XElement entry)
    {
        var direction = DirectionOf(entry);
        var transactions = entry.All("NtryDtls").SelectMany(details => details.All("TxDtls")).Select(details => Transaction(details, direction)).ToList();
        var amount = Amount(entry.One("Amt")!);
        if (transactions.Count > 0 && transactions.All(item => item.AmountMinor is not null)
            && transactions.Sum(item => item.Direction == direction ? item.AmountMinor!.Value : -item.AmountMinor!.Value) != amount)
        {
            Warn("transactions_differ: an entry is not the signed sum of its transactions");
        }

        return new BankEntry
        {
            AmountMinor = amount,
            Direction = direction,
            IsReversal = entry.At("RvslInd") is "true" or "1",
            BookedOn = Day(entry.One("BookgDt")) ?? Day(entry.One("ValDt")),
            ServicerReference = entry.At("AcctSvcrRef") ?? entry.At("NtryRef"),
            Text = entry.At("AddtlNtryInf"),
            Transactions = transactions,
            References = [.. transactions.SelectMany(item => item.References), .. Texts(entry.At("AddtlNtryInf"))],
        };
    }

    private BankTransaction Transaction(XElement details, Direction inherited)
    {
        var amount = details.One("Amt") ?? details.One("AmtDtls")?.One("TxAmt")?.One("Amt");
        var references = Texts(details.At("Refs", "EndToEndId"))
            .Concat(details.All("RmtInf").SelectMany(info => info.All("Strd").SelectMany(structured => Texts(structured.At("CdtrRefInf", "Ref")))))
            .Concat(details.All("RmtInf").SelectMany(info => info.All("Ustrd").SelectMany(text => Texts(text.Value))));
        return new BankTransaction(amount is null ? null : Amount(amount), details.One("CdtDbtInd") is null ? inherited : DirectionOf(details), [.. references]);
    }

    private static IEnumerable<string> Texts(string? text) => string.IsNullOrWhiteSpace(text) ? [] : [text];

    private static Direction DirectionOf(XElement element) => element.At("CdtDbtInd") == "DBIT" ? Direction.Debit : Direction.Credit;

    private long Amount(XElement amount)
    {
        var text = amount.Value.Trim();
        if (!Ratio.TryParse(text, 18, out var value) || !(value * currency.MinorPerMajor).TryToLong(out var minor) || minor < 0)
        {
            throw new BankFigureException($"«{text}» is not an amount in {currency.Code} with at most {currency.Digits} decimals.");
        }

        return minor;
    }

    private void Warn(string warning)
    {
        if (!warnings.Contains(warning)) warnings.Add(warning);
    }

    private static Currency CurrencyOf(XElement statement)
    {
        var code = statement.At("Acct", "Ccy") ?? statement.Descendants().FirstOrDefault(element => element.Name.LocalName == "Amt")?.Attribute("Ccy")?.Value ?? "";
        return Core.Currency.Of(code).Ok(out var currency, out var refusal) ? currency : throw new BankFigureException(refusal.Detail);
    }

    private static DateOnly? Day(XElement? date)
    {
        var text = (date?.At("Dt") ?? date?.At("DtTm") ?? "").Trim();
        return text.Length >= 10 && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }
}

/// <summary>Elements by local name: banks differ in namespaces and agree in names.</summary>
internal static class ByLocalName
{
    public static XElement? One(this XElement parent, string name) => parent.Elements().FirstOrDefault(element => element.Name.LocalName == name);

    public static IEnumerable<XElement> All(this XElement parent, string name) => parent.Elements().Where(element => element.Name.LocalName == name);

    /// <summary>The trimmed text at a path of names, or null when a step or the text is missing.</summary>
    public static string? At(this XElement parent, params ReadOnlySpan<string> path)
    {
        var at = parent;
        foreach (var name in path)
        {
            if (at.One(name) is not { } next) return null;
            at = next;
        }

        return at.Value.Trim() is { Length: > 0 } text ? text : null;
    }
}
