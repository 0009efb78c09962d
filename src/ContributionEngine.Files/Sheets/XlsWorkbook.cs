using System.Globalization;
using System.Text;
using ExcelDataReader;

namespace ContributionEngine.Files;

/// <summary>A workbook in the format of before 2007.</summary>
internal sealed class XlsWorkbook : Workbook
{
    private const int NameAt = 64;
    private const int DirectoryEntryBytes = 128;

    private readonly Func<Stream> open;

    private XlsWorkbook(Func<Stream> open)
    {
        this.open = open;
        var sheets = new List<WorkbookSheet>();
        Guarded(() =>
        {
            using var reader = Reader();
            do sheets.Add(new XlsSheet(this, sheets.Count, (reader.Name, reader.VisibleState is "hidden" or "veryhidden")));
            while (reader.NextResult());
            return true;
        });
        Sheets = sheets;
    }

    public override string Format => "xls";

    public override IReadOnlyList<WorkbookSheet> Sheets { get; }

    /// <summary>Opens a workbook. Refusals, thrown: F02, F03, F05, F13.</summary>
    public static XlsWorkbook Of(Func<Stream> open, string fileName)
    {
        using var stream = open();
        if (Names(stream, "EncryptedPackage")) throw new SheetRefusedException(FileProblem.Locked());
        if (stream.Length > SheetLimits.OldWorkbookBytesMax) throw new SheetRefusedException(FileProblem.TooLarge(stream.Length, SheetLimits.OldWorkbookBytesMax));
        if (Names(stream, "_VBA_PROJECT_CUR")) throw new SheetRefusedException(FileProblem.Unreadable("it holds macros", "Save it as .xlsx, which has none, and send that file."));
        if (!Names(stream, "Workbook") && !Names(stream, "Book")) throw new SheetRefusedException(FileProblem.Type(Path.GetExtension(fileName)));
        return new XlsWorkbook(open);
    }

    public override void Dispose()
    {
        // Every reader is closed by whoever opened it.
    }

    internal IExcelDataReader Reader()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return ExcelReaderFactory.CreateBinaryReader(open());
    }

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
            throw new SheetRefusedException(FileProblem.Unreadable("the workbook is broken"));
        }
    }

    // The names in the directory of a compound file stand at multiples of 128 bytes, with their length behind them.
    private static bool Names(Stream stream, string name)
    {
        stream.Position = 0;
        var wanted = Encoding.Unicode.GetBytes(name);
        var entry = new byte[DirectoryEntryBytes];
        using var buffered = new BufferedStream(stream, 1 << 16);
        while (buffered.ReadAtLeast(entry, entry.Length, throwOnEndOfStream: false) == entry.Length)
        {
            if (entry.AsSpan().StartsWith(wanted) && BitConverter.ToUInt16(entry, NameAt) == wanted.Length + 2) return true;
        }

        return false;
    }
}

/// <summary>A sheet of such a workbook.</summary>
internal sealed class XlsSheet(XlsWorkbook workbook, int index, (string Name, bool IsHidden) called) : WorkbookSheet(called.Name, called.IsHidden)
{
    public override IEnumerable<WorkbookRow> Rows(SheetOddities oddities)
    {
        using var reader = XlsWorkbook.Guarded(workbook.Reader);
        XlsWorkbook.Guarded(() => Enumerable.Range(0, index).All(_ => reader.NextResult()));
        foreach (var merged in XlsWorkbook.Guarded(() => reader.MergeCells) ?? []) oddities.Merged.Add($"{merged}");
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
