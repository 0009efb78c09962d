using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace ContributionEngine.Testing;

/// <summary>What a workbook is like beyond its rows.</summary>
public sealed record XlsxShape
{
    public bool From1904 { get; init; }

    public bool SharesTexts { get; init; }

    public bool AmountsByFormula { get; init; }

    public int TitleRows { get; init; }

    public bool OtherSheets { get; init; }

    /// <summary>Every how-manieth row is hidden; 0: none.</summary>
    public int HidesEvery { get; init; }
}

/// <summary>Workbooks part by part, as various programs write them; not as our own writer does.</summary>
public static class Xlsx
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    // Style 1 shows a number as a day.
    private const string Styles = $"""
        <styleSheet xmlns="{Main}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>
        """;

    /// <summary>A cell: text, a number, or a day.</summary>
    public abstract record Cell;

    public sealed record Text(string Value) : Cell;

    public sealed record Number(string Value) : Cell;

    public sealed record Day(DateOnly Value) : Cell;

    public static Cell[] Texts(string[] cells) => [.. cells.Select(cell => new Text(cell))];

    /// <summary>A contribution as someone types it into a spreadsheet: the number of the member loses its zeros.</summary>
    public static Cell[] Typed(Contribution one) =>
        [new Number(one.MemberNo.TrimStart('0')), new Text(one.Name), new Day(one.Day), new Number(one.Plain), new Text(one.Period), new Text(one.ReceiptNo), new Text(one.Method)];

    public static byte[] Of(string[] header, IEnumerable<Cell[]> rows, XlsxShape? shape = null)
    {
        shape ??= new XlsxShape();
        var names = shape.OtherSheets ? new[] { "Notas", "Aportes", "Resumen" } : ["Aportes"];
        var shared = new List<string>();
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < names.Length; i++)
            {
                Add(zip, $"xl/worksheets/sheet{i + 1}.xml", names[i] == "Aportes" ? Sheet(header, rows, shape, shared) : Sheet(["texto"], [[new Text("nada")]], new XlsxShape(), shared));
            }

            if (shape.SharesTexts) Add(zip, "xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">{string.Concat(shared.Select(text => $"<si><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></si>"))}</sst>");
            Add(zip, "xl/styles.xml", Styles);
            AddBook(zip, names, shape);
        }

        return target.ToArray();
    }

    private static void AddBook(ZipArchive zip, string[] names, XlsxShape shape)
    {
        Add(zip, "xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><workbookPr date1904=\"{(shape.From1904 ? 1 : 0)}\"/><sheets>{string.Concat(names.Select((name, i) => $"<sheet name=\"{name}\" sheetId=\"{i + 1}\" r:id=\"rId{i + 1}\"/>"))}</sheets></workbook>");
        var parts = names.Select((_, i) => ($"rId{i + 1}", "worksheet", $"worksheets/sheet{i + 1}.xml")).Append(("rId90", "styles", "styles.xml"));
        if (shape.SharesTexts) parts = parts.Append(("rId91", "sharedStrings", "sharedStrings.xml"));
        Add(zip, "xl/_rels/workbook.xml.rels", Relationships(parts));
        Add(zip, "_rels/.rels", Relationships([("rId1", "officeDocument", "xl/workbook.xml")]));
        var kinds = names.Select((_, i) => ($"/xl/worksheets/sheet{i + 1}.xml", "worksheet")).Append(("/xl/workbook.xml", "sheet.main")).Append(("/xl/styles.xml", "styles"));
        if (shape.SharesTexts) kinds = kinds.Append(("/xl/sharedStrings.xml", "sharedStrings"));
        Add(zip, "[Content_Types].xml", $"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>{string.Concat(kinds.Select(kind => $"<Override PartName=\"{kind.Item1}\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind.Item2}+xml\"/>"))}</Types>");
    }

    private static string Relationships(IEnumerable<(string Id, string Kind, string Target)> parts) =>
        $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(parts.Select(part => $"<Relationship Id=\"{part.Id}\" Type=\"{Relations}/{part.Kind}\" Target=\"{part.Target}\"/>"))}</Relationships>";

    private static string Sheet(string[] header, IEnumerable<Cell[]> rows, XlsxShape shape, List<string> shared)
    {
        var xml = new StringBuilder($"<worksheet xmlns=\"{Main}\"><sheetData>");
        var at = 0;
        for (var title = 0; title < shape.TitleRows; title++) xml.Append(Row(++at, [new Text("Contribuciones de enero")], shape, shared));
        xml.Append(Row(++at, Texts(header), shape, shared));
        foreach (var row in rows) xml.Append(Row(++at, row, shape, shared));
        return xml.Append("</sheetData></worksheet>").ToString();
    }

    private static string Row(int row, Cell[] cells, XlsxShape shape, List<string> shared)
    {
        var hidden = shape.HidesEvery > 0 && row % shape.HidesEvery == 0 ? " hidden=\"1\"" : "";
        return $"<row r=\"{row}\"{hidden}>{string.Concat(cells.Select((cell, i) => Written(cell, $"{(char)('A' + i)}{row}", shape, shared)))}</row>";
    }

    private static string Written(Cell cell, string at, XlsxShape shape, List<string> shared)
    {
        switch (cell)
        {
            case Number number:
                return $"<c r=\"{at}\">{(shape.AmountsByFormula && number.Value.Contains('.', StringComparison.Ordinal) ? $"<f>{number.Value}+0</f>" : "")}<v>{number.Value}</v></c>";
            case Day day:
                var serial = day.Value.DayNumber - new DateOnly(1899, 12, 30).DayNumber - (shape.From1904 ? 1462 : 0);
                return $"<c r=\"{at}\" s=\"1\"><v>{serial.ToString(CultureInfo.InvariantCulture)}</v></c>";
            case Text { Value.Length: > 0 } text when shape.SharesTexts:
                shared.Add(text.Value);
                return $"<c r=\"{at}\" t=\"s\"><v>{shared.Count - 1}</v></c>";
            case Text { Value.Length: > 0 } text:
                return $"<c r=\"{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(text.Value)}</t></is></c>";
            default:
                return "";
        }
    }

    private static void Add(ZipArchive zip, string name, string content)
    {
        using var entry = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
        entry.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>" + content);
    }
}
