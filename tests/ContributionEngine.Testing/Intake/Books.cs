using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace ContributionEngine.Testing;

/// <summary>Workbooks and zips made of their parts, so that each test can say exactly what is in them.</summary>
public static class Books
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    /// <summary>What the types of a workbook's links begin with.</summary>
    public const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Links = "http://schemas.openxmlformats.org/package/2006/relationships";

    /// <summary>Style 1 shows a date; style 0 does not.</summary>
    private const string Styles = $"<styleSheet xmlns=\"{Main}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";

    /// <summary>A workbook with one sheet called Hoja1.</summary>
    public static byte[] Of(string rows) => Of(("Hoja1", "visible", rows));

    public static byte[] Of(params (string Name, string State, string Rows)[] sheets) => Zip([.. Parts(sheets)]);

    /// <summary>The parts of a workbook, to change or add to.</summary>
    public static Dictionary<string, string> Parts(params (string Name, string State, string Rows)[] sheets)
    {
        var parts = new Dictionary<string, string>
        {
            ["[Content_Types].xml"] = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
            ["_rels/.rels"] = $"<Relationships xmlns=\"{Links}\"><Relationship Id=\"r1\" Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
            ["xl/styles.xml"] = Styles,
        };
        var (names, links) = ("", $"<Relationship Id=\"s\" Type=\"{Office}/styles\" Target=\"styles.xml\"/>");
        for (var i = 1; i <= sheets.Length; i++)
        {
            names += $"<sheet name=\"{sheets[i - 1].Name}\" sheetId=\"{i}\" state=\"{sheets[i - 1].State}\" r:id=\"r{i}\"/>";
            links += $"<Relationship Id=\"r{i}\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet{i}.xml\"/>";
            parts[$"xl/worksheets/sheet{i}.xml"] = $"<worksheet xmlns=\"{Main}\"><sheetData>{sheets[i - 1].Rows}</sheetData></worksheet>";
        }

        parts["xl/workbook.xml"] = $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><workbookPr/><sheets>{names}</sheets></workbook>";
        parts["xl/_rels/workbook.xml.rels"] = $"<Relationships xmlns=\"{Links}\">{links}</Relationships>";
        return parts;
    }

    /// <summary>A row of cells: a number as it stands, <c>=</c> before the serial of a date, everything else a text.</summary>
    public static string Row(int row, params string[] cells) => $"<row r=\"{row}\">{string.Concat(cells.Select((cell, i) => Cell($"{(char)('A' + i)}{row}", cell)))}</row>";

    public static byte[] Zip(params KeyValuePair<string, string>[] entries) => ZipOf([.. entries.Select(entry => (entry.Key, Encoding.UTF8.GetBytes(entry.Value)))]);

    public static byte[] ZipOf(params (string Name, byte[] Content)[] entries)
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return target.ToArray();
    }

    /// <summary>A zip with one entry that unpacks to so many megabytes of one letter.</summary>
    public static byte[] Bomb(IEnumerable<KeyValuePair<string, string>> beside, string name, (string Head, char Letter, int Megabytes) bomb)
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (other, content) in beside)
            {
                using var entry = new StreamWriter(zip.CreateEntry(other).Open());
                entry.Write(content);
            }

            using var bytes = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
            bytes.Write(Encoding.UTF8.GetBytes(bomb.Head));
            var block = Encoding.UTF8.GetBytes(new string(bomb.Letter, 1 << 20));
            for (var i = 0; i < bomb.Megabytes; i++) bytes.Write(block);
        }

        return target.ToArray();
    }

    private static string Cell(string at, string cell) => cell switch
    {
        "" => "",
        ['=', .. var serial] => $"<c r=\"{at}\" s=\"1\"><v>{serial}</v></c>",
        ['<', ..] => $"<c r=\"{at}\" {cell[1..]}</c>",
        ['0', >= '0' and <= '9', ..] => Text(at, cell),
        _ when double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => $"<c r=\"{at}\"><v>{cell}</v></c>",
        _ => Text(at, cell),
    };

    private static string Text(string at, string cell) => $"<c r=\"{at}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(cell)}</t></is></c>";
}
