using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;

namespace ContributionEngine.Files.Tests;

/// <summary>Files that mean harm: each has its code, at once, and costs no memory.</summary>
[Parallelizable(ParallelScope.None)]
public sealed class HostileTests
{
    private const string Doctype = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>";
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);
    internal static readonly string Rows = Books.Row(1, "member_no", "amount", "received_on") + Books.Row(2, "A1", "1", "=44237");

    [TestCase("<worksheet><sheetData>", ' ')]
    [TestCase("<worksheet><sheetData><row><c><v>", '1')]
    [TestCase("<worksheet><sheetData a=\"", 'x')]
    public void A_sheet_that_unpacks_without_end_is_refused(string head, char letter)
    {
        var parts = Parts();
        parts.Remove("xl/worksheets/sheet1.xml");
        Refused(Books.Bomb(parts, "xl/worksheets/sheet1.xml", (head, letter, 1024)), "F13");
    }

    [Test]
    public void Shared_texts_without_end_are_refused()
    {
        var parts = Parts();
        parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].Replace("</Relationships>", "<Relationship Id=\"t\" Type=\"x/sharedStrings\" Target=\"t.xml\"/></Relationships>", StringComparison.Ordinal);
        parts["xl/t.xml"] = $"<sst xmlns=\"{Books.Main}\">" + string.Concat(Enumerable.Repeat("<si/>", 5_000_000)) + "</sst>";
        Refused(Books.Zip([.. parts]), "F13");
    }

    [Test]
    public void A_csv_that_unpacks_without_end_is_refused() => Refused(Books.Bomb([], "pagos.csv", ("member_no,amount,received_on\n", 'A', 512)), "F13");

    [Test]
    public void A_size_that_the_directory_lies_about_changes_nothing()
    {
        var zip = Books.Bomb([], "pagos.csv", ("member_no,amount,received_on\n", '\n', 200));
        var entry = zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(entry + 24), 1000);
        RefusedOrEmpty(zip);
    }

    [Test]
    public void Entries_that_share_their_bytes_are_refused()
    {
        var zip = Books.ZipOf([.. Enumerable.Range(0, 20).Select(i => ($"{i:D2}.csv", Encoding.UTF8.GetBytes(Guid.Empty.ToString("N") + string.Concat(Enumerable.Range(i, 400)))))]);
        var first = zip.AsSpan().IndexOf("PK\u0001\u0002"u8);
        var size = BinaryPrimitives.ReadUInt32LittleEndian(zip.AsSpan(first + 20));
        for (var at = first; zip.AsSpan(at).StartsWith("PK\u0001\u0002"u8); at += 46 + 6)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(at + 20), size * 2);
            BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(at + 42), 0);
        }

        Refused(zip, "F13");
    }

    [Test]
    public void A_zip_in_a_zip_is_refused() => Refused(Books.ZipOf(("a.zip", Books.ZipOf(("a.csv", "x"u8.ToArray())))), "F13");

    [Test]
    public void Several_files_in_a_zip_are_refused_with_their_number() =>
        Assert.That(Reading.Survey(Books.ZipOf(("a.csv", "x"u8.ToArray()), ("b.csv", "x"u8.ToArray()))).Refusal!.Detail, Does.Contain("the zip holds 2 files"));

    [TestCase("../../pagos.csv")]
    [TestCase("/etc/pagos.csv")]
    [TestCase("C:\\pagos.csv")]
    [TestCase("a\\..\\pagos.csv")]
    public void A_name_that_is_a_path_of_its_own_is_refused(string name) => Refused(Books.ZipOf((name, "member_no,amount,received_on\nA1,1,2021-02-10\n"u8.ToArray())), "F13");

    [Test]
    public void A_part_that_is_there_twice_is_refused() => Refused(Books.Zip([.. Parts(), new("XL\\workbook.xml", "<workbook/>")]), "F13");

    [Test]
    public void More_entries_than_a_file_has_are_refused() => Refused(Books.ZipOf([.. Enumerable.Range(0, 1001).Select(i => ($"{i}.txt", Array.Empty<byte>()))]), "F13");

    [TestCase("[Content_Types].xml")]
    [TestCase("_rels/.rels")]
    [TestCase("xl/worksheets/sheet1.xml")]
    [TestCase("xl/styles.xml")]
    [TestCase("xl/drawings/drawing1.xml")]
    [TestCase("xl/worksheets/_rels/sheet1.xml.rels")]
    public void A_doctype_in_any_part_is_refused(string part)
    {
        var parts = Parts();
        parts[part] = Doctype + parts.GetValueOrDefault(part, "<x/>");
        Refused(Books.Zip([.. parts]), "F13");
    }

    [Test]
    public void A_link_that_leads_outside_is_never_followed()
    {
        var parts = Parts();
        parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].Replace("Target=\"worksheets/sheet1.xml\"", "Target=\"http://127.0.0.1:9/sheet1.xml\" TargetMode=\"External\"", StringComparison.Ordinal);
        Refused(Books.Zip([.. parts]), "F04");
    }

    [TestCase("<row r=\"1048577\"/>")]
    [TestCase("<row r=\"5\"/><row r=\"4\"/>")]
    [TestCase("<row r=\"5\"/><row r=\"5\"/>")]
    [TestCase("<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>")]
    [TestCase("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>")]
    [TestCase("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>")]
    [TestCase("<row r=\"1\"><c r=\"A1\"><v>1</c></row>")]
    public void A_sheet_that_contradicts_itself_is_refused(string rows) => Refused(Books.Of(rows), "F13");

    [Test]
    public void Rows_and_cells_without_a_place_are_counted() => Assert.That(
        Reading.Told(Books.Of("<row><c t=\"str\"><v>member_no</v></c><c t=\"str\"><v>amount</v></c><c t=\"str\"><v>received_on</v></c></row><row><c t=\"str\"><v>A1</v></c><c><v>1</v></c><c s=\"1\"><v>44237</v></c></row>")),
        Is.EqualTo(new[] { "2 A1 100 2021-02-10" }));

    [Test]
    public void A_dimension_is_not_believed()
    {
        var parts = Parts();
        parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].Replace("<sheetData>", "<dimension ref=\"A1:XFD1048576\"/><sheetData>", StringComparison.Ordinal);
        Assert.That(Reading.Told(Books.Zip([.. parts])), Is.EqualTo(new[] { "2 A1 100 2021-02-10" }));
    }

    [Test]
    public void A_part_that_is_nested_without_end_is_refused() => Refused(Books.Of(string.Concat(Enumerable.Repeat("<a>", 2_000_000))), "F13");

    [Test]
    public void A_part_with_names_without_end_is_refused() => Refused(Books.Of(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"<n{i}/>"))), "F13");

    [TestCase("xl/vbaProject.bin", "F13")]
    [TestCase("xl/macrosheets/sheet1.xml", "F13")]
    [TestCase("xl/workbook.bin", "F02")]
    [TestCase("word/document.xml", "F02")]
    [TestCase("META-INF/manifest.xml", "F02")]
    public void Macros_and_other_formats_are_refused(string part, string code) => Refused(Books.Zip([.. Parts(), new(part, "<x/>")]), code);

    [TestCase("<html><table><tr><td>member_no</td></tr></table></html>", "F02")]
    [TestCase("\uFEFF<?xml version=\"1.0\"?><Workbook/>", "F02")]
    [TestCase("%PDF-1.7\n", "F02")]
    [TestCase("member_no,amount,received_on\nA1,1\0,2021-02-10\n", "F13")]
    [TestCase("PK\u0003\u0004 and no more", "F13")]
    [TestCase("member_no,amount,received_on\nA1,\"1,2021-02-10\n", "F13")]
    public void What_is_inside_counts_and_not_the_name(string content, string code) => Refused(Encoding.UTF8.GetBytes(content), code);

    [Test]
    public void A_csv_behind_the_name_of_a_workbook_is_read() => Assert.That(
        Reading.Told("member_no,amount,received_on\nA1,1,2021-02-10\n", Reading.Terms with { FileName = "pagos.xlsx" }), Is.EqualTo(new[] { "2 A1 100 2021-02-10" }));

    [Test]
    public void An_entry_with_a_password_is_refused()
    {
        var zip = Books.ZipOf(("a.csv", "x"u8.ToArray()));
        zip[6] |= 1;
        zip[zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1;
        Refused(zip, "F05");
    }

    [Test]
    public void A_directory_that_claims_to_be_long_is_refused_before_it_is_read()
    {
        var zip = new byte[4 << 20];
        "PK\u0003\u0004"u8.CopyTo(zip);
        "PK\u0005\u0006"u8.CopyTo(zip.AsSpan(zip.Length - 22));
        Refused(zip, "F13");
    }

    [Test]
    public void Every_sample_has_its_code_and_none_its_rows()
    {
        if (ReceiptSheetTests.Samples("hostile") is not { } folder) Assert.Ignore("The sample files are not here.");
        var told = Directory.EnumerateFiles(ReceiptSheetTests.Samples("hostile")!, "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetFileName(path), path => Reading.Refused(File.ReadAllBytes(path)));
        Assert.That(told.Where(pair => pair.Value != "F06").Select(pair => $"{pair.Key} {pair.Value}").Order(StringComparer.Ordinal), Is.EqualTo(new[]
        {
            "Classic_XXE.xml F02", "Classic_XXE_-_etc_passwd.xml F02", "Classic_XXE_B64_Encoded.xml F02", "Deny_Of_Service_-_Billion_Laugh_Attack F02", "XXE_Fuzzing.txt F02", "XXE_PHP_Wrapper.xml F02", "xml-attacks.txt F02",
        }));
    }

    private static Dictionary<string, string> Parts() => Books.Parts(("S", "visible", Rows));

    internal static void Refused(byte[] file, string? code)
    {
        var watch = Stopwatch.StartNew();
        Assert.That(Reading.Refused(file), Is.EqualTo(code));
        Assert.That(watch.Elapsed, Is.LessThan(AnswerWithin));
    }

    // The library may stop at the size that it was told, and then there is nothing to read.
    private static void RefusedOrEmpty(byte[] file) => Assert.That(Reading.Refused(file), Is.AnyOf("F13", "F04"));
}
