using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>
/// A mobile-money statement or callback. Only money that was paid in and not refused is a row; what is taken back is a row
/// that says so; charges and payments out are passed over, and counted. The column totals are checked.
/// </summary>
internal sealed class StatementLayout(StatementColumns columns, SheetTerms terms) : ReceiptLayout
{
    private const string Method = "mobile_money";
    private const int WordsMax = 20;

    private readonly AmountColumn amounts = new(terms.Currency);
    private readonly Dictionary<string, long> passedOver = [];
    private readonly RowList totals = new();
    private readonly RowList untold = new();
    private readonly (int Receipt, int Time, int Details, int Other, int Linked, int Account, int Currency) at =
        (columns.Receipt, columns.Time, columns.Details, columns.OtherParty, columns.Linked, columns.Account < 0 && terms.Fixed is not null ? Added("member_no") : columns.Account, columns.Currency);
    private Int128 paidIn;
    private Int128 withdrawn;
    private bool isInDoubt;

    public override string Statement => columns.IsCallback ? "mpesa callback" : "mpesa statement";

    public override int ColumnOf(string field) => field switch
    {
        "member_no" => columns.Account >= 0 ? columns.Account : Added(field),
        "amount" => columns.PaidIn,
        "received_on" => columns.Time,
        "receipt_no" => columns.Receipt,
        "reference" => columns.OtherParty,
        "currency" => columns.Currency,
        _ => -1,
    };

    // The column totals are of what the statement says, whatever a person has put in its place.
    public override Refusal? See(SheetRecord record)
    {
        if (record is FixedRecord put) return See(put.Sent);
        if (IsTotals(record)) return SeeTotals(record);
        var row = StatementRow.Of(record, columns, amounts);
        (paidIn, withdrawn, isInDoubt) = (paidIn + row.PaidIn, withdrawn + row.Withdrawn, isInDoubt || row.Kind == StatementKind.Doubtful);
        if (row.Kind != StatementKind.Other) Rows++;
        else Count(row.Word);
        return null;
    }

    public override Refusal? Decide() => Rows == 0 ? FileProblem.Empty() : null;

    public override ReceiptRow? Read(SheetRecord record)
    {
        if (IsTotals(record) || StatementRow.Of(record, columns, amounts) is not { Kind: not StatementKind.Other } moved) return null;
        var cells = new ReceiptCells(record, terms);
        var reverses = moved.Kind == StatementKind.Reversal ? TakenBack(record) : null;
        var row = new ReceiptRow
        {
            Row = record.Row,
            MemberNo = moved.Kind == StatementKind.Reversal ? null : cells.Identity("member_no", Account(record)),
            AmountMinor = moved.PaidIn + moved.Withdrawn,
            ReceivedOn = ReceivedOn(record, cells),
            ReceiptNo = cells.Identity("receipt_no", at.Receipt),
            Method = Method,
            Reference = OtherParty(record),
            Reverses = reverses,
        };
        cells.Currency(at.Currency);
        if (moved.Kind == StatementKind.Doubtful) cells.Doubt(columns.PaidIn, moved.Word);
        if (moved.Kind == StatementKind.Reversal && reverses is null) cells.Doubt(columns.Withdrawn, "it takes a payment back and does not say which. Find the payment and reverse it by its number.");
        return row with { Problems = cells.Problems };
    }

    public override char? MarkOf(int column) => column == columns.PaidIn || column == columns.Withdrawn ? amounts.Decimal : null;

    public override Understanding Understood(Understanding file)
    {
        var used = new (string Field, int Column)[]
        {
            ("member_no", at.Account), ("amount", columns.PaidIn), ("received_on", at.Time), ("receipt_no", at.Receipt), ("currency", at.Currency), ("reference", at.Other),
        }.Where(pair => pair.Column >= 0).OrderBy(pair => pair.Column).ToList();
        var notes = totals.Note("statement_totals", "Row # is the totals row; the rows add up to it.", "Rows # are totals rows; the rows add up to them.")
            .Concat(untold.Note("untold_totals", "Row # is the totals row; with rows in doubt it could not be checked.", "Rows # are totals rows; with rows in doubt they could not be checked."));
        return file with
        {
            Format = Statement,
            Columns = [.. used.Select(pair => new UnderstoodColumn(pair.Field, columns.Header[pair.Column], "name"))],
            Ignored = [.. columns.Header.Where((name, i) => name.Length > 0 && used.All(pair => pair.Column != i) && !ErrorColumns.Names.Contains(name))],
            Tidied = [.. file.Tidied, .. PassedOver(), .. notes, .. Customers()],
        };
    }

    private void Count(string word)
    {
        var name = passedOver.ContainsKey(word) || passedOver.Count < WordsMax ? word : "other";
        passedOver[name] = passedOver.GetValueOrDefault(name) + 1;
    }

    private IEnumerable<SheetNote> PassedOver()
    {
        if (passedOver.Count == 0) yield break;
        var kinds = string.Join(", ", passedOver.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Value} {pair.Key}"));
        yield return new SheetNote(Particulars.Of("passed_over", ("kinds", kinds)), $"Rows that are no members' payments were passed over: {kinds}.");
    }

    private IEnumerable<SheetNote> Customers() => columns.IsCustomers
        ? [new SheetNote(Particulars.Of("customers"), "It is a customer's own statement: only the money that came in was read, and nothing in it says whose contribution it is.")]
        : [];

    private bool IsTotals(SheetRecord record)
    {
        if (!record.Span(at.Receipt).IsEmpty && !TotalWords.Begin(record[at.Receipt])) return false;
        for (var i = 0; i < record.Count; i++)
        {
            if (TotalWords.Begin(record[i])) return true;
        }

        return false;
    }

    private Refusal? SeeTotals(SheetRecord record)
    {
        (isInDoubt ? untold : totals).Add(record.Row);
        return isInDoubt ? null : Differs(record, columns.PaidIn, paidIn) ?? Differs(record, columns.Withdrawn, withdrawn);
    }

    private Refusal? Differs(SheetRecord record, int column, Int128 rows)
    {
        if (record.Span(column).IsEmpty) return null;
        var isRead = StatementRow.Moved(record, column, amounts, out var said);
        if (isRead && said == rows) return null;
        var text = isRead ? Major(said) : record[column];
        return FileProblem.StatementTotal(record.Row, columns.Header[column], (Major(rows), text, isRead ? Major(said - rows) : text));
    }

    private string Major(Int128 minor) => Money.ToMajor(long.CreateSaturating(minor), terms.Currency.Digits);

    private DateOnly ReceivedOn(SheetRecord record, ReceiptCells cells)
    {
        var time = record[at.Time];
        if (!StatementRow.Day(time, out var day)) cells.Add("R14", "received_on", time, $"Row {record.Row}: “{time}” is not a time such as 2026-08-30 09:15:00. Ask for the statement again and send it as it came.");
        else cells.NotLater(day, time);
        return day;
    }

    private string Account(SheetRecord record) => record[at.Account] is { Length: > 0 } account ? account : Behind(record[at.Details], "Acc.");

    private string? OtherParty(SheetRecord record)
    {
        if (at.Other >= 0) return record[at.Other] is { Length: > 0 } party ? party : null;
        var from = Behind(record[at.Details], " from ").TrimStart('-', ' ');
        var end = from.LastIndexOf("Acc.", StringComparison.Ordinal);
        return (end < 0 ? from : from[..end].TrimEnd('-', ' ')) is { Length: > 0 } name ? name : null;
    }

    private string? TakenBack(SheetRecord record) =>
        record[at.Linked] is { Length: > 0 } linked ? linked : Behind(record[at.Details], "Reversal of ").Split(' ')[0] is { Length: > 0 } named ? named : null;

    private static string Behind(string text, string mark)
    {
        var start = text.LastIndexOf(mark, StringComparison.OrdinalIgnoreCase);
        return start < 0 ? "" : text[(start + mark.Length)..].Trim();
    }
}
