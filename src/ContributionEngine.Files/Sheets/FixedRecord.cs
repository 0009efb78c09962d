namespace ContributionEngine.Files;

/// <summary>A record with what a person has put in the place of some of its cells, in front of any column that there is.</summary>
internal sealed class FixedRecord : SheetRecord
{
    private readonly Dictionary<int, string> put;

    private FixedRecord(SheetRecord sent, Dictionary<int, string> put) => (Sent, this.put) = (sent, put);

    /// <summary>The record as it stands in the file.</summary>
    public SheetRecord Sent { get; }

    public override long Row => Sent.Row;

    public override int Count => Sent.Count;

    /// <summary>The record with its fixes; itself when there are none.</summary>
    public static SheetRecord Of(SheetRecord sent, ReceiptLayout layout, Func<long, string, string?> fix)
    {
        Dictionary<int, string>? put = null;
        foreach (var field in ReceiptLayout.Fields)
        {
            if (fix(sent.Row, field) is { } text && layout.ColumnOf(field) is >= 0 and var column) (put ??= [])[column] = text;
        }

        return put is null ? sent : new FixedRecord(sent, put);
    }

    public bool Puts(int column) => put.ContainsKey(column);

    public override ReadOnlySpan<char> Span(int column) => put.TryGetValue(column, out var text) ? text : Sent.Span(column);

    public override string Verbatim(int column) => put.GetValueOrDefault(column) ?? Sent.Verbatim(column);

    public override CellKind Kind(int column) => Puts(column) ? CellKind.Text : Sent.Kind(column);
}
