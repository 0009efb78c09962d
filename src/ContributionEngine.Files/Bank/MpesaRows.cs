using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>
/// An M-Pesa organisation's statement as the statement of an account: the short code is its number, and every completed row
/// is an entry, charges and payments out like any other. Sources: the portal's exports in six variants.
/// </summary>
internal sealed class MpesaRows(StatementColumns columns, BankTerms terms, FoundSheet<BankColumns> found)
{
    private const string Kenya = "KES";

    private readonly SheetStatement statement = new();
    private long paidIn;
    private long withdrawn;

    public IEnumerable<BankRecord> Records()
    {
        var currency = InCurrency();
        var amounts = new AmountColumn(currency);
        var account = found.Source.Records().TakeWhile(record => record.Row < found.Header.Row).Where(record => PlainLetters.Folded(record[0]) is "short code" or "shortcode").Select(record => record[1]).FirstOrDefault();
        yield return new StatementBegun(BankFormat.Mpesa, account ?? terms.Account ?? "", currency);
        foreach (var record in found.Source.Records().SkipWhile(record => record.Row <= found.Header.Row))
        {
            if (TotalsIn(record)) CheckTotals(record, amounts);
            else if (Entry(record, amounts) is { } entry) yield return new EntryRead(entry);
        }

        yield return statement.End();
    }

    private BankEntry? Entry(SheetRecord record, AmountColumn amounts)
    {
        var status = PlainLetters.Folded(record[columns.Status]);
        if (status != "completed")
        {
            if (!StatementRow.IsNotDone(status)) statement.Warnings.Doubt("status_unknown", $"row {record.Row} has the status “{record[columns.Status]}”, so it was left out", Particulars.Of("left_out", ("at", "row"), ("which", $"{record.Row}"), ("status", status)));
            return null;
        }

        var (credit, debit) = (Moved(record, columns.PaidIn, amounts), Moved(record, columns.Withdrawn, amounts));
        if (credit > 0 && debit > 0) throw BankProblem.Figure($"row {record.Row}", record[columns.Withdrawn], "is withdrawn beside what is paid in").Thrown();
        (paidIn, withdrawn) = (checked(paidIn + credit), checked(withdrawn + debit));
        if (!StatementRow.Day(record[columns.Time], out var day)) throw BankProblem.Figure($"row {record.Row}", record[columns.Time], "is not a time such as 2026-08-30 09:15:00").Thrown();
        var entry = new BankEntry
        {
            AmountMinor = credit + debit,
            Direction = debit > 0 ? Direction.Debit : Direction.Credit,
            IsReversal = StatementRow.IsReversal(record[columns.Reason], record[columns.Details]),
            BookedOn = day,
            ValueOn = day,
            ServicerReference = Reference(record),
            Text = record[columns.Details],
            Counterparty = new Counterparty(NoReference.Unless(record[columns.OtherParty]), null),
            References = [.. CamtTexts.Said([record[columns.Account], record[columns.Linked], record[columns.Details]])],
        };
        statement.See(entry);
        if (Balance(record, amounts) is { } balance) statement.Running.Add(entry.Signed, balance, day);
        return entry;
    }

    // One receipt number can stand on a payment and on its charge.
    private string? Reference(SheetRecord record)
    {
        var receipt = NoReference.Unless(record[columns.Receipt]);
        var isCharge = record[columns.Details].Contains("charge", StringComparison.OrdinalIgnoreCase) || record[columns.Reason].Contains("charge", StringComparison.OrdinalIgnoreCase);
        return receipt is null || !isCharge ? receipt : $"{receipt}/charge";
    }

    private long? Balance(SheetRecord record, AmountColumn amounts)
    {
        var column = found.Header.Columns.At("balance");
        if (record.Span(column).IsEmpty) return null;
        var minor = Moved(record, column, amounts);
        return record.Span(column) is ['-', ..] ? -minor : minor;
    }

    private static long Moved(SheetRecord record, int column, AmountColumn amounts) =>
        StatementRow.Moved(record, column, amounts, out var minor) ? minor : throw BankProblem.Figure($"row {record.Row}", record[column], "is not an amount").Thrown();

    private bool TotalsIn(SheetRecord record) => record.Span(columns.Receipt).IsEmpty && Enumerable.Range(0, record.Count).Any(i => TotalWords.Begin(record[i]));

    private void CheckTotals(SheetRecord record, AmountColumn amounts)
    {
        if (!record.Span(columns.PaidIn).IsEmpty && Moved(record, columns.PaidIn, amounts) != paidIn) statement.Warnings.Doubt("totals_differ", $"row {record.Row} says that {record[columns.PaidIn]} was paid in, which the rows do not add up to", Particulars.Of("paid_in", ("at", "row"), ("which", $"{record.Row}"), ("value", record[columns.PaidIn])));
        if (!record.Span(columns.Withdrawn).IsEmpty && Moved(record, columns.Withdrawn, amounts) != withdrawn) statement.Warnings.Doubt("totals_differ", $"row {record.Row} says that {record[columns.Withdrawn]} was withdrawn, which the rows do not add up to", Particulars.Of("withdrawn", ("at", "row"), ("which", $"{record.Row}"), ("value", record[columns.Withdrawn])));
    }

    private Currency InCurrency()
    {
        var said = columns.Currency < 0 ? null : found.Source.Records().SkipWhile(record => record.Row <= found.Header.Row).Select(record => record[columns.Currency]).FirstOrDefault(code => code.Length > 0);
        if (said is null && terms.Currency is null) statement.Warnings.Add("currency_assumed", $"the statement names no currency; {Kenya} is assumed, and --currency says another", Particulars.Of(null, ("currency", Kenya)));
        return BankAmounts.Currency(said ?? terms.Currency ?? Kenya, statement.Warnings, "the statement");
    }
}
