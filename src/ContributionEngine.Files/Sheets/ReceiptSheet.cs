using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>What a receipts file is read against.</summary>
/// <param name="LatestDay">The as-of date; a later day is R14.</param>
public sealed record SheetTerms(string FileName, Currency Currency, DateOnly LatestDay, SheetMap? Map)
{
    /// <summary>The scheme works contributions out on events: rows may say one, and may bring no money.</summary>
    public bool TakesEvents { get; init; }

    /// <summary>Maps that the organisation submitted earlier, newest first: the newest whose every named column stands in the header is used, after <see cref="Map"/>.</summary>
    public IReadOnlyList<SheetMap> Saved { get; init; } = [];
}

/// <summary>What is wrong with one cell of a row.</summary>
public sealed record RowProblem(string Code, string Field, string? Value, string Detail);

/// <summary>One row of a receipts file. Where <see cref="Problems"/> names a field, that field holds nothing to rely on.</summary>
public sealed record ReceiptRow
{
    /// <summary>Physical line where the record starts, the file's first line being 1.</summary>
    public required long Row { get; init; }

    public string? MemberNo { get; init; }

    public string? NationalId { get; init; }

    public string? MemberName { get; init; }

    public long AmountMinor { get; init; }

    public DateOnly ReceivedOn { get; init; }

    public string? ReceiptNo { get; init; }

    public Period? Period { get; init; }

    public string? Component { get; init; }

    public string? Method { get; init; }

    public string? Reference { get; init; }

    public string? EventKind { get; init; }

    /// <summary>What the event was worth, in minor units.</summary>
    public long? EventValueMinor { get; init; }

    /// <summary>What was sold or delivered, in thousandths of the scheme's unit.</summary>
    public long? EventQuantity { get; init; }

    /// <summary>Receipt number of the payment that this row of a statement takes back; <see cref="AmountMinor"/> is then what was taken back, positive.</summary>
    public string? Reverses { get; init; }

    public IReadOnlyList<RowProblem> Problems { get; init; } = [];

    public bool HasMember => MemberNo is not null || NationalId is not null;

    /// <summary>True when a problem names the field: it holds nothing to rely on.</summary>
    public bool IsFaulty(string field)
    {
        for (var i = 0; i < Problems.Count; i++)
        {
            if (Problems[i].Field == field) return true;
        }

        return false;
    }
}

/// <summary>
/// A receipts CSV, read in passes over the same bytes: the first decides how the columns are written, the others give the
/// rows. Memory stays flat however long the file is.
/// </summary>
public sealed class ReceiptSheet
{
    private const string ErrorCode = "error_code";

    private static readonly string[] Fields =
    [
        "member_no", "national_id", "amount", "received_on", "receipt_no", "currency", "period", "component", "method", "reference", "member_name", "event_kind", "event_value", "event_quantity",
        ErrorCode,
    ];

    private readonly CsvSource source;
    private readonly SheetTerms terms;
    private readonly Dictionary<string, int> columns;
    private readonly long headerLine;
    private readonly AmountColumn amounts;
    private readonly AmountColumn values;
    private readonly AmountColumn quantities = new(new Currency("KG", 3));
    private readonly DateColumn dates = new();

    private ReceiptSheet(CsvSource source, SheetTerms terms, Dictionary<string, int> columns, long headerLine) =>
        (this.source, this.terms, this.columns, this.headerLine, amounts, values) = (source, terms, columns, headerLine, new AmountColumn(terms.Currency), new AmountColumn(terms.Currency));

    /// <summary>Reads a file through once. Refusals: the F codes.</summary>
    public static Outcome<ReceiptSheet> Survey(Func<Stream> open, SheetTerms terms)
    {
        try
        {
            if (!CsvSource.Of(open, terms.FileName).Ok(out var source, out var refusal)) return refusal;
            if (!Header(source, terms).Ok(out var sheet, out refusal)) return refusal;
            return sheet.SurveyRows() is { } no ? no : sheet;
        }
        catch (CsvBrokenException broken)
        {
            return FileProblem.Unreadable(broken.Message.TrimEnd('.'));
        }
    }

    /// <summary>What was understood of the file.</summary>
    public Understanding Understood => new() { Format = "csv", Delimiter = source.Delimiter, HeaderRow = headerLine };

    /// <summary>True for a mobile-money statement or callback: its money is a fact, whoever paid it.</summary>
    public bool IsStatement { get; private init; }

    /// <summary>True for an errors file that comes back: it has a column with the codes.</summary>
    public bool IsCorrection => columns.ContainsKey(ErrorCode);

    /// <summary>The rows in file order; blank rows and a totals row at the end are no rows.</summary>
    public IEnumerable<ReceiptRow> ReadRows()
    {
        foreach (var record in Body()) yield return Row(record);
    }

    /// <summary>Copies the header and the given rows as they were sent, with two more columns.</summary>
    /// <param name="fixes">What to fix and the code, by row.</param>
    public void WriteErrors(Stream target, IReadOnlyDictionary<long, (string WhatToFix, string Code)> fixes)
    {
        using var writer = new StreamWriter(target, new System.Text.UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        var mark = source.Delimiter;
        foreach (var record in source.Records())
        {
            if (record.Line == headerLine) writer.WriteLine($"{record.Raw}{mark}what_to_fix{mark}error_code");
            else if (fixes.TryGetValue(record.Line, out var fix)) writer.WriteLine($"{record.Raw}{mark}{Quoted(CsvCells.Text(fix.WhatToFix), mark)}{mark}{fix.Code}");
        }
    }

    private static string Quoted(string cell, char mark) => cell.Contains(mark) && cell[0] != '"' ? $"\"{cell}\"" : cell;

    private static Outcome<ReceiptSheet> Header(CsvSource source, SheetTerms terms)
    {
        foreach (var record in source.Records())
        {
            if (terms.Map?.HeaderRow is { } line && record.Line < line) continue;
            if (record.Count > SheetLimits.ColumnsMax) return FileProblem.TooMany("columns", SheetLimits.ColumnsMax);
            var names = new string[record.Count];
            for (var i = 0; i < names.Length; i++) names[i] = record[i];
            if (!ColumnNames.Of(names, terms.Map, Fields).Ok(out var columns, out var refusal)) return refusal;
            if (!columns.ContainsKey("member_no") && !columns.ContainsKey("national_id")) return FileProblem.Column("member_no");
            foreach (var needed in new[] { "amount", "received_on" })
            {
                if (!columns.ContainsKey(needed)) return FileProblem.Column(needed);
            }

            return new ReceiptSheet(source, terms, columns, record.Line);
        }

        return FileProblem.Empty();
    }

    private Refusal? SurveyRows()
    {
        var rows = 0L;
        foreach (var record in Body())
        {
            if (++rows > SheetLimits.RowsMax) return FileProblem.TooMany("rows", SheetLimits.RowsMax);
            amounts.See(Cell(record, "amount"));
            dates.See(Cell(record, "received_on"));
            if (!terms.TakesEvents) continue;
            values.See(Cell(record, "event_value"));
            quantities.See(Cell(record, "event_quantity"));
        }

        if (rows == 0) return FileProblem.Empty();
        var told = terms.Map?.Decimal;
        return amounts.Decide(told) ?? values.Decide(told ?? values.Voted ?? amounts.Voted) ?? quantities.Decide(told ?? quantities.Voted ?? amounts.Voted ?? values.Voted) ?? dates.Decide(terms.Map?.DateOrder);
    }

    private IEnumerable<CsvRecord> Body()
    {
        foreach (var record in source.Records())
        {
            if (record.Line > headerLine && !IsTotals(record)) yield return record;
        }
    }

    // A totals row names nobody, no day and no receipt, and says so in a cell; anything else is a row that must be accounted for.
    private bool IsTotals(CsvRecord record)
    {
        if (Cell(record, "received_on").Length > 0) return false;
        foreach (var field in new[] { "member_no", "national_id", "receipt_no" })
        {
            if (Cell(record, field) is { Length: > 0 } cell && !IsTotalWord(cell)) return false;
        }

        for (var i = 0; i < record.Count; i++)
        {
            if (IsTotalWord(record[i])) return true;
        }

        return false;
    }

    private static bool IsTotalWord(string cell) =>
        cell.Length is > 2 and < 40 && PlainLetters.Folded(cell).Split(' ')[0] is "total" or "totales" or "totals" or "totaux" or "totais" or "subtotal" or "suma" or "sum" or "somme" or "soma";

    private ReceiptRow Row(CsvRecord record)
    {
        var problems = new List<RowProblem>();
        var cells = new ReceiptCells(record.Line, problems, terms);
        var row = new ReceiptRow
        {
            Row = record.Line,
            MemberNo = cells.Identity("member_no", Cell(record, "member_no")),
            NationalId = cells.Identity("national_id", Cell(record, "national_id")),
            MemberName = Text(record, "member_name"),
            AmountMinor = cells.Amount(amounts, Cell(record, "amount"), mayBeZero: terms.TakesEvents && Cell(record, "event_kind").Length > 0),
            ReceivedOn = cells.ReceivedOn(dates, Cell(record, "received_on")),
            ReceiptNo = cells.Identity("receipt_no", Cell(record, "receipt_no")),
            Period = cells.Period(Cell(record, "period")),
            Component = Text(record, "component"),
            Method = Text(record, "method"),
            Reference = Text(record, "reference"),
            EventKind = terms.TakesEvents ? Text(record, "event_kind") : null,
            EventValueMinor = terms.TakesEvents ? cells.Number(values, "event_value", Cell(record, "event_value")) : null,
            EventQuantity = terms.TakesEvents ? cells.Number(quantities, "event_quantity", Cell(record, "event_quantity")) : null,
            Problems = problems,
        };
        cells.Member(row);
        cells.Currency(Cell(record, "currency"));
        return row;
    }

    private string Cell(CsvRecord record, string field) => columns.TryGetValue(field, out var column) ? record[column] : "";

    private string? Text(CsvRecord record, string field) => Cell(record, field) is { Length: > 0 } text ? text : null;
}
