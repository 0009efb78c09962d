namespace ContributionEngine.Files;

/// <summary>What a cell is held as. Only workbooks tell numbers and dates from text.</summary>
public enum CellKind
{
    Text,
    Number,
    Date,
}

/// <summary>One cell.</summary>
/// <param name="Text">What it says: a number with a decimal point and at most 15 digits, a date as yyyy-MM-dd, a text as it is.</param>
public readonly record struct SheetCell(string Text, CellKind Kind = CellKind.Text);

/// <summary>The record that a reader stands on, valid until the next one is read.</summary>
internal abstract class SheetRecord
{
    /// <summary>Physical line where the record begins, the file's first line being 1; in a workbook the sheet row.</summary>
    public abstract long Row { get; }

    public abstract int Count { get; }

    /// <summary>The cell without what nobody sees or means; empty when the record is shorter.</summary>
    public virtual string this[int column] => Span(column).ToString();

    /// <summary>The same without a string of its own.</summary>
    public abstract ReadOnlySpan<char> Span(int column);

    /// <summary>The cell exactly as it was sent.</summary>
    public abstract string Verbatim(int column);

    public virtual CellKind Kind(int column) => CellKind.Text;
}

/// <summary>The records of one sheet that have content, in order, as often as they are asked for.</summary>
internal abstract class SheetSource
{
    public abstract IEnumerable<SheetRecord> Records();
}

/// <summary>A file turned out, on the way, to be one that is refused.</summary>
internal sealed class SheetRefusedException(Core.Refusal refusal) : Exception(refusal.Detail)
{
    public Core.Refusal Refusal { get; } = refusal;

    /// <summary>F13.</summary>
    public static SheetRefusedException Unreadable(string why) => new(FileProblem.Unreadable(why));
}
