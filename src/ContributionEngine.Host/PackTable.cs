using ContributionEngine.Core;

namespace ContributionEngine.Host;

/// <summary>What a pack says, for a terminal and for programs.</summary>
internal static class PackTable
{
    private const int NoteLength = 32;

    /// <summary>One row for each thing, each to be read alone.</summary>
    public static IReadOnlyList<object> Of(Pack pack) => [.. PackFigures.Of(pack).SelectMany(block => block.Rows).Select(row => Cells(row.Name, row))];

    /// <summary>For a table on a screen: blocks under their names, parts under what they belong to.</summary>
    public static IReadOnlyList<object> Drawn(Pack pack) =>
    [
        .. PackFigures.Of(pack).Where(block => block.Rows.Count > 0).SelectMany((block, i) =>
            (i == 0 ? [] : new[] { Cells("", new PackRow("", "")) })
            .Append(Cells(block.Name.ToUpperInvariant(), new PackRow("", "")))
            .Concat(block.Rows.SelectMany(Lines))),
    ];

    // A long note stands under its thing, where there is room for sentences.
    private static IEnumerable<object> Lines(PackRow row)
    {
        var isLong = row.Note?.Length > NoteLength;
        yield return Cells(row.Part is null ? row.What : $"  {row.Part}", row, isLong ? null : row.Note);
        if (isLong) yield return Cells("  note", new PackRow(row.What, row.Note!));
    }

    private static object Cells(string what, PackRow row, string? note) => new { what, value = row.Value, from = row.From, to = row.To, source = row.Marked, note = note ?? "" };

    private static object Cells(string what, PackRow row) => Cells(what, row, row.Note);
}
