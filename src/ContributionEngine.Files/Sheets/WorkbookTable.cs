using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using BookRoot = DocumentFormat.OpenXml.Spreadsheet.Workbook;

namespace ContributionEngine.Files;

/// <summary>
/// Writes a table as an XLSX workbook: the sheet itself with a header that stays in view, cells of the right kind and lists to
/// choose from; a sheet that says what each column means, when there is anything to say; and the lists.
/// </summary>
public static class WorkbookTable
{
    /// <summary>Rows that validation and cell kinds reach beyond those that are written.</summary>
    private const int RowsToFill = 10_000;

    private const string Guide = "Guide";
    private const string Lists = "Lists";

    /// <param name="target">A stream that can seek.</param>
    public static void Write(Stream target, SheetTable table)
    {
        using var document = SpreadsheetDocument.Create(target, SpreadsheetDocumentType.Workbook);
        var book = document.AddWorkbookPart();
        book.AddNewPart<WorkbookStylesPart>().Stylesheet = WorkbookStyles.Of(table.Decimals);
        var sheets = new Sheets();
        Add(book, sheets, table.Name, part => WriteSheet(part, table));
        var explained = table.Columns.Where(column => column.Meaning.Length > 0).ToList();
        if (explained.Count > 0) Add(book, sheets, Guide, part => WriteRows(part, [["column", "what to write"], .. explained.Select(column => new[] { column.Header, column.Meaning })], [24, 100]));
        var listed = table.Columns.Where(column => column.Choices.Count > 0).ToList();
        if (listed.Count > 0) Add(book, sheets, Lists, part => WriteRows(part, ListRows(listed), [.. listed.Select(column => column.Width)]));
        book.Workbook = new BookRoot(sheets);
    }

    private static void Add(WorkbookPart book, Sheets sheets, string name, Action<WorksheetPart> write)
    {
        var part = book.AddNewPart<WorksheetPart>();
        write(part);
        sheets.Append(new Sheet { Id = book.GetIdOfPart(part), SheetId = (uint)sheets.Count() + 1, Name = name });
    }

    private static IEnumerable<string[]> ListRows(List<SheetColumn> listed) =>
        Enumerable.Range(-1, listed.Max(column => column.Choices.Count) + 1)
            .Select(i => listed.Select(column => i < 0 ? column.Header : column.Choices.ElementAtOrDefault(i) ?? "").ToArray());

    private static void WriteSheet(WorksheetPart part, SheetTable table)
    {
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetViews(new SheetView(new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen }) { WorkbookViewId = 0 }));
        writer.WriteElement(new Columns(table.Columns.Select((column, i) => ColumnOf(i, column.Width, WorkbookStyles.StyleOf(column.Kind)))));
        writer.WriteStartElement(new SheetData());
        var rows = 1;
        WriteRow(writer, rows, table.Columns.Select(column => (new SheetCell(column.Header), WorkbookStyles.Header)));
        foreach (var row in table.Rows) WriteRow(writer, ++rows, row.Select((cell, i) => (cell, WorkbookStyles.StyleOf(table.Columns[i].Kind, cell.Kind))));
        writer.WriteEndElement();
        if (ValidationsOf(table, rows + RowsToFill) is { Count: > 0 } validations) writer.WriteElement(new DataValidations(validations) { Count = (uint)validations.Count });
        writer.WriteEndElement();
    }

    private static void WriteRows(WorksheetPart part, IEnumerable<string[]> rows, int[] widths)
    {
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new Columns(widths.Select((width, i) => ColumnOf(i, width, WorkbookStyles.Text))));
        writer.WriteStartElement(new SheetData());
        var at = 0;
        foreach (var row in rows) WriteRow(writer, ++at, row.Select(cell => (new SheetCell(cell), at == 1 ? WorkbookStyles.Header : WorkbookStyles.Text)));
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static void WriteRow(OpenXmlWriter writer, int row, IEnumerable<(SheetCell Cell, uint Style)> cells)
    {
        writer.WriteStartElement(new Row { RowIndex = (uint)row });
        var column = 0;
        foreach (var (cell, style) in cells)
        {
            var at = $"{Letters(column++)}{row}";
            if (cell.Text.Length == 0) continue;
            writer.WriteElement(cell.Kind == CellKind.Number
                ? new Cell { CellReference = at, StyleIndex = style, CellValue = new CellValue(cell.Text) }
                : new Cell { CellReference = at, StyleIndex = style, DataType = CellValues.InlineString, InlineString = new InlineString(new Text(cell.Text) { Space = SpaceProcessingModeValues.Preserve }) });
        }

        writer.WriteEndElement();
    }

    private static Column ColumnOf(int index, int width, uint style) => new() { Min = (uint)index + 1, Max = (uint)index + 1, Width = width, CustomWidth = true, Style = style };

    private static List<DataValidation> ValidationsOf(SheetTable table, int lastRow)
    {
        var validations = new List<DataValidation>();
        var listed = 0;
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var (column, cells) = (table.Columns[i], $"{Letters(i)}2:{Letters(i)}{lastRow}");
            if (column.Choices.Count > 0) validations.Add(Asking(column, cells, DataValidationValues.List, $"{Lists}!${Letters(listed)}$2:${Letters(listed++)}${column.Choices.Count + 1}"));
            else if (column.Kind == CellKind.Number) validations.Add(Asking(column, cells, DataValidationValues.Decimal, "0"));
            else if (column.Kind == CellKind.Date) validations.Add(Asking(column, cells, DataValidationValues.Date, "1"));
        }

        return validations;
    }

    private static DataValidation Asking(SheetColumn column, string cells, DataValidationValues type, string formula) => new(new Formula1(formula))
    {
        Type = type, AllowBlank = true, ShowErrorMessage = true, ShowInputMessage = true, Prompt = column.Meaning, ErrorTitle = column.Header, Error = column.Meaning,
        Operator = type == DataValidationValues.List ? null : DataValidationOperatorValues.GreaterThanOrEqual,
        SequenceOfReferences = new ListValue<StringValue> { InnerText = cells },
    };

    // A, B, ... Z, AA: how a spreadsheet names columns.
    private static string Letters(int index) => index < 26 ? $"{(char)('A' + index)}" : Letters((index / 26) - 1) + Letters(index % 26);
}
