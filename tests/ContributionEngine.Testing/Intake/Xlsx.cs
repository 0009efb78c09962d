using System.Globalization;
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

/// <summary>Workbooks as various programs write them; not as our own writer does.</summary>
public static class Xlsx
{
    /// <summary>Rows of a sheet that holds no payments.</summary>
    private static readonly string Nothing = Books.Row(1, "texto") + Books.Row(2, "nada");

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
        var shared = new List<string>();
        var sheet = ("Aportes", "visible", Sheet(header, rows, shape, shared));
        var parts = shape.OtherSheets ? Books.Parts(("Notas", "visible", Nothing), sheet, ("Resumen", "visible", Nothing)) : Books.Parts(sheet);
        if (shape.From1904) Change(parts, "xl/workbook.xml", ("<workbookPr/>", "<workbookPr date1904=\"1\"/>"));
        if (!shape.SharesTexts) return Books.Zip([.. parts]);
        parts["xl/sharedStrings.xml"] = $"<sst xmlns=\"{Books.Main}\">{string.Concat(shared.Select(text => $"<si><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></si>"))}</sst>";
        Change(parts, "xl/_rels/workbook.xml.rels", ("</Relationships>", $"<Relationship Id=\"t\" Type=\"{Books.Office}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"));
        return Books.Zip([.. parts]);
    }

    private static void Change(Dictionary<string, string> parts, string name, (string From, string To) text) => parts[name] = parts[name].Replace(text.From, text.To, StringComparison.Ordinal);

    private static string Sheet(string[] header, IEnumerable<Cell[]> rows, XlsxShape shape, List<string> shared)
    {
        var xml = new StringBuilder();
        var at = 0;
        for (var title = 0; title < shape.TitleRows; title++) xml.Append(Row(++at, [new Text("Contribuciones de enero")], shape, shared));
        xml.Append(Row(++at, Texts(header), shape, shared));
        foreach (var row in rows) xml.Append(Row(++at, row, shape, shared));
        return xml.ToString();
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
}
