using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A report's rows as a file: amounts with a point, days as <c>yyyy-MM-dd</c>, whatever the reader's language.</summary>
public static class ReportCsv
{
    public static string Of(ReportTable table)
    {
        var file = new StringBuilder().AppendJoin(',', table.Columns).Append('\n');
        foreach (var row in table.Rows) file.AppendJoin(',', row.Select(Cell)).Append('\n');
        return file.ToString();
    }

    private static string Cell(object? cell) => cell switch
    {
        Money amount => amount.ToMajor(),
        DateOnly day => Values.Text(day),
        string text => CsvCells.Text(text),
        _ => CsvCells.Plain(cell?.ToString()),
    };
}
