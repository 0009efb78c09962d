using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>The header that was found, the records that it heads, and what is known of the file so far.</summary>
internal sealed record FoundSheet<T>(Header<T> Header, SheetSource Source, Understanding Facts);

/// <summary>
/// A file as somebody sent it. Whatever it is, told by its content and not by its name, it gives the records of one sheet: a
/// CSV, a workbook of either format, a payment callback, or a zip with one of these.
/// </summary>
internal sealed class SheetFile : IDisposable
{
    private readonly List<IDisposable> held = [];
    private string? inZip;
    private Workbook? workbook;
    private SheetSource? text;

    private SheetFile()
    {
    }

    /// <summary>Opens a file. Refusals: F02, F03, F04, F05, F06, F13.</summary>
    public static Outcome<SheetFile> Open(Func<Stream> open, string fileName)
    {
        var file = new SheetFile();
        if (Guarded(() => file.Look(open, fileName)) is not { } refusal) return file;
        file.Dispose();
        return refusal;
    }

    /// <summary>Runs what reads a file, and gives the refusal that it ended in.</summary>
    public static Refusal? Guarded(Func<Refusal?> read)
    {
        try
        {
            return read();
        }
        catch (SheetRefusedException refused)
        {
            return refused.Refusal;
        }
    }

    /// <summary>Finds the sheet and its header. Refusals: F04, F06, F12.</summary>
    /// <param name="fit">How well a row serves as the header.</param>
    public Outcome<FoundSheet<T>> Find<T>(SheetMap? map, Func<IReadOnlyList<string>, HeaderFit<T>> fit)
        where T : class
    {
        if (workbook is not null) return FindSheet(map, fit);
        var search = HeaderRow.Find(text!.Records(), map?.HeaderRow, fit);
        if (search.Header is not { } header) return search.Refusal!;
        var facts = text is CsvSource csv
            ? new Understanding { Format = "csv", Encoding = TextEncoding.NameOf(csv.Encoding), Delimiter = csv.Mark }
            : new Understanding { Format = "json" };
        return new FoundSheet<T>(header, text, facts with { InZip = inZip, HeaderRow = header.Row, Tidied = [.. Above(header)] });
    }

    /// <summary>The first rows with content.</summary>
    public SheetPreview Begins(string? sheet)
    {
        if (workbook is null) return new SheetPreview([], null, Shown(text!.Records()));
        var names = workbook.Sheets.Select(one => one.Name).ToList();
        var asked = workbook.Sheets.Where(one => sheet is null || string.Equals(one.Name, sheet, StringComparison.OrdinalIgnoreCase));
        var first = asked.Select(one => (one.Name, Rows: Shown(one.Rows(new SheetOddities())))).FirstOrDefault(one => one.Rows.Count > 0);
        return new SheetPreview(names, first.Name, first.Rows ?? []);
    }

    public void Dispose()
    {
        foreach (var part in Enumerable.Reverse(held)) part.Dispose();
    }

    private static List<PreviewRow> Shown(IEnumerable<SheetRecord> records) => [.. records.Take(SheetPreview.RowsShown).Select(SheetPreview.Shown)];

    private static IEnumerable<SheetNote> Above<T>(Header<T> header) => header.Above == 0 ? [] :
    [
        new(Particulars.Of("above", ("n", $"{header.Above}")), header.Above == 1 ? "1 row above the header was passed over." : $"{header.Above} rows above the header were passed over."),
    ];

    private Refusal? Look(Func<Stream> open, string fileName)
    {
        using var stream = open();
        if (stream.Length > SheetLimits.BytesMax) return FileProblem.TooLarge(stream.Length, SheetLimits.BytesMax);
        var head = new byte[TextEncoding.HeadBytes];
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (head.Length == 0) return FileProblem.Empty();
        if (head.AsSpan().StartsWith("PK"u8)) return LookInto(Keep(SafeArchive.Of(open)), fileName);
        if (head.AsSpan().StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0])) return Take(XlsWorkbook.Of(open, fileName));
        if (FileKinds.Other(head) is { } help) return FileProblem.Type(fileName, help);
        if (FileKinds.IsJson(head)) return Taken(CallbackSource.Of(open), out text);
        return Taken(CsvSource.Of(open, head), out text);
    }

    private Refusal? LookInto(SafeArchive archive, string fileName)
    {
        if (archive.Has("xl/workbook.bin") || FileKinds.IsOtherOffice(archive.Names)) return FileProblem.Type(fileName);
        if (archive.Has("[Content_Types].xml")) return Take(XlsxWorkbook.Of(archive));
        if (inZip is not null) return FileProblem.Unreadable("it is a zip within a zip", "Send the sheet itself.");
        var names = archive.Names.Where(FileKinds.IsContent).ToList();
        if (names.Count == 0) return FileProblem.Empty();
        if (names.Count > 1) return FileProblem.Unreadable($"the zip holds {names.Count} files", "Send a zip with one sheet, or the sheet itself.");
        inZip = Path.GetFileName(names[0]);
        var unpacked = Keep(new TemporaryFile());
        using (var content = archive.Open(names[0], isMarkup: false)) content.CopyTo(unpacked.Target);
        archive.Dispose();
        return Look(unpacked.Open, inZip);
    }

    private Outcome<FoundSheet<T>> FindSheet<T>(SheetMap? map, Func<IReadOnlyList<string>, HeaderFit<T>> fit)
        where T : class
    {
        var sheets = workbook!.Sheets;
        var asked = map?.Sheet is { } told ? [.. sheets.Where(sheet => string.Equals(sheet.Name, told, StringComparison.OrdinalIgnoreCase))] : sheets;
        if (asked.Count == 0) return map?.Sheet is { } missing ? FileProblem.NoSheet(missing, sheets.Select(sheet => sheet.Name)) : FileProblem.Empty();
        var tried = asked.Select(sheet => (Sheet: sheet, Search: HeaderRow.Find(sheet.Rows(new SheetOddities()), map?.HeaderRow, fit))).ToList();
        var fitting = tried.Where(pair => pair.Search.Header is not null).ToList();
        if (fitting.Count == 0) return tried.MaxBy(pair => pair.Search.Named).Search.Refusal!;
        if (fitting.Count > 1 && fitting.Where(pair => pair.Sheet.Rows(new SheetOddities()).Any(row => row.Row > pair.Search.Header!.Row)).ToList() is { Count: > 0 } filled) fitting = filled;
        if (fitting.Count > 1) return FileProblem.TwoSheets(fitting.Select(pair => pair.Sheet.Name));
        var (chosen, header) = (fitting[0].Sheet, fitting[0].Search.Header!);
        var oddities = new SheetOddities();
        var source = Keep(Spool.Of(chosen.Rows(oddities)));
        workbook.Dispose();
        return new FoundSheet<T>(header, source, new Understanding
        {
            Format = workbook.Format,
            InZip = inZip,
            Sheet = chosen.Name,
            HeaderRow = header.Row,
            Tidied = [.. Above(header), .. SheetNotes(chosen), .. oddities.Notes],
        });
    }

    private IEnumerable<SheetNote> SheetNotes(WorkbookSheet chosen)
    {
        if (chosen.IsHidden) yield return Of("hidden_sheet", chosen, "The sheet “{0}” is hidden; it was read all the same.");
        foreach (var other in workbook!.Sheets.Where(sheet => sheet != chosen)) yield return Of("other_sheet", other, $"The{(other.IsHidden ? " hidden" : "")} sheet “{{0}}” was not read.");

        static SheetNote Of(string variant, WorkbookSheet sheet, string sentence) => new(Particulars.Of(variant, ("sheet", sheet.Name)), sentence.Replace("{0}", sheet.Name, StringComparison.Ordinal));
    }

    private Refusal? Take(Workbook opened)
    {
        workbook = Keep(opened);
        return null;
    }

    private static Refusal? Taken<T>(Outcome<T> outcome, out SheetSource? source)
        where T : SheetSource
    {
        source = outcome.Ok(out var taken, out var refusal) ? taken : null;
        return refusal;
    }

    private T Keep<T>(T part)
        where T : IDisposable
    {
        held.Add(part);
        return part;
    }
}
