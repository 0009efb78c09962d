using System.Globalization;
using System.Xml.Linq;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Reads one <c>Ntry</c>: its own amount, and its transactions with their own signs.</summary>
internal sealed class CamtEntry(Currency currency, WarningList warnings, int number)
{
    private readonly string where = $"entry {number}";

    public BankEntry Read(XElement entry, IReadOnlyList<XElement> details)
    {
        var direction = Side(entry.At("CdtDbtInd"));
        var amount = Amount(entry.One("Amt") ?? throw BankProblem.Figure(where, "", "has no amount").Thrown());
        var transactions = details.Select(found => Transaction(found, direction)).ToList();
        var read = new BankEntry
        {
            AmountMinor = amount,
            Direction = direction,
            IsReversal = entry.At("RvslInd") is "true" or "1",
            BookedOn = CamtTexts.Day(entry.One("BookgDt")) ?? CamtTexts.Day(entry.One("ValDt")),
            ValueOn = CamtTexts.Day(entry.One("ValDt")),
            ServicerReference = Servicer(entry, details),
            Text = entry.At("AddtlNtryInf"),
            Counterparty = transactions.Count == 1 ? transactions[0].Counterparty : default,
            Transactions = transactions,
            References = [.. transactions.SelectMany(found => found.References).Concat(OfBatch(entry)).Distinct()],
        };
        Look(entry, read);
        return read;
    }

    // The bank's word for the booking; else the one for its only transaction; else what names both.
    private static string? Servicer(XElement entry, IReadOnlyList<XElement> details)
    {
        if (NoReference.Unless(entry.At("AcctSvcrRef")) is { } own) return own;
        if (details is not [var only]) return null;
        if (NoReference.Unless(only.At("Refs", "AcctSvcrRef")) is { } inner) return inner;
        return NoReference.Unless(entry.At("NtryRef")) is { } name && NoReference.Unless(only.At("Refs", "TxId")) is { } id ? $"{name}/{id}" : null;
    }

    private static IEnumerable<string> OfBatch(XElement entry) => CamtTexts.Said(
        [.. entry.Elements("NtryDtls").SelectMany(found => found.Elements("Btch")).SelectMany(batch => new[] { batch.At("PmtInfId"), batch.At("MsgId") }), entry.At("AddtlNtryInf")]);

    private BankTransaction Transaction(XElement details, Direction inherited)
    {
        var direction = details.Element("CdtDbtInd") is null ? inherited : Side(details.At("CdtDbtInd"));
        return new BankTransaction(AmountOf(details), direction)
        {
            Reference = CamtTexts.Said([details.At("Refs", "AcctSvcrRef"), details.At("Refs", "TxId"), details.At("Refs", "EndToEndId")]).FirstOrDefault(),
            Counterparty = CamtTexts.Party(details, direction),
            References = [.. CamtTexts.References(details).Distinct()],
            Charges = Charges(details),
        };
    }

    // An amount in another currency says what was instructed, not what was booked.
    private long? AmountOf(XElement details) =>
        new[] { details.One("Amt"), details.One("AmtDtls", "TxAmt", "Amt") }.FirstOrDefault(IsOurs) is { } found ? Amount(found) : null;

    private bool IsOurs(XElement? amount) => amount is not null && (amount.Attribute("Ccy")?.Value ?? currency.Code) == currency.Code;

    private long Charges(XElement parent) => parent.Elements("Chrgs").Sum(charges =>
    {
        var records = charges.Elements("Rcrd").ToList();
        return (records.Count > 0 ? records : [charges]).Sum(record => (record.One("Amt") ?? record.One("TtlChrgsAndTaxAmt")) is { } amount && IsOurs(amount)
            ? (record.At("CdtDbtInd") == "CRDT" ? Amount(amount) : -Amount(amount))
            : 0);
    });

    private long Amount(XElement amount) => BankAmounts.Minor(amount.Value, '.', currency, where);

    private Direction Side(string? word) => word switch
    {
        "CRDT" => Direction.Credit,
        "DBIT" => Direction.Debit,
        _ => throw BankProblem.Figure(where, word ?? "", "says neither CRDT nor DBIT, so nobody knows which way the money went").Thrown(),
    };

    private void Look(XElement entry, BankEntry read)
    {
        if (entry.One("Amt")!.Attribute("Ccy")?.Value is { } other && other != currency.Code) warnings.Doubt("currency_differs", $"{where} is in {other}, the statement in {currency.Code}", At(("other", other), ("currency", currency.Code)));
        if ((entry.At("Sts", "Cd") ?? entry.At("Sts")) is { } status && status != "BOOK") warnings.Doubt("not_booked", $"{where} has the status {status}", At(("status", status)));
        if (read.BookedOn is null) warnings.Add("dates_missing", $"{where} has no day; the statement's last day stands for it", At());
        if (read.Transactions.Count == 0 || read.Transactions.Any(found => found.AmountMinor is null)) return;
        var sum = read.Transactions.Aggregate((Int128)0, (total, found) => total + found.Signed!.Value);
        if (sum == read.Signed) return;
        var charges = Charges(entry) + read.Transactions.Sum(found => found.Charges);
        var (isCharges, difference) = (sum + charges == read.Signed, Major(read.Signed - sum));
        var why = isCharges ? $"the difference of {difference} is its charges" : $"the difference is {difference}";
        warnings.Add("transactions_differ", $"{where} is {Major(read.Signed)} and its transactions come to {Major(sum)}; {why}", At(("amount", Major(read.Signed)), ("sum", Major(sum)), ("diff", difference)) with { Variant = isCharges ? "charges" : null });
    }

    private Particulars At(params (string, string?)[] values) => Particulars.Of(null, [("at", "entry"), ("which", $"{number}"), .. values]);

    private string Major(Int128 minor) => Money.ToMajor(long.CreateSaturating(minor), currency.Digits);
}

/// <summary>Texts and days of a camt message.</summary>
internal static class CamtTexts
{
    public static DateOnly? Day(XElement? date)
    {
        var text = (date?.At("Dt") ?? date?.At("DtTm") ?? "").Trim();
        return Day(text);
    }

    /// <summary>The day of a date or of an instant, in the bank's own zone.</summary>
    public static DateOnly? Day(string? text) =>
        text is { Length: >= 10 } && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Those that say something.</summary>
    public static IEnumerable<string> Said(IEnumerable<string?> texts) => texts.Select(NoReference.Unless).OfType<string>();

    public static IEnumerable<string> References(XElement details) => Said(
        new[] { details.At("Refs", "EndToEndId"), details.At("Refs", "InstrId"), details.At("Refs", "TxId"), details.At("Refs", "PmtInfId"), details.At("Refs", "UETR") }
            .Concat(details.Elements("RmtInf").SelectMany(info => info.Elements("Strd")).SelectMany(Structured))
            .Concat(details.Elements("RmtInf").SelectMany(info => info.Elements("Ustrd")).Select(text => text.Value))
            .Append(details.At("AddtlTxInf")));

    /// <summary>Whoever stands on the other side.</summary>
    public static Counterparty Party(XElement details, Direction direction)
    {
        var parties = details.One("RltdPties");
        if (parties is null) return default;
        var (near, far) = direction == Direction.Credit ? ("Dbtr", "Cdtr") : ("Cdtr", "Dbtr");
        var role = parties.Element(near) is not null || parties.Element($"{near}Acct") is not null ? near : far;
        var party = parties.Element(role);
        var account = parties.One($"{role}Acct", "Id");
        return new Counterparty(party?.At("Nm") ?? party?.At("Pty", "Nm"), account?.At("IBAN") ?? account?.At("Othr", "Id"));
    }

    private static IEnumerable<string?> Structured(XElement structured) =>
        structured.Elements("CdtrRefInf").Select(info => info.At("Ref")).Concat(structured.Elements("RfrdDocInf").Select(info => info.At("Nb"))).Concat(structured.Elements("AddtlRmtInf").Select(text => text.Value));
}
