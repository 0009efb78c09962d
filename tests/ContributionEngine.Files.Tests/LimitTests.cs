using System.Buffers.Binary;
using System.Text;

namespace ContributionEngine.Files.Tests;

/// <summary>Files that are larger than files are, or damaged.</summary>
[Parallelizable(ParallelScope.None)]
public sealed class LimitTests
{
    [Test]
    public void One_line_without_end_is_refused() => HostileTests.Refused(Encoding.ASCII.GetBytes(new string('x', 50_000_000)), "F13");

    [Test]
    public void A_first_line_that_only_begins_like_a_delimiters_is_refused() => HostileTests.Refused(Encoding.ASCII.GetBytes("sep=" + new string(';', 50_000_000)), "F12");

    [TestCase(1)]
    [TestCase(2)]
    public void A_hundred_thousand_columns_are_refused(int row) =>
        HostileTests.Refused(Encoding.ASCII.GetBytes((row == 2 ? "member_no,amount,received_on\n" : "") + string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"column_{i}")) + "\n"), "F12");

    [TestCase(32_767, null)]
    [TestCase(32_768, "F13")]
    public void A_cell_holds_so_many_letters_and_no_more(int letters, string? code) =>
        HostileTests.Refused(Books.Of(HostileTests.Rows + Books.Row(3, new string('x', letters), "1", "=44237")), code);

    [TestCase("GR", null)]
    [TestCase("GS", "F12")]
    public void A_sheet_is_read_so_many_columns_wide_and_no_wider(string column, string? code) =>
        HostileTests.Refused(Books.Of(HostileTests.Rows + $"<row r=\"3\"><c r=\"{column}3\"><v>1</v></c></row>"), code);

    [Test]
    public void A_file_that_is_too_large_is_refused_by_its_size()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.DeleteOnClose);
        file.SetLength(SheetLimits.BytesMax + 1);
        Assert.That(ReceiptSheet.Survey(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), Reading.Terms).Refusal!.Code, Is.EqualTo("F03"));
    }

    [Test]
    public void An_old_workbook_that_is_too_large_is_refused_by_its_size()
    {
        var file = Old("Workbook");
        Array.Resize(ref file, (int)SheetLimits.OldWorkbookBytesMax + 1);
        HostileTests.Refused(file, "F03");
    }

    [TestCase(30, 30)]
    [TestCase(72, 200)]
    public void An_old_format_that_claims_to_be_vast_is_refused(int at, byte value)
    {
        var file = Reading.Sample("xlsx-torture", "tabulator/sheet2.xls");
        file[at] = value;
        HostileTests.Refused(file, "F13");
    }

    [Test]
    public void An_old_format_with_any_damage_is_read_or_refused()
    {
        var file = Reading.Sample("xlsx-torture", "tabulator/sheet2.xls");
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var damaged = file.ToArray();
            for (var k = 0; k < 20; k++) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            Assert.That(Reading.Refused(damaged), Does.StartWith("F"), $"damage {i}");
        }
    }

    [Test]
    public void A_workbook_with_any_damage_is_read_or_refused()
    {
        var file = Books.Of(HostileTests.Rows);
        var random = new Random(1);
        for (var i = 0; i < 2_000; i++)
        {
            var damaged = file.ToArray();
            for (var k = 0; k < 3; k++) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            Assert.That(Reading.Survey(damaged).Refusal?.Code ?? "F", Does.StartWith("F"), $"damage {i}");
        }
    }

    [TestCase("EncryptedPackage", "F05")]
    [TestCase("_VBA_PROJECT_CUR", "F13")]
    [TestCase("WordDocument", "F02")]
    [TestCase("Workbook", "F13")]
    public void An_old_format_is_told_by_its_parts(string part, string code) => HostileTests.Refused(Old(part), code);

    private static byte[] Old(string part)
    {
        var file = new byte[2048];
        new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 }.CopyTo(file, 0);
        (file[30], file[32]) = (9, 6);
        Encoding.Unicode.GetBytes(part).CopyTo(file, 640);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(704), (ushort)((part.Length + 1) * 2));
        return file;
    }
}
