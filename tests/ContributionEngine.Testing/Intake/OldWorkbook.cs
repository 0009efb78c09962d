using System.Text;

namespace ContributionEngine.Testing;

/// <summary>A workbook as office programs wrote them until 2003: records of the format BIFF8 in a compound file.</summary>
public static class OldWorkbook
{
    private const int SectorBytes = 512;

    // Streams below this size would have to stand in small sectors; they are padded instead.
    private const int SmallBelow = 4096;

    private const int EndOfChain = -2;
    private const int Free = -1;
    private const int OfTable = -3;

    public static byte[] Of(string[] header, IReadOnlyList<Contribution> rows) => Compound(Stream(header, rows));

    private static byte[] Stream(string[] header, IReadOnlyList<Contribution> rows)
    {
        var sheet = new Records();
        sheet.Add(0x0809, 0x0600, 0x0010, 0, 0, 0, 0, 0, 0);
        for (var i = 0; i < header.Length; i++) sheet.Text(0, i, header[i]);
        for (var i = 0; i < rows.Count; i++)
        {
            var (row, one) = (i + 1, rows[i]);
            sheet.Number(row, 0, int.Parse(one.MemberNo, System.Globalization.CultureInfo.InvariantCulture), 0);
            sheet.Text(row, 1, one.Name);
            sheet.Number(row, 2, one.Day.DayNumber - new DateOnly(1899, 12, 30).DayNumber, 1);
            sheet.Number(row, 3, (double)(one.Minor / 100m), 0);
            sheet.Text(row, 4, one.Period);
            sheet.Text(row, 5, one.ReceiptNo);
            sheet.Text(row, 6, one.Method);
        }

        sheet.Add(0x000A);
        var book = Globals(0);
        return [.. Globals(book.Length), .. sheet.Bytes];
    }

    private static byte[] Globals(int sheetAt)
    {
        var book = new Records();
        book.Add(0x0809, 0x0600, 0x0005, 0, 0, 0, 0, 0, 0);
        book.Add(0x0042, 1200);
        book.Add(0x0022, 0);
        // Two looks: a plain one, and one that shows a number as a day (format 14).
        foreach (var format in new short[] { 0, 14 }) book.Add(0x00E0, 0, format, 0, 0, 0, 0, 0, 0, 0, 0);
        book.Raw(0x0085, [.. BitConverter.GetBytes(sheetAt), 0, 0, 7, 0, .. "Aportes"u8]);
        book.Add(0x000A);
        return book.Bytes;
    }

    private static byte[] Compound(byte[] content)
    {
        var sectors = (Math.Max(content.Length, SmallBelow) + SectorBytes - 1) / SectorBytes;
        var tables = 1;
        while (tables * (SectorBytes / 4) < tables + 1 + sectors) tables++;
        var file = new byte[SectorBytes * (1 + tables + 1 + sectors)];
        Header(tables).CopyTo(file, 0);
        Table(tables, sectors).CopyTo(file, SectorBytes);
        Directory(tables + 1, sectors * SectorBytes).CopyTo(file, SectorBytes * (1 + tables));
        content.CopyTo(file, SectorBytes * (2 + tables));
        return file;
    }

    private static byte[] Header(int tables)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
        writer.Write(new byte[16]);
        foreach (var word in new ushort[] { 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, 0, 0 }) writer.Write(word);
        foreach (var number in new[] { tables, tables, 0, SmallBelow, EndOfChain, 0, EndOfChain, 0 }) writer.Write(number);
        for (var i = 0; i < 109; i++) writer.Write(i < tables ? i : Free);
        return bytes.ToArray();
    }

    private static byte[] Table(int tables, int sectors)
    {
        var next = Enumerable.Repeat(OfTable, tables).Append(EndOfChain).Concat(Enumerable.Range(tables + 2, sectors - 1)).Append(EndOfChain).ToList();
        next.AddRange(Enumerable.Repeat(Free, (tables * SectorBytes / 4) - next.Count));
        return [.. next.SelectMany(BitConverter.GetBytes)];
    }

    private static byte[] Directory(int first, int bytes) =>
        [.. Entry("Root Entry", 5, 1, (EndOfChain, 0)), .. Entry("Workbook", 2, Free, (first, bytes)), .. new byte[256]];

    private static byte[] Entry(string name, byte kind, int child, (int First, int Bytes) content)
    {
        var entry = new byte[128];
        Encoding.Unicode.GetBytes(name).CopyTo(entry, 0);
        BitConverter.GetBytes((ushort)((name.Length + 1) * 2)).CopyTo(entry, 64);
        (entry[66], entry[67]) = (kind, 1);
        BitConverter.GetBytes(Free).CopyTo(entry, 68);
        BitConverter.GetBytes(Free).CopyTo(entry, 72);
        BitConverter.GetBytes(child).CopyTo(entry, 76);
        BitConverter.GetBytes(content.First).CopyTo(entry, 116);
        BitConverter.GetBytes(content.Bytes).CopyTo(entry, 120);
        return entry;
    }

    private sealed class Records
    {
        private readonly List<byte> bytes = [];

        public byte[] Bytes => [.. bytes];

        public void Add(ushort kind, params ReadOnlySpan<short> words)
        {
            var body = new List<byte>();
            foreach (var word in words) body.AddRange(BitConverter.GetBytes(word));
            Raw(kind, [.. body]);
        }

        public void Text(int row, int column, string text)
        {
            if (text.Length > 0) Raw(0x0204, [.. Place(row, column, 0), .. BitConverter.GetBytes((ushort)text.Length), 1, .. Encoding.Unicode.GetBytes(text)]);
        }

        public void Number(int row, int column, double number, int look) => Raw(0x0203, [.. Place(row, column, look), .. BitConverter.GetBytes(number)]);

        public void Raw(ushort kind, byte[] body) => bytes.AddRange([.. BitConverter.GetBytes(kind), .. BitConverter.GetBytes((ushort)body.Length), .. body]);

        private static byte[] Place(int row, int column, int look) => [.. BitConverter.GetBytes((ushort)row), .. BitConverter.GetBytes((ushort)column), .. BitConverter.GetBytes((ushort)look)];
    }
}
