using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>
/// A receipts file of any kind that is taken, read in passes over the same records: the first decides how the columns are
/// written, the others give the rows. Memory stays flat however long the file is. Of a workbook or zip it holds a temporary file until it is disposed.
/// </summary>
public sealed class ReceiptSheet : IDisposable
{
    private readonly SheetFile file;
    private readonly FoundSheet<ReceiptLayout> found;
    private readonly SheetTerms terms;
    private int widest;

    private ReceiptSheet(SheetFile file, FoundSheet<ReceiptLayout> found, SheetTerms terms) => (this.file, this.found, this.terms, widest) = (file, found, terms, found.Header.Names.Count);

    /// <summary>What was understood of the file.</summary>
    public Understanding Understood => Layout.Understood(found.Facts);

    /// <summary>Rows with content under the header.</summary>
    public long Rows { get; private set; }

    /// <summary>True for a mobile-money statement or callback: its money is a fact, whoever paid it.</summary>
    public bool IsStatement => Layout.Statement is not null;

    /// <summary>True for an errors file that comes back: it has a column with the codes.</summary>
    public bool IsCorrection => ErrorColumns.In(found.Header.Names, ErrorColumns.Code) >= 0;

    /// <summary>Fields that a person may put in the place of the file's, whether there is a column for them or not.</summary>
    public IReadOnlyList<string> Fixable => [.. ReceiptLayout.Fields.Where(name => Layout.ColumnOf(name) >= 0)];

    /// <summary>The treasurer's own header: without the columns of an errors file, and with empty cells where rows are wider.</summary>
    public IReadOnlyList<string> Header => [.. Own.Select(column => column < found.Header.Names.Count ? found.Header.Names[column] : "")];

    private ReceiptLayout Layout => found.Header.Columns;

    private IReadOnlyList<int> Own => [.. Enumerable.Range(0, widest).Where(column => column >= found.Header.Names.Count || !ErrorColumns.Names.Contains(found.Header.Names[column]))];

    /// <summary>Why a file is refused that need not be read to its end to tell: its size, its kind, a password. Null: it may do.</summary>
    public static Refusal? Unfit(Func<Stream> open, string fileName)
    {
        if (!SheetFile.Open(open, fileName).Ok(out var file, out var refusal)) return refusal;
        file.Dispose();
        return null;
    }

    /// <summary>Reads a file through once. Refusals: the F codes.</summary>
    public static Outcome<ReceiptSheet> Survey(Func<Stream> open, SheetTerms terms)
    {
        if (!SheetFile.Open(open, terms.FileName).Ok(out var file, out var refusal)) return refusal;
        ReceiptSheet? sheet = null;
        refusal = SheetFile.Guarded(() =>
        {
            if (!file.Find(terms.Map, names => ReceiptLayout.Fit(names, terms)).Ok(out var found, out var no)) return no;
            sheet = new ReceiptSheet(file, found, terms);
            return sheet.SurveyRows();
        });
        if (refusal is null) return sheet!;
        file.Dispose();
        return refusal;
    }

    /// <summary>The rows in file order; blank rows and totals rows are no rows.</summary>
    public IEnumerable<ReceiptRow> ReadRows()
    {
        var (code, words) = (ErrorColumns.In(found.Header.Names, ErrorColumns.Code), ErrorColumns.In(found.Header.Names, ErrorColumns.WhatToFix));
        foreach (var record in Body())
        {
            if (Layout.Read(record) is { } row) yield return code < 0 ? row : row with { SentOutWith = (Text(record, code), Text(record, words)) };
        }
    }

    /// <summary>The cells of the given rows as they stand under <see cref="Header"/>, in file order.</summary>
    public IEnumerable<(long Row, IReadOnlyList<SheetCell> Cells)> CellsOf(IReadOnlySet<long> rows)
    {
        var own = Own;
        foreach (var record in found.Source.Records())
        {
            if (record.Row > found.Header.Row && rows.Contains(record.Row)) yield return (record.Row, [.. own.Select(column => new SheetCell(record.Verbatim(column), record.Kind(column)))]);
        }
    }

    /// <summary>Copies the header and the given rows as they were sent, with two more columns, as a CSV.</summary>
    /// <param name="fixes">What to fix and the code, by row.</param>
    public void WriteErrors(Stream target, IReadOnlyDictionary<long, (string WhatToFix, string Code)> fixes)
    {
        var errors = new ErrorsCsv(found.Source as CsvSource, Own, Layout);
        using var writer = errors.Writer(target);
        foreach (var record in found.Source.Records())
        {
            if (record.Row == found.Header.Row) errors.Write(writer, record, ErrorsCsv.Header);
            else if (fixes.TryGetValue(record.Row, out var fix)) errors.Write(writer, record, fix);
        }
    }

    /// <summary>The same as a workbook, whose cells are of the kind that they have in the file.</summary>
    /// <param name="target">A stream that can seek.</param>
    public void WriteErrorsWorkbook(Stream target, IReadOnlyDictionary<long, (string WhatToFix, string Code)> fixes)
    {
        var columns = Header.Concat(ErrorColumns.Names).Select(name => new SheetColumn(name, ""));
        var rows = CellsOf(fixes.Keys.ToHashSet()).Select(row => (IReadOnlyList<SheetCell>)[.. row.Cells, new(fixes[row.Row].WhatToFix), new(fixes[row.Row].Code)]);
        WorkbookTable.Write(target, new SheetTable("Rows to fix", [.. columns], rows));
    }

    public void Dispose() => file.Dispose();

    private Refusal? SurveyRows()
    {
        foreach (var record in Body())
        {
            if (++Rows > SheetLimits.RowsMax) return FileProblem.TooMany("rows", SheetLimits.RowsMax);
            if (record.Count > SheetLimits.ColumnsMax) return FileProblem.TooMany("columns", SheetLimits.ColumnsMax);
            for (var i = widest; i < record.Count; i++)
            {
                if (!record.Span(i).IsEmpty) widest = i + 1;
            }

            if (Layout.See(record) is { } refusal) return refusal;
        }

        return Layout.Decide();
    }

    private IEnumerable<SheetRecord> Body()
    {
        foreach (var record in found.Source.Records())
        {
            if (record.Row > found.Header.Row) yield return terms.Fixed is { } put ? FixedRecord.Of(record, Layout, put) : record;
        }
    }

    private static string? Text(SheetRecord record, int column) => record[column] is { Length: > 0 } text ? text : null;
}
