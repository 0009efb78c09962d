using System.Text;

namespace ContributionEngine.Files;

/// <summary>
/// Writes rows of a file again with what to fix behind them, so that they read back as the same rows: a CSV in its own bytes
/// and with its own delimiter, anything else as a CSV with commas.
/// </summary>
/// <param name="own">The columns that are the treasurer's own.</param>
internal sealed class ErrorsCsv(CsvSource? csv, IReadOnlyList<int> own, ReceiptLayout layout)
{
    private readonly char mark = csv?.Mark ?? ',';

    /// <summary>The two columns' own headers.</summary>
    public static (string WhatToFix, string Code) Header => (ErrorColumns.WhatToFix, ErrorColumns.Code);

    public StreamWriter Writer(Stream target) =>
        new(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: csv is not null && (csv.IsMarked || csv.Encoding is not UTF8Encoding)), leaveOpen: true) { NewLine = "\n" };

    /// <summary>Writes a record: a line as it came, when its cells are all the treasurer's own.</summary>
    public void Write(StreamWriter writer, SheetRecord record, (string WhatToFix, string Code) fix)
    {
        if (record is CsvRecord line && own[^1] == own.Count - 1 && line.Count <= own.Count) writer.Write(line.Raw + new string(mark, own.Count - line.Count));
        else writer.Write(string.Join(mark, own.Select(i => Quoted(Text(record, i)))));
        var what = CsvCells.Text(fix.WhatToFix);
        writer.WriteLine($"{mark}{(what.Contains(mark) && what[0] != '"' ? $"\"{what}\"" : what)}{mark}{fix.Code}");
    }

    // A number of a workbook is written with the decimal mark of its column, and never so that the mark could be taken for a thousands mark.
    private string Text(SheetRecord record, int column)
    {
        var text = record.Verbatim(column);
        var point = text.IndexOf('.');
        if (point < 0 || record.Kind(column) != CellKind.Number || layout.MarkOf(column) is not { } decimalMark) return text;
        return $"{text[..point]}{decimalMark}{text[(point + 1)..]}{(text.Length - point == 4 ? "0" : "")}";
    }

    private string Quoted(string text) => text.Contains(mark) || text.AsSpan().ContainsAny("\"\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
