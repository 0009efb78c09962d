using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>How the records under a header are receipts. The first pass shows it every record; then it decides, and reads them.</summary>
internal abstract class ReceiptLayout
{
    /// <summary>The columns of a receipts table; those of an errors file that comes back are among them.</summary>
    public static readonly IReadOnlyList<string> Fields =
    [
        "member_no", "national_id", "amount", "received_on", "receipt_no", "currency", "period", "component", "method", "reference", "member_name", "event_kind", "event_value", "event_quantity",
        ErrorColumns.Code,
    ];

    /// <summary>Rows seen so far.</summary>
    public long Rows { get; protected set; }

    /// <summary>A mobile-money statement or callback.</summary>
    public virtual string? Statement => null;

    /// <summary>Where a field is read from, also when only a person can say it; -1 when such a row has no such field.</summary>
    public abstract int ColumnOf(string field);

    /// <summary>How well a row serves as the header of receipts.</summary>
    public static HeaderFit<ReceiptLayout> Fit(IReadOnlyList<string> names, SheetTerms terms)
    {
        if (StatementColumns.Of(names) is { } statement) return new HeaderFit<ReceiptLayout>(names.Count, new StatementLayout(statement, terms), null);
        var columns = ColumnNames.Of(names, Fields, terms);
        var missing = Missing(columns);
        if (missing is null && columns.Fault is null) return new HeaderFit<ReceiptLayout>(columns.Count, new TableLayout(columns, terms), null);
        var why = columns.Fault ?? (columns.Count == 0 ? FileProblem.NoHeader(missing!) : FileProblem.Column(missing!));
        return new HeaderFit<ReceiptLayout>(columns.Count, null, why) { IsDoubtful = missing is null };
    }

    /// <summary>Looks at a record in the first pass.</summary>
    public abstract Refusal? See(SheetRecord record);

    /// <summary>Decides how the columns are written. Refusals: F04, F07, F14.</summary>
    public abstract Refusal? Decide();

    /// <summary>The receipt of a record; null for a record that is none.</summary>
    public abstract ReceiptRow? Read(SheetRecord record);

    /// <summary>The decimal mark that a column of amounts was read with; null for any other column.</summary>
    public abstract char? MarkOf(int column);

    /// <summary>Adds to what is known of the file what this layout understood.</summary>
    public abstract Understanding Understood(Understanding file);

    /// <summary>A column behind all that a file can have, for a field that has none in it.</summary>
    protected static int Added(string field) => SheetLimits.ColumnsMax + Fields.ToList().IndexOf(field);

    private static string? Missing(ColumnNames columns) =>
        !columns.Has("member_no") && !columns.Has("national_id") ? "member_no" : !columns.Has("amount") ? "amount" : !columns.Has("received_on") ? "received_on" : null;
}
