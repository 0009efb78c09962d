using System.Text.Json.Serialization;

namespace ContributionEngine.Core;

/// <summary>A dated table: the member falls in one row, which gives amounts, rates, bases or factors.</summary>
/// <param name="Key">What finds the row: <c>income</c> or <c>tenure_month</c> (rows with edges), or an input of the pack (rows by its words).</param>
/// <param name="Columns">Unit by column name: money, percent or number.</param>
public sealed record ValueTable(string Id, string Key, Period? From, Period? To, IReadOnlyDictionary<string, string> Columns, IReadOnlyList<TableRow> Rows, string Source, Confidence Confidence)
{
    public string? Note { get; init; }

    /// <summary>Why rows or cells are missing; null: none may be.</summary>
    public string? Incomplete { get; init; }

    public bool HoldsOn(DateOnly day) => (From is null || day >= From.Value.First) && (To is null || day <= To.Value.Last);

    /// <summary>True when rows are found by half-open edges and not by words.</summary>
    [JsonIgnore]
    public bool HasEdges { get; } = Key is Keys.Income or Keys.TenureMonth;

    /// <summary>Place of the row whose edges hold a number; -1: none.</summary>
    public int RowAt(Ratio number)
    {
        for (var i = 0; i < Rows.Count; i++)
        {
            var row = Rows[i];
            if ((row.To is not { } to || number < to) && row.From is { } from && number >= from) return i;
        }

        return -1;
    }

    /// <summary>Place of the row of a word; -1: none.</summary>
    public int RowOf(string word)
    {
        for (var i = 0; i < Rows.Count; i++)
        {
            if (Rows[i].Class == word) return i;
        }

        return -1;
    }
}

/// <summary>The keys of tables that are numbers.</summary>
internal static class Keys
{
    public const string Income = "income";
    public const string TenureMonth = "tenure_month";
}

/// <summary>One row of a table.</summary>
/// <param name="Class">Its name; for an input, the word that finds it.</param>
/// <param name="Values">By column.</param>
public sealed record TableRow(string Class, IReadOnlyDictionary<string, Ratio> Values)
{
    /// <summary>Lower edge, inside.</summary>
    public Ratio? From { get; init; }

    /// <summary>Upper edge, outside; null in the last row.</summary>
    public Ratio? To { get; init; }
}
