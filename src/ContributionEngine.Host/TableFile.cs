using System.Text;
using System.Text.Json;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Host;

/// <summary>Writes an export as it streams from the database.</summary>
internal static class TableFile
{
    public static async Task Write(ExportTable table, string format, Stream target, CancellationToken stop)
    {
        await using var writer = new StreamWriter(target, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
        if (format == "csv") await writer.WriteLineAsync(string.Join(',', table.Columns));
        await foreach (var row in table.Rows.WithCancellation(stop))
        {
            writer.WriteLine(format == "csv" ? string.Join(',', row.Select(Cell)) : JsonSerializer.Serialize(table.Columns.Zip(row).ToDictionary(cell => cell.First, cell => cell.Second), Printer.Json));
        }
    }

    // A negative amount is a number and not a formula.
    private static string Cell(string? cell) => cell is { Length: > 1 } && cell[0] == '-' && char.IsAsciiDigit(cell[1]) && cell.AsSpan(1).IndexOfAnyExcept("0123456789.") < 0
        ? cell
        : CsvCells.Text(cell);
}
