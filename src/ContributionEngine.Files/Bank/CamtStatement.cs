using System.Xml.Linq;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>What a statement says of itself, collected while its entries pass by.</summary>
internal sealed class CamtStatement(CamtMessage message, string? unnamed)
{
    private const int PartsMax = 10_000;
    private readonly XElement header = new("Stmt");
    private readonly WarningList warnings = new();
    private int parts;
    private Currency? currency;

    public WarningList Warnings => warnings;

    public Currency Currency => currency!.Value;

    /// <summary>Entries so far.</summary>
    public int Entries { get; private set; }

    public void Add(XElement part)
    {
        if (++parts > PartsMax) throw BankProblem.Unreadable($"a statement has more than {PartsMax} parts beside its entries").Thrown();
        header.Add(part);
    }

    /// <summary>Its currency is the account's, else the one of its first amount.</summary>
    public StatementBegun Begin(XElement? first)
    {
        var code = header.At("Acct", "Ccy") ?? header.One("Bal", "Amt")?.Attribute("Ccy")?.Value ?? first?.One("Amt")?.Attribute("Ccy")?.Value;
        currency = BankAmounts.Currency(code ?? unnamed ?? throw BankProblem.NoCurrency().Thrown(), warnings, "the account");
        var account = header.At("Acct", "Id", "IBAN") ?? header.At("Acct", "Id", "Othr", "Id") ?? throw BankProblem.NoAccount(header.At("Id") ?? "").Thrown();
        return new StatementBegun(message.Format, account, Currency);
    }

    public EntryRead Entry(XElement entry, IReadOnlyList<XElement> details) => new(new CamtEntry(Currency, warnings, ++Entries).Read(entry, details));

    public StatementEnded End()
    {
        foreach (var fault in message.Faults) warnings.Add("xsd", fault);
        if (message.NotListed is { } version) warnings.Add("version_not_listed", $"{version} is a version that was never tried; it was read by the names of its elements", Particulars.Of(null, ("version", version)));
        if (message.Format == BankFormat.Camt052) warnings.Add("never_booked", "an intraday report is provisional; the day's statement brings its entries");
        var (opening, closing) = (Of("OPBD") ?? Of("PRCD") ?? Pages().FirstOrDefault(), Of("CLBD") ?? Pages().LastOrDefault());
        if (ReferenceEquals(opening, closing) && message.Page > 1) closing = null;
        else if (ReferenceEquals(opening, closing)) opening = null;
        var id = header.At("Id") ?? header.At("ElctrncSeqNb") ?? "";
        return new StatementEnded(message.Page > 1 ? $"{id}/{message.Page}" : id, new BankBalances(Signed(opening), Signed(closing), From(opening), To(closing)), warnings);
    }

    private XElement? Of(string code) => header.Elements("Bal").FirstOrDefault(balance => Code(balance) == code);

    // A page of a statement that goes on ends with an interim balance, and the next one begins with it.
    private IEnumerable<XElement> Pages() => header.Elements("Bal").Where(balance => Code(balance) == "ITBD");

    private static string? Code(XElement balance) => balance.At("Tp", "CdOrPrtry", "Cd") ?? balance.At("Tp", "CdOrPrtry", "Prtry") ?? balance.At("Tp", "Cd");

    private long? Signed(XElement? balance)
    {
        if (balance?.One("Amt") is not { } amount) return null;
        if (amount.Attribute("Ccy")?.Value is { } other && other != Currency.Code) warnings.Doubt("currency_differs", $"the balance {Code(balance)} is in {other}, the statement in {Currency.Code}", Particulars.Of(null, ("at", "balance"), ("which", Code(balance)), ("other", other), ("currency", Currency.Code)));
        if (balance.At("CdtDbtInd") is null) warnings.Add("balance_without_direction", $"the balance {Code(balance)} does not say credit or debit; credit is assumed", Particulars.Of(null, ("at", "balance"), ("which", Code(balance))));
        var minor = BankAmounts.Minor(amount.Value, '.', Currency, $"balance {Code(balance)}");
        return balance.At("CdtDbtInd") == "DBIT" ? -minor : minor;
    }

    private DateOnly? From(XElement? opening) => CamtTexts.Day(header.At("FrToDt", "FrDtTm") ?? header.At("FrToDt", "FrDt")) ?? CamtTexts.Day(opening?.One("Dt"));

    private DateOnly? To(XElement? closing) =>
        CamtTexts.Day(closing?.One("Dt")) ?? CamtTexts.Day(header.At("FrToDt", "ToDtTm") ?? header.At("FrToDt", "ToDt")) ?? CamtTexts.Day(header.At("CreDtTm")) ?? message.Created;
}
