namespace ContributionEngine.Files;

/// <summary>A column of a table that we write.</summary>
/// <param name="Meaning">What to write in it, for people; empty when that needs no word.</param>
public sealed record SheetColumn(string Header, string Meaning)
{
    /// <summary>What its cells are for whoever fills them in. In a text column ids keep their zeros.</summary>
    public CellKind Kind { get; init; } = CellKind.Text;

    /// <summary>In letters.</summary>
    public int Width { get; init; } = 16;

    /// <summary>What a workbook offers to choose from; empty: anything goes.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}

/// <summary>A table that we write as a workbook or as CSV. A cell of the kind number is written as one; anything else as the text that it is.</summary>
/// <param name="Name">Name of the workbook's sheet.</param>
public sealed record SheetTable(string Name, IReadOnlyList<SheetColumn> Columns, IEnumerable<IReadOnlyList<SheetCell>> Rows)
{
    /// <summary>Of numbers.</summary>
    public int Decimals { get; init; } = 2;
}
