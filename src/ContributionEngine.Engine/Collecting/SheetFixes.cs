using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What people have put right in an upload since it came: single cells, and rows that are left out for good.</summary>
public sealed class SheetFixes
{
    /// <summary>Nothing: the file as it came.</summary>
    public static SheetFixes None { get; } = new([]);

    /// <summary>Under this name stands why a row is left out; no field of a file is called so.</summary>
    internal const string LeaveOut = "left_out";

    private readonly Dictionary<(long Row, string Field), string> cells;
    private readonly Dictionary<long, string> leftOut;

    private SheetFixes(IReadOnlyList<StoredFix> fixes)
    {
        cells = fixes.Where(fix => fix.Field != LeaveOut).ToDictionary(fix => (fix.RowNo, fix.Field), fix => fix.Value);
        leftOut = fixes.Where(fix => fix.Field == LeaveOut).ToDictionary(fix => fix.RowNo, fix => fix.Value);
    }

    internal bool HasCells => cells.Count > 0;

    internal static async Task<SheetFixes> Of(Work work, long upload) => new(await work.RowFixes.Of(upload));

    internal string? Cell(long row, string field) => cells.GetValueOrDefault((row, field));

    /// <summary>Why a person has left the row out; null when nobody has.</summary>
    internal string? WhyLeftOut(long row) => leftOut.GetValueOrDefault(row);

    internal bool IsLeftOut(long row) => leftOut.ContainsKey(row);

    /// <summary>Fields of a row on which there is a word.</summary>
    internal IEnumerable<string> FieldsOf(long row) => cells.Keys.Where(key => key.Row == row).Select(key => key.Field).Concat(IsLeftOut(row) ? [LeaveOut] : []);
}
