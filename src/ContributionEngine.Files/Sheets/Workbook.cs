namespace ContributionEngine.Files;

/// <summary>A workbook, whichever format it has.</summary>
internal abstract class Workbook : IDisposable
{
    /// <summary><c>xlsx</c> or <c>xls</c>.</summary>
    public abstract string Format { get; }

    public abstract IReadOnlyList<WorkbookSheet> Sheets { get; }

    public abstract void Dispose();
}

/// <summary>A sheet of a workbook.</summary>
internal abstract class WorkbookSheet(string name, bool isHidden)
{
    public string Name => name;

    public bool IsHidden => isHidden;

    /// <summary>The rows with content, in order.</summary>
    /// <param name="oddities">Takes in what a person should know of them.</param>
    public abstract IEnumerable<WorkbookRow> Rows(SheetOddities oddities);

    /// <summary>What people call a cell, such as B3.</summary>
    /// <param name="row">From 1.</param>
    /// <param name="column">From 0.</param>
    protected static string Place(long row, int column)
    {
        var letters = "";
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26) letters = (char)('A' + ((rest - 1) % 26)) + letters;
        return $"{letters}{row}";
    }
}

/// <summary>What a sheet has besides rows and cells.</summary>
internal sealed class SheetOddities
{
    public RowList HiddenRows { get; } = new();

    public RowList FormulasWithoutValue { get; } = new();

    public RowList Merged { get; } = new();

    public IEnumerable<SheetNote> Notes =>
    [
        .. HiddenRows.Note("hidden_rows", "The hidden row # was read all the same.", "The hidden rows # were read all the same."),
        .. FormulasWithoutValue.Note("formulas", "The formula in # has no value and was read as empty.", "The formulas in # have no values and were read as empty."),
        .. Merged.Note("merged", "Of the merged cells # only the first has a value.", "Of the merged cells # only the first of each has a value."),
    ];
}

/// <summary>A row of a sheet. The same one is filled again and again.</summary>
internal sealed class WorkbookRow : SheetRecord
{
    private readonly SheetCell?[] cells = new SheetCell?[SheetLimits.ColumnsMax];
    private long row;
    private int count;

    public override long Row => row;

    public override int Count => count;

    public bool IsBlank { get; private set; }

    public override string this[int column] => Cell(column).Text is { } text ? CellText.Tidied(text) is var tidy && tidy.Length == text.Length ? text : tidy.ToString() : "";

    public override ReadOnlySpan<char> Span(int column) => CellText.Tidied(Cell(column).Text);

    public override string Verbatim(int column) => Cell(column).Text ?? "";

    public override CellKind Kind(int column) => Cell(column).Kind;

    /// <summary>Begins another row.</summary>
    public void StandAt(long at)
    {
        Array.Clear(cells, 0, count);
        (row, count, IsBlank) = (at, 0, true);
    }

    /// <summary>Puts a cell in its column. Refusals, thrown: F12 beyond the last column that is read, F13 a column filled twice.</summary>
    public void Put(int column, SheetCell cell)
    {
        if (cell.Text.Length == 0) return;
        if (column >= cells.Length) throw new SheetRefusedException(FileProblem.TooMany("columns", SheetLimits.ColumnsMax));
        if (cells[column] is not null) throw SheetRefusedException.Unreadable($"row {row} has a cell twice");
        cells[column] = cell;
        count = Math.Max(count, column + 1);
        IsBlank &= CellText.Tidied(cell.Text).IsEmpty;
    }

    private SheetCell Cell(int column) => column >= 0 && column < count ? cells[column].GetValueOrDefault() : default;
}
