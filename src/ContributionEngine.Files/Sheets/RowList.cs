using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Rows or cells that a note names: how many there were, and the first of them.</summary>
internal sealed class RowList
{
    private const int NamedMax = 10;
    private readonly List<string> first = [];

    public long Count { get; private set; }

    public void Add(object place)
    {
        if (++Count <= NamedMax) first.Add($"{place}");
    }

    /// <summary>Such as <c>12, 13 and 4 more</c>.</summary>
    public override string ToString() => Count switch
    {
        1 => first[0],
        <= NamedMax => $"{string.Join(", ", first.Take(first.Count - 1))} and {first[^1]}",
        _ => $"{string.Join(", ", first)} and {Count - NamedMax} more",
    };

    /// <summary>The note, when there is anything to note.</summary>
    /// <param name="variant">Which of the notes it is, for another language.</param>
    public IEnumerable<SheetNote> Note(string variant, string one, string many) => Count == 0 ? [] :
    [
        new(Particulars.Of(variant, ("rows", string.Join(", ", first) + (Count > NamedMax ? ", …" : ""))), $"{(Count == 1 ? one : many).Replace("#", ToString(), StringComparison.Ordinal)}"),
    ];
}
