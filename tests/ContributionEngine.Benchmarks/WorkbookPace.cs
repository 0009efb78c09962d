using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ExcelDataReader;

namespace ContributionEngine.Benchmarks;

/// <summary>Reading a workbook of receipts to its rows, guards and all, against ExcelDataReader reading the same cells alone.</summary>
internal static class WorkbookPace
{
    private const double Floor = 0.5;
    private const int Rows = 100_000;

    public static async IAsyncEnumerable<Measured> Run()
    {
        // ExcelDataReader asks for it, also where nothing is written in it.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var place = new Workplace();
        await Write(place["receipts.xlsx"]);
        Plain(place["receipts.xlsx"]);
        Engine(place["receipts.xlsx"]);
        var before = Plain(place["receipts.xlsx"]);
        var engine = Engine(place["receipts.xlsx"]);
        var after = Plain(place["receipts.xlsx"]);
        var plain = before < after ? before : after;
        yield return new Measured(
            $"workbook, {Rows:N0} rows to receipts against reading its cells",
            $"engine {engine.TotalSeconds:0.00} s, yardstick {before.TotalSeconds:0.00} s before, {after.TotalSeconds:0.00} s after",
            plain / engine, Bound.AtLeast(Floor, "of the yardstick's pace"));
    }

    private static TimeSpan Engine(string path)
    {
        GC.Collect();
        var began = Stopwatch.GetTimestamp();
        var terms = new SheetTerms("receipts.xlsx", Currency.Of("CRC").Value, new DateOnly(2021, 12, 31), null);
        using var sheet = ReceiptSheet.Survey(() => File.OpenRead(path), terms).Value;
        var read = sheet.ReadRows().Count(row => row.Problems.Count == 0);
        return Took(began, read);
    }

    private static TimeSpan Plain(string path)
    {
        GC.Collect();
        var began = Stopwatch.GetTimestamp();
        using var file = File.OpenRead(path);
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(file);
        var read = -1;
        while (reader.Read())
        {
            for (var i = 0; i < reader.FieldCount; i++)
            {
                if (reader.GetValue(i) is null) throw new InvalidOperationException($"row {read} has an empty cell.");
            }

            read++;
        }

        return Took(began, read);
    }

    private static TimeSpan Took(long began, int read) => read == Rows ? Stopwatch.GetElapsedTime(began) : throw new InvalidOperationException($"only {read:N0} of {Rows:N0} rows were read.");

    private static async Task Write(string path)
    {
        const string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const string relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        await using var zip = await ZipFile.OpenAsync(path, ZipArchiveMode.Create);
        await Part(zip, "[Content_Types].xml", $"""
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>
            """);
        await Part(zip, "_rels/.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        await Part(zip, "xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""");
        await Part(zip, "xl/workbook.xml", $"""<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="Pagos" sheetId="1" r:id="r1"/></sheets></workbook>""");
        await using var sheet = new StreamWriter(await zip.CreateEntry("xl/worksheets/sheet1.xml").OpenAsync());
        await sheet.WriteAsync($"""<worksheet xmlns="{main}"><sheetData>{Row(1, "receipt_no", "member_no", "received_on", "amount")}""");
        for (var i = 0; i < Rows; i++)
        {
            await sheet.WriteAsync(Row(i + 2, $"R{1_000_000 + i}", $"A{100_000 + (i / 2)}", $"2021-{(i % 12) + 1:D2}-{(i % 28) + 1:D2}", $"{38_600 + (i % 100)}.25"));
        }

        await sheet.WriteAsync("</sheetData></worksheet>");
    }

    private static async Task Part(ZipArchive zip, string name, string text)
    {
        await using var part = new StreamWriter(await zip.CreateEntry(name).OpenAsync());
        await part.WriteAsync(text.Trim());
    }

    private static string Row(int row, params string[] cells) =>
        string.Create(CultureInfo.InvariantCulture, $"""<row r="{row}">{string.Concat(cells.Select((cell, i) => row > 1 && i == 3 ? $"""<c r="D{row}"><v>{cell}</v></c>""" : $"""<c r="{(char)('A' + i)}{row}" t="inlineStr"><is><t>{cell}</t></is></c>"""))}</row>""");
}
