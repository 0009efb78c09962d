using ContributionEngine.Core;

namespace ContributionEngine.Web.Pages;

/// <summary>How the cells of a report are written for a reader.</summary>
internal static class ReportCells
{
    /// <summary>How many rows a page shows of a table; those after them are on the next pages of the report, and the file has all.</summary>
    public const int RowsMax = 100;

    private static readonly string[] Texts = ["agreement", "organisation", "name", "season", "from", "to", "currency", "reason", "remittance", "cut_on", "step", "as_of", "by", "oldest", "oldest_due", "month", "way", "period", "due_on", "state", "sent_on"];

    /// <summary>Amounts and counts line up at their right.</summary>
    public static string? Class(string column) => Texts.Contains(column) ? null : "n";

    public static string Written(Tongue tongue, string column, object? cell) => cell switch
    {
        null => "–",
        Money amount => tongue.Amount(amount),
        long count => tongue.Number(count),
        Ratio percent => tongue["reports.percent", percent],
        DateOnly day => tongue.Day(day),
        string word => Worded(tongue, column, word),
        _ => throw new InvalidOperationException($"{column} holds a {cell.GetType().Name}, which no page can write."),
    };

    // Custody is told by days and by why it waits, both in one column.
    private static string Worded(Tongue tongue, string column, string word) => column switch
    {
        "season" or "month" or "period" => tongue.Month(word),
        "reason" => tongue.Word("case", word),
        "step" => tongue.Word("state", word),
        "way" => tongue.Word("reports.way", word),
        "state" => tongue.Word("reports.sheet", word),
        "by" => tongue.Word("reports.by", word),
        "name" when tongue.Has($"reports.days.{word}") => tongue.Word("reports.days", word),
        "name" when tongue.Has($"reports.why.{word}") => tongue.Word("reports.why", word),
        _ => word,
    };
}
