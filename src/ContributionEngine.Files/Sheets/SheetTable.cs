namespace ContributionEngine.Files;

/// <summary>What a column of a table that we write holds.</summary>
public enum ColumnKind
{
    /// <summary>Text as it stands, also where it looks like a number: ids keep their zeros.</summary>
    Text,

    /// <summary>Amounts in major units.</summary>
    Amount,

    /// <summary>Days.</summary>
    Day,
}

/// <summary>A column of a table that we write.</summary>
/// <param name="Meaning">What to write in it, for people.</param>
public sealed record SheetColumn(string Header, string Meaning)
{
    public ColumnKind Kind { get; init; }

    /// <summary>In letters.</summary>
    public int Width { get; init; } = 16;

    /// <summary>What a workbook offers to choose from; empty: anything goes.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}

/// <summary>A table that we write as a workbook or as CSV. Every cell is text; an empty one is left empty.</summary>
/// <param name="Name">Name of the workbook's sheet.</param>
/// <param name="Decimals">Of amounts.</param>
public sealed record SheetTable(string Name, IReadOnlyList<SheetColumn> Columns, IEnumerable<IReadOnlyList<string>> Rows, int Decimals = 2);
