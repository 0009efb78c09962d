
namespace ContributionEngine.Core;

/// <summary>Dated figures, and tables with every cell.</summary>
internal static class FigureRows
{
    public static IReadOnlyList<PackRow> Figures(PackFile file) =>
    [
        .. file.Figures.Select(figure => PackRow.Of(figure.Id, Wording.WithUnit(file, figure.Value, figure.Unit), (figure.Source, figure.Confidence), figure.Note) with { From = $"{figure.From}", To = $"{figure.To}" }),
    ];

    public static IReadOnlyList<PackRow> Tables(PackFile file) => [.. file.Tables.SelectMany(table => Table(file, table))];

    private static IEnumerable<PackRow> Table(PackFile file, ValueTable table)
    {
        var head = PackRow.Of($"table {table.Id}", $"by {Wording.Key(table.Key)}; {string.Join(", ", table.Columns.Select(column => Column(file, column)))}", (table.Source, table.Confidence), table.Note) with { From = $"{table.From}", To = $"{table.To}" };
        yield return head;
        if (table.Incomplete is { } why) yield return head.Further("incomplete", why) with { Mark = "?" };
        foreach (var row in table.Rows) yield return head.Further($"class {row.Class}", $"{Edges(row)}{string.Join(", ", row.Values.Select(cell => $"{cell.Key} {Cell(file, cell.Value, table.Columns[cell.Key])}"))}") with { Mark = head.Mark };
    }

    // The currency stands in the head of the table.
    private static string Column(PackFile file, KeyValuePair<string, string> column) => column.Value == "money" ? $"{column.Key} ({file.Currency})" : column.Key;

    private static string Cell(PackFile file, Ratio value, string unit) => unit == "money" ? Wording.Money(file, value) : Wording.WithUnit(file, value, unit);

    private static string Edges(TableRow row) => row.From is not { } from ? "" : row.To is { } to ? $"{from} to under {to}: " : $"{from} and more: ";
}
