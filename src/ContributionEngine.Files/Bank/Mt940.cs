using System.Text.RegularExpressions;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>
/// Reads MT940 in the dialects of many banks: with or without an envelope, several statements and accounts in a file, interim
/// balances of statements that go on. A statement lasts until the next <c>:20:</c>. Source: SWIFT MT940.
/// </summary>
internal sealed class Mt940(Func<Stream> open)
{
    /// <summary>Refusals, thrown: <c>bank_no_statement</c>, <c>bank_no_account</c>, <c>bank_interim</c>, <c>bank_figure</c>, <c>bank_unreadable</c>.</summary>
    public IEnumerable<BankRecord> Records()
    {
        var statement = new Mt940Statement();
        var isEmpty = true;
        foreach (var field in new Mt940Lines(open).Fields())
        {
            if (field.Tag == "20")
            {
                isEmpty &= statement.IsBlank;
                foreach (var record in statement.End()) yield return record;
                statement = new Mt940Statement();
            }

            foreach (var record in statement.Take(field)) yield return record;
        }

        isEmpty &= statement.IsBlank;
        foreach (var record in statement.End()) yield return record;
        if (isEmpty) throw BankProblem.NoStatement("no part of it has an opening balance, a closing balance or an entry").Thrown();
    }

    /// <summary>True for a text in which the first lines have tags of an MT940.</summary>
    public static bool Looks(string head) => head.Split('\n').Any(line => Mt940Lines.TagOf(line.TrimStart('\u0001', ' ', '\uFEFF')) is "20" or "25" or "28C" or "28" or "60F" or "60M" or "61" or "62F" or "86");
}

/// <summary>One statement while its fields pass by.</summary>
internal sealed partial class Mt940Statement
{
    private readonly WarningList warnings = new();
    private string reference = "";
    private string? account;
    private string? number;
    private Currency? currency;
    private (long Minor, DateOnly? Day)? opening;
    private (long Minor, DateOnly? Day)? closing;
    private BankEntry? waiting;
    private string last = "";
    private bool isInterim;
    private bool isBegun;

    /// <summary>Nothing that a statement has was in it.</summary>
    public bool IsBlank => opening is null && closing is null && !isBegun && waiting is null && !isInterim;

    public IEnumerable<BankRecord> Take(Mt940Field field)
    {
        switch (field.Tag)
        {
            case "20": reference = field.First.Trim(); break;
            case "25" or "25P" when account is null: account = string.Concat(field.Lines).Trim(); break;
            case "28" or "28C": number = field.First.Trim(); break;
            case "34F" or "13D" or "90C" or "90D": isInterim |= opening is null; break;
            case "60F" or "60M": opening = Balance(field); break;
            case "62F" or "62M": closing = Balance(field); break;
            case "61": return Entry(field);
            case "86" when waiting is not null && last is "61" or "NS" or "86": waiting = Mt940Texts.With(waiting, field.Lines); break;
            case "25" or "NS" when waiting is not null && last == "61": waiting = Mt940Texts.With(waiting, field.Lines); break;
        }

        last = field.Tag;
        return [];
    }

    /// <summary>What is left to hand on; nothing of a blank one.</summary>
    public IEnumerable<BankRecord> End()
    {
        if (IsBlank) yield break;
        if (isInterim && opening is null) throw BankProblem.Interim().Thrown();
        foreach (var record in Handed()) yield return record;
        if (!isBegun) yield return Begin();
        yield return new StatementEnded(number is { Length: > 0 } ? number : reference, new BankBalances(opening?.Minor, closing?.Minor, opening?.Day, closing?.Day), warnings);
    }

    private List<BankRecord> Entry(Mt940Field field)
    {
        if (isInterim && opening is null) throw BankProblem.Interim().Thrown();
        var before = Handed();
        if (!isBegun) before.Add(Begin());
        if (closing is not null) warnings.Add("entry_behind_closing", $"line {field.Line} stands behind the closing balance", Particulars.Of(null, ("at", "line"), ("which", $"{field.Line}")));
        waiting = new Mt940Entry(currency!.Value, warnings).Read(field);
        last = field.Tag;
        return before;
    }

    // An entry is handed on when all that is said of it has passed by.
    private List<BankRecord> Handed()
    {
        List<BankRecord> handed = waiting is null ? [] : [new EntryRead(waiting)];
        waiting = null;
        return handed;
    }

    private StatementBegun Begin()
    {
        isBegun = true;
        if (currency is null) throw BankProblem.NoStatement($"statement “{reference}” has no balance, so nobody knows its currency").Thrown();
        return new StatementBegun(BankFormat.Mt940, account ?? throw BankProblem.NoAccount(reference).Thrown(), currency.Value);
    }

    private (long Minor, DateOnly? Day) Balance(Mt940Field field)
    {
        var where = $"line {field.Line}";
        if (BalanceForm().Match(field.First.Trim()) is not { Success: true } parts) throw BankProblem.Figure(where, field.First, "is no balance: C or D, a day, a currency and an amount").Thrown();
        if (parts.Groups["currency"].Value is { Length: 3 } code)
        {
            var said = BankAmounts.Currency(code, warnings, where);
            if (currency is { } known && known != said) warnings.Doubt("currency_differs", $"{where} is in {said.Code}, the statement in {known.Code}", Particulars.Of(null, ("at", "line"), ("which", $"{field.Line}"), ("other", said.Code), ("currency", known.Code)));
            currency ??= said;
        }

        if (currency is null) throw BankProblem.Figure(where, field.First, "names no currency").Thrown();
        var minor = BankAmounts.Minor(parts.Groups["amount"].Value, ',', currency.Value, where);
        return (parts.Groups["side"].Value == "D" ? -minor : minor, Mt940Texts.Day(parts.Groups["day"].Value));
    }

    [GeneratedRegex(@"^(?<side>[CD])R?(?<day>\d{6})(?<currency>[A-Z]{3})?\s*(?<amount>\d[\d,]*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex BalanceForm();
}
