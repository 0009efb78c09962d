using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>
/// A bank's table in our own columns: <c>booked_on, amount</c> (signed, money in is positive), and if there are any <c>reference,
/// counterparty, text, balance, value_on, bank_reference, account, currency</c>.
/// </summary>
internal sealed class BankRows(BankColumns columns, BankTerms terms, FoundSheet<BankColumns> found)
{
    private readonly SheetStatement statement = new();
    private readonly DateColumn days = new();
    private AmountColumn amounts = new(default);

    public IEnumerable<BankRecord> Records()
    {
        var account = Only("account") ?? terms.Account ?? "";
        var currency = BankAmounts.Currency(Only("currency") ?? terms.Currency ?? throw BankProblem.NoCurrency().Thrown(), statement.Warnings, "the column currency");
        amounts = new AmountColumn(currency);
        foreach (var record in Rows()) See(record);
        if ((amounts.Decide(null) ?? days.Decide(null)) is { } doubt) throw BankProblem.Of(doubt).Thrown();
        yield return new StatementBegun(BankFormat.Csv, account, currency);
        foreach (var record in Rows())
        {
            if (!IsTotals(record)) yield return new EntryRead(Entry(record));
        }

        yield return statement.End();
    }

    private IEnumerable<SheetRecord> Rows() => found.Source.Records().SkipWhile(record => record.Row <= found.Header.Row);

    private string? Only(string field)
    {
        string? only = null;
        foreach (var text in Rows().Select(record => record[columns.At(field)]).Where(text => text.Length > 0))
        {
            if (only is not null && text != only) throw BankProblem.Figure($"the column {field}", text, $"stands beside “{only}”: send one file for each").Thrown();
            only = text;
        }

        return only;
    }

    private void See(SheetRecord record)
    {
        foreach (var field in (ReadOnlySpan<string>)["amount", "balance"])
        {
            if (record.Kind(columns.At(field)) == CellKind.Text) amounts.See(Unsigned(record.Span(columns.At(field))));
        }

        foreach (var field in (ReadOnlySpan<string>)["booked_on", "value_on"])
        {
            if (record.Kind(columns.At(field)) == CellKind.Text) days.See(record.Span(columns.At(field)));
        }
    }

    private BankEntry Entry(SheetRecord record)
    {
        var signed = Signed(record, "amount") ?? throw BankProblem.Figure($"row {record.Row}", "", "has no amount").Thrown();
        var entry = new BankEntry
        {
            AmountMinor = Math.Abs(signed),
            Direction = signed < 0 ? Direction.Debit : Direction.Credit,
            BookedOn = Day(record, "booked_on") ?? throw BankProblem.Figure($"row {record.Row}", record[columns.At("booked_on")], "is not a day").Thrown(),
            ValueOn = Day(record, "value_on"),
            ServicerReference = NoReference.Unless(record[columns.At("bank_reference")]),
            Text = NoReference.Unless(record[columns.At("text")]),
            Counterparty = new Counterparty(NoReference.Unless(record[columns.At("counterparty")]), null),
            References = [.. CamtTexts.Said([record[columns.At("reference")], record[columns.At("text")]])],
        };
        statement.See(entry);
        if (Signed(record, "balance") is { } balance) statement.Running.Add(signed, balance, entry.BookedOn);
        return entry;
    }

    private long? Signed(SheetRecord record, string field)
    {
        var cell = record.Span(columns.At(field));
        if (cell.IsEmpty) return null;
        var text = Unsigned(cell);
        var read = record.Kind(columns.At(field)) == CellKind.Number ? amounts.ReadNumber(text, out var minor) : amounts.Read(text, out minor);
        if (read != AmountReading.Fine) throw BankProblem.Figure($"row {record.Row}", cell.ToString(), read == AmountReading.TooManyDecimals ? "has more decimals than the currency" : "is not an amount").Thrown();
        return cell[0] is '-' or '\u2212' ? -minor : minor;
    }

    private DateOnly? Day(SheetRecord record, string field) => days.Read(record.Span(columns.At(field)), out var day) ? day : null;

    private bool IsTotals(SheetRecord record) => record.Span(columns.At("booked_on")).IsEmpty && Enumerable.Range(0, record.Count).Any(i => TotalWords.Begin(record[i]));

    private static ReadOnlySpan<char> Unsigned(ReadOnlySpan<char> cell) => cell is ['-' or '+' or '\u2212', ..] ? cell[1..] : cell;
}
