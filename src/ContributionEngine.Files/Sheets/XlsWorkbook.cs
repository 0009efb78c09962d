using System.Globalization;
using System.Text;
using ExcelDataReader;

namespace ContributionEngine.Files;

/// <summary>A workbook in the format of before 2007.</summary>
internal sealed class XlsWorkbook : Workbook
{
    private const int HeaderBytes = 512;
    private const int TableSectorsMax = 8;
    private const int NameAt = 64;
    private const int DirectoryEntryBytes = 128;

    private static readonly string[] Sheet = ["Workbook", "Book"];
    private static readonly string[] Known = [.. Sheet, "EncryptedPackage", "_VBA_PROJECT_CUR"];

    private readonly IExcelDataReader reader;

    private XlsWorkbook(Func<Stream> open)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        reader = Guarded(() => ExcelReaderFactory.CreateBinaryReader(open()));
        var sheets = new List<WorkbookSheet>();
        do sheets.Add(new XlsSheet(this, sheets.Count, (reader.Name ?? "", reader.VisibleState is "hidden" or "veryhidden")));
        while (Guarded(reader.NextResult));
        Sheets = sheets;
    }

    public override string Format => "xls";

    public override IReadOnlyList<WorkbookSheet> Sheets { get; }

    /// <summary>Opens a workbook. Refusals, thrown: F02, F03, F05, F13.</summary>
    public static XlsWorkbook Of(Func<Stream> open, string fileName)
    {
        using var stream = open();
        if (!IsSound(stream)) throw SheetRefusedException.Unreadable("the workbook is broken");
        var parts = Parts(stream);
        if (parts.Contains("EncryptedPackage")) throw new SheetRefusedException(FileProblem.Locked());
        if (parts.Contains("_VBA_PROJECT_CUR")) throw new SheetRefusedException(FileProblem.Macros());
        if (!parts.Overlaps(Sheet)) throw new SheetRefusedException(FileProblem.Type(fileName));
        if (stream.Length > SheetLimits.OldWorkbookBytesMax) throw new SheetRefusedException(FileProblem.TooLarge(stream.Length, SheetLimits.OldWorkbookBytesMax));
        return new XlsWorkbook(open);
    }

    public override void Dispose() => reader.Dispose();

    /// <summary>The reader before the first row of a sheet. There is one, which keeps what it knows of the sheets.</summary>
    internal IExcelDataReader At(int sheet) => Guarded(() =>
    {
        reader.Reset();
        for (var i = 0; i < sheet; i++) reader.NextResult();
        return reader;
    });

    /// <summary>The library meets a broken file with exceptions of every kind; they all say that it cannot be read.</summary>
    internal static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ExcelDataReader.Exceptions.InvalidPasswordException)
        {
            throw new SheetRefusedException(FileProblem.Locked());
        }
        catch (Exception broken) when (broken is not (SheetRefusedException or OutOfMemoryException))
        {
            throw SheetRefusedException.Unreadable("the workbook is broken");
        }
    }

    // The library reserves as much as the header of the compound file says.
    private static bool IsSound(Stream stream)
    {
        var header = new byte[HeaderBytes];
        var isWhole = stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) == HeaderBytes;
        stream.Position = 0;
        return isWhole && BitConverter.ToUInt16(header, 30) is 9 or 12 && BitConverter.ToUInt16(header, 32) == 6 && BitConverter.ToUInt32(header, 72) <= TableSectorsMax;
    }

    // A compound file is like a disk: the names in its directory stand at multiples of 128 bytes, with their length behind them.
    private static HashSet<string> Parts(Stream stream)
    {
        var parts = new HashSet<string>();
        var entries = new byte[DirectoryEntryBytes << 9];
        for (var read = entries.Length; read == entries.Length;)
        {
            read = stream.ReadAtLeast(entries, entries.Length, throwOnEndOfStream: false);
            for (var at = 0; at + DirectoryEntryBytes <= read; at += DirectoryEntryBytes)
            {
                var length = BitConverter.ToUInt16(entries, at + NameAt);
                if (length is > 2 and <= NameAt && Known.FirstOrDefault(name => (name.Length + 1) * 2 == length && Encoding.Unicode.GetBytes(name).AsSpan().SequenceEqual(entries.AsSpan(at, length - 2))) is { } known) parts.Add(known);
            }
        }

        return parts;
    }
}

/// <summary>A sheet of such a workbook.</summary>
internal sealed class XlsSheet(XlsWorkbook workbook, int index, (string Name, bool IsHidden) called) : WorkbookSheet(called.Name, called.IsHidden)
{
    public override IEnumerable<WorkbookRow> Rows(SheetOddities oddities)
    {
        var reader = workbook.At(index);
        foreach (var merged in XlsWorkbook.Guarded(() => reader.MergeCells) ?? []) oddities.Merged.Add($"{Place(merged.FromRow + 1, merged.FromColumn)}:{Place(merged.ToRow + 1, merged.ToColumn)}");
        var row = new WorkbookRow();
        for (var at = 1; XlsWorkbook.Guarded(reader.Read); at++)
        {
            row.StandAt(at);
            XlsWorkbook.Guarded(() => Fill(reader, row));
            if (row.IsBlank) continue;
            if (reader.RowHeight == 0) oddities.HiddenRows.Add(at);
            yield return row;
        }
    }

    private static bool Fill(IExcelDataReader reader, WorkbookRow row)
    {
        for (var i = 0; i < reader.FieldCount; i++)
        {
            if (reader.GetValue(i) is { } value) row.Put(i, Cell(value));
        }

        return true;
    }

    private static SheetCell Cell(object value) => value switch
    {
        string text => new SheetCell(text),
        double number => new SheetCell(CellNumbers.Text(number), CellKind.Number),
        DateTime time => new SheetCell(CellNumbers.Iso(DateOnly.FromDateTime(time)), CellKind.Date),
        bool isTrue => new SheetCell(isTrue ? "TRUE" : "FALSE"),
        _ => new SheetCell(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", value is int ? CellKind.Number : CellKind.Text),
    };
}
