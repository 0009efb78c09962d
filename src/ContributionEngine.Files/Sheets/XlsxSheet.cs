using System.Globalization;
using System.Xml;

namespace ContributionEngine.Files;

/// <summary>A sheet of an XLSX, read row by row.</summary>
internal sealed class XlsxSheet(XlsxWorkbook workbook, string path, (string Name, bool IsHidden) called) : WorkbookSheet(called.Name, called.IsHidden)
{
    private const int LastRow = 1_048_576;
    private const int LastColumn = 16_384;

    public override IEnumerable<WorkbookRow> Rows(SheetOddities oddities)
    {
        using var xml = workbook.Open(path);
        var row = new WorkbookRow();
        var last = 0;
        while (XlsxXml.Read(xml))
        {
            if (XlsxXml.IsAt(xml, "mergeCell")) oddities.Merged.Add(xml.GetAttribute("ref") ?? "");
            if (!XlsxXml.IsAt(xml, "row")) continue;
            last = RowNumber(xml.GetAttribute("r"), last);
            var isHidden = xml.GetAttribute("hidden") is "1" or "true";
            row.StandAt(last);
            ReadCells(xml, row, oddities);
            if (row.IsBlank) continue;
            if (isHidden) oddities.HiddenRows.Add(last);
            yield return row;
        }
    }

    private static int RowNumber(string? said, int last)
    {
        if (said is null) return last + 1;
        if (!int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var row) || row > LastRow) throw SheetRefusedException.Unreadable($"no sheet has a row {said}");
        return row > last ? row : throw SheetRefusedException.Unreadable($"row {row} comes after row {last}");
    }

    private void ReadCells(XmlReader xml, WorkbookRow row, SheetOddities oddities)
    {
        if (xml.IsEmptyElement) return;
        var depth = xml.Depth;
        var column = -1;
        while (XlsxXml.Read(xml) && xml.Depth > depth)
        {
            if (!XlsxXml.IsAt(xml, "c")) continue;
            column = Column(xml.GetAttribute("r"), column);
            if (!xml.IsEmptyElement) row.Put(column, Cell(xml, (row.Row, column), oddities));
        }
    }

    private static int Column(string? reference, int last)
    {
        if (reference is null) return last + 1;
        var column = 0;
        foreach (var letter in reference)
        {
            var number = (letter | 0x20) - 'a' + 1;
            if (number is < 1 or > 26) break;
            column = (column * 26) + number;
            if (column > LastColumn) throw SheetRefusedException.Unreadable($"no sheet has a cell {reference}");
        }

        return column == 0 ? last + 1 : column - 1;
    }

    private SheetCell Cell(XmlReader xml, (long Row, int Column) at, SheetOddities oddities)
    {
        var (type, style, depth) = (xml.GetAttribute("t"), xml.GetAttribute("s"), xml.Depth);
        var isFormula = false;
        string? value = null;
        while (XlsxXml.Read(xml) && xml.Depth > depth)
        {
            if (XlsxXml.IsAt(xml, "f")) isFormula = true;
            else if (XlsxXml.IsAt(xml, "v")) value = XlsxXml.Text(xml);
            else if (XlsxXml.IsAt(xml, "is")) value = XlsxXml.Item(xml);
        }

        if (isFormula && value is null) oddities.FormulasWithoutValue.Add(Place(at.Row, at.Column));
        return string.IsNullOrWhiteSpace(value) ? new SheetCell("") : Valued(type, style, value);
    }

    private SheetCell Valued(string? type, string? style, string value)
    {
        switch (type)
        {
            case "s":
                return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < workbook.Texts.Count
                    ? new SheetCell(workbook.Texts[at])
                    : throw SheetRefusedException.Unreadable("a cell names a text that is not there");
            case "b":
                return new SheetCell(value == "1" ? "TRUE" : "FALSE");
            case "d":
                return value.Length >= 10 && DateOnly.TryParseExact(value[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new SheetCell(CellNumbers.Iso(day), CellKind.Date) : new SheetCell(value);
            case null or "n":
                var number = value.Trim();
                if (workbook.Formats.IsDate(style) && CellNumbers.Day(number, workbook.Is1904) is { } date) return new SheetCell(date, CellKind.Date);
                return new SheetCell(CellNumbers.Text(number), CellKind.Number);
            case "str":
                return new SheetCell(XlsxXml.Unescaped(value));
            default:
                return new SheetCell(value);
        }
    }
}
