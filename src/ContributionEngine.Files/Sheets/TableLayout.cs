using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>A treasurer's table: one row per payment under columns that were recognised.</summary>
internal sealed class TableLayout : ReceiptLayout
{
    private readonly ColumnNames columns;
    private readonly SheetTerms terms;
    private readonly AmountColumn amounts;
    private readonly AmountColumn values;
    private readonly AmountColumn quantities = new(new Currency("KG", 3));
    private readonly DateColumn dates = new();
    private readonly RowList totals = new();
    private readonly RowList repeated = new();
    private readonly RowList unpaid = new();
    private readonly int memberNo, nationalId, amount, receivedOn, receiptNo, currency, period, component, method, reference, memberName, eventKind, eventValue, eventQuantity;
    private readonly int width;

    public TableLayout(ColumnNames columns, SheetTerms terms)
    {
        (this.columns, this.terms, amounts, values) = (columns, terms, new AmountColumn(terms.Currency), new AmountColumn(terms.Currency));
        (memberNo, nationalId, amount, receivedOn, receiptNo) = (At("member_no"), At("national_id"), At("amount"), At("received_on"), At("receipt_no"));
        (currency, period, component, method, reference, memberName) = (At("currency"), At("period"), At("component"), At("method"), At("reference"), At("member_name"));
        (eventKind, eventValue, eventQuantity) = (At("event_kind"), At("event_value"), At("event_quantity"));
        width = 1 + columns.Header.Select((name, i) => name.Length > 0 && !ErrorColumns.Names.Contains(name) ? i : -1).Max();
    }

    public override int ColumnOf(string field) =>
        field == ErrorColumns.Code || (!terms.TakesEvents && field.StartsWith("event_", StringComparison.Ordinal)) ? -1 : columns.At(field) is >= 0 and var at ? at : Added(field);

    public override Refusal? See(SheetRecord record)
    {
        if (IsTotals(record)) totals.Add(record.Row);
        else if (IsUnpaid(record)) unpaid.Add(record.Row);
        else if (NamesAgain(record, out var isSame))
        {
            if (!isSame) return FileProblem.SecondHeader(record.Row);
            repeated.Add(record.Row);
        }
        else
        {
            Rows++;
            See(amounts, record, amount);
            See(values, record, eventValue);
            See(quantities, record, eventQuantity);
            if (record.Kind(receivedOn) == CellKind.Text) dates.See(record.Span(receivedOn));
        }

        return null;
    }

    public override Refusal? Decide()
    {
        if (Rows == 0) return FileProblem.Empty();
        var (told, before) = (terms.Map?.Decimal, columns.Saved?.Decimal);
        return amounts.Decide(told, before)
            ?? values.Decide(told ?? values.Voted ?? amounts.Voted, before)
            ?? quantities.Decide(told ?? quantities.Voted ?? amounts.Voted ?? values.Voted, before)
            ?? dates.Decide(terms.Map?.DateOrder, columns.Saved?.DateOrder);
    }

    public override ReceiptRow? Read(SheetRecord record)
    {
        if (IsTotals(record) || IsUnpaid(record) || NamesAgain(record, out _)) return null;
        var cells = new ReceiptCells(record, terms);
        var row = new ReceiptRow
        {
            Row = record.Row,
            MemberNo = cells.Identity("member_no", memberNo),
            NationalId = cells.Identity("national_id", nationalId),
            MemberName = cells.Text(memberName),
            AmountMinor = cells.Amount(amounts, amount, mayBeZero: eventKind >= 0 && !record.Span(eventKind).IsEmpty),
            ReceivedOn = cells.ReceivedOn(dates, receivedOn),
            ReceiptNo = cells.Identity("receipt_no", receiptNo),
            Period = cells.Period(period),
            Component = cells.Text(component),
            Method = cells.Text(method),
            Reference = cells.Text(reference),
            EventKind = cells.Text(eventKind),
            EventValueMinor = cells.Number(values, "event_value", eventValue),
            EventQuantity = cells.Number(quantities, "event_quantity", eventQuantity),
        };
        cells.Member(row.MemberNo, row.NationalId);
        cells.Currency(currency);
        if (IsCutAtComma(record)) cells.Doubt(amount, "the row has more cells than the header, and its amount seems to be cut in two at a comma. Put quotes around it.");
        return cells.Problems.Count == 0 ? row : row with { Problems = cells.Problems };
    }

    public override char? MarkOf(int column) =>
        column == amount ? amounts.Decimal : column == eventValue ? values.Decimal : column == eventQuantity ? quantities.Decimal : null;

    public override Understanding Understood(Understanding file) => file with
    {
        Columns = columns.Understood,
        Ignored = [.. columns.Ignored.Except(ErrorColumns.Names)],
        Decimal = amounts.Used,
        DateOrder = dates.Used,
        Tidied =
        [
            .. file.Tidied,
            .. totals.Note("totals", "Row # is a totals row and no payment.", "Rows # are totals rows and no payments."),
            .. unpaid.Note("unpaid", "Row # names a member and no payment.", "Rows # name members and no payments."),
            .. repeated.Note("headers", "Row # repeats the header and was passed over.", "Rows # repeat the header and were passed over."),
        ],
    };

    // Columns that are not in the file are looked at only where somebody may have put something there.
    private int At(string field) => ColumnOf(field) is var at && (terms.Fixed is not null || at < SheetLimits.ColumnsMax) ? at : -1;

    private static void See(AmountColumn numbers, SheetRecord record, int column)
    {
        if (column >= 0 && record.Kind(column) == CellKind.Text) numbers.See(record.Span(column));
    }

    // A totals row names nobody, no day and no receipt, and says so in a cell; anything else is a row that must be accounted for.
    private bool IsTotals(SheetRecord record)
    {
        if (!record.Span(receivedOn).IsEmpty) return false;
        if (!IsTotalOrEmpty(record, memberNo) || !IsTotalOrEmpty(record, nationalId) || !IsTotalOrEmpty(record, receiptNo)) return false;
        for (var i = 0; i < record.Count; i++)
        {
            if (TotalWords.Begin(record[i])) return true;
        }

        return false;
    }

    // A list of members to fill in, where nothing was filled in for her. A line that was cut short, or was sent back to be put right, says nothing of the kind.
    private bool IsUnpaid(SheetRecord record)
    {
        if (!record.Span(amount).IsEmpty || (record is CsvRecord && record.Count <= amount)) return false;
        foreach (var column in (ReadOnlySpan<int>)[receivedOn, receiptNo, reference, eventKind, columns.At(ErrorColumns.Code)])
        {
            if (!record.Span(column).IsEmpty) return false;
        }

        return !record.Span(memberNo).IsEmpty || !record.Span(nationalId).IsEmpty;
    }

    private static bool IsTotalOrEmpty(SheetRecord record, int column) => record.Span(column).IsEmpty || TotalWords.Begin(record[column]);

    // A row that names columns again has words where the amount stands.
    private bool NamesAgain(SheetRecord record, out bool isSame)
    {
        isSame = false;
        var cell = record.Span(amount);
        if (cell.IsEmpty || (cell.ContainsAnyInRange('0', '9') && !cell.SequenceEqual(columns.Header[amount]))) return false;
        (var named, isSame) = columns.Again(record);
        return named > 1;
    }

    // Where text is cut into cells at commas, an amount with a comma takes up two, and the row has one more than the header.
    private bool IsCutAtComma(SheetRecord record)
    {
        if (record is FixedRecord put) return !put.Puts(amount) && IsCutAtComma(put.Sent);
        var behind = record.Span(amount + 1);
        if (record is not CsvRecord { Mark: ',' } || behind.IsEmpty || behind.ContainsAnyExcept("0123456789.")) return false;
        for (var i = width; i < record.Count; i++)
        {
            if ((i >= columns.Header.Count || columns.Header[i].Length == 0) && !record.Span(i).IsEmpty) return true;
        }

        return false;
    }
}

/// <summary>Words that a totals row begins with.</summary>
internal static class TotalWords
{
    private const int LettersMax = 40;
    private static readonly HashSet<string> Words = ["total", "totales", "totals", "totaux", "totais", "subtotal", "suma", "sum", "somme", "soma"];

    public static bool Begin(string cell)
    {
        if (cell.Length is < 3 or >= LettersMax || !char.IsLetter(cell[0])) return false;
        var words = PlainLetters.Folded(cell).Split(' ');
        return Words.Contains(words[0]) || (words is ["gran" or "grand" or "grande" or "sub", "total", ..]);
    }
}
