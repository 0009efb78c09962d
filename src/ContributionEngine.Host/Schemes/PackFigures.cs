using ContributionEngine.Core;

namespace ContributionEngine.Host;

/// <summary>A pack as one list for the one who holds it against the law: every figure, rule and choice, with source and mark.</summary>
internal static class PackFigures
{
    private const int NoteLength = 32;

    /// <summary>One row for each thing, each to be read alone.</summary>
    public static IReadOnlyList<object> Of(Pack pack) => [.. Blocks(pack.File).SelectMany(block => block.Rows).Select(row => Cells(row.Name, row))];

    /// <summary>For a table on a screen: blocks under their names, parts under what they belong to.</summary>
    public static IReadOnlyList<object> Drawn(Pack pack) =>
    [
        .. Blocks(pack.File).Where(block => block.Rows.Count > 0).SelectMany((block, i) =>
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

    private static List<(string Name, IReadOnlyList<PackRow> Rows)> Blocks(PackFile file)
    {
        List<(string Name, IReadOnlyList<PackRow> Rows)> blocks =
        [
            ("figures", FigureRows.Figures(file)),
            ("tables", FigureRows.Tables(file)),
            ("facts", FactRows.Of(file)),
            ("amounts", ItemRows.Of(file)),
            ("rounding", ItemRows.Rounding(file)),
            ("due dates", DueRows.Of(file)),
            ("holidays", DueRows.Holidays(file)),
            ("late charges", LateRows.Of(file)),
            ("order of payment", PaymentRows.Of(file)),
            ("entitlement", EntitlementRows.Of(file)),
            ("agreement", AgreementRows.Of(file)),
            ("not known", AgreementRows.Unknown(file)),
        ];
        return [("pack", [.. HeaderRows.Of(file), Choices(blocks)]), .. blocks];
    }

    private static PackRow Choices(IEnumerable<(string Name, IReadOnlyList<PackRow> Rows)> blocks)
    {
        var chosen = blocks.SelectMany(block => block.Rows).Where(row => row.IsChoice).Select(row => row.Name).ToList();
        var counted = chosen.GroupBy(name => name).Select(names => names.Count() == 1 ? names.Key : $"{names.Key} ({names.Count()} times)");
        return new PackRow("author's choices", chosen.Count == 0 ? "none" : string.Join("; ", counted)) { Mark = chosen.Count == 0 ? null : "C" };
    }
}
