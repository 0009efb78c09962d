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
            writer.WriteLine(format == "csv"
                ? string.Join(',', row.Select((cell, i) => table.IsText[i] ? CsvCells.Text(cell) : CsvCells.Plain(cell)))
                : JsonSerializer.Serialize(table.Columns.Zip(row).ToDictionary(cell => cell.First, cell => cell.Second), Printer.Json));
        }
    }
}
