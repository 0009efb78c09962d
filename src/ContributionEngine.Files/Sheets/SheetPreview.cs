using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>A row of a file as it stands there.</summary>
/// <param name="Row">Physical line, or row of the sheet, from 1.</param>
public sealed record PreviewRow(long Row, IReadOnlyList<string> Cells);

/// <summary>How a file begins, for a person who has to say what its columns are.</summary>
/// <param name="Sheets">Names of a workbook's sheets; empty for a text.</param>
/// <param name="Sheet">The sheet whose rows these are; null for a text.</param>
public sealed record SheetPreview(IReadOnlyList<string> Sheets, string? Sheet, IReadOnlyList<PreviewRow> Rows)
{
    /// <summary>Rows that are shown.</summary>
    public const int RowsShown = 12;

    /// <summary>Of each row so many cells are shown.</summary>
    public const int CellsShown = 40;

    /// <summary>Reads the first rows of a file. Refusals: F02, F03, F04, F05, F13.</summary>
    /// <param name="sheet">The sheet to read; null: the first with rows.</param>
    public static Outcome<SheetPreview> Of(Func<Stream> open, string fileName, string? sheet)
    {
        if (!SheetFile.Open(open, fileName).Ok(out var file, out var refusal)) return refusal;
        using var letGo = file;
        SheetPreview? preview = null;
        refusal = SheetFile.Guarded(() =>
        {
            preview = file.Begins(sheet);
            return null;
        });
        return refusal is null ? preview! : refusal;
    }

    /// <summary>The field that a header is usually the name of; null when it is none.</summary>
    public static string? FieldOf(string header) => ColumnNames.FieldOf(header);

    internal static PreviewRow Shown(SheetRecord record) => new(record.Row, [.. Enumerable.Range(0, Math.Min(record.Count, CellsShown)).Select(column => record[column])]);
}
