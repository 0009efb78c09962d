using System.Text;

namespace ContributionEngine.Files;

/// <summary>Writes a table as CSV, in UTF-8 with a mark at the start, so that a spreadsheet shows accents as they are.</summary>
public static class CsvTable
{
    public static void Write(Stream target, SheetTable table)
    {
        using var writer = new StreamWriter(target, new UTF8Encoding(true), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', table.Columns.Select(column => CsvCells.Text(column.Header))));
        foreach (var row in table.Rows) writer.WriteLine(string.Join(',', row.Select(cell => CsvCells.Text(cell.Text))));
    }
}
