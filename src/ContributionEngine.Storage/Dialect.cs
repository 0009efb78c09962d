using System.Data.Common;

namespace ContributionEngine.Storage;

/// <summary>The list of what truly differs between the databases. Every new member needs a line in docs/storage.md.</summary>
public abstract class Dialect
{
    /// <summary>The name before the colon in <c>--db</c>, also the suffix of forced migrations.</summary>
    public abstract string Name { get; }

    /// <summary>How this database spells the type words of the migrations.</summary>
    public abstract IReadOnlyDictionary<string, string> TypeWords { get; }

    /// <summary>The rows of an array parameter, to stand behind <c>in</c>; the parameter comes from <see cref="Array"/>.</summary>
    public abstract string AnyOf(string parameter);

    /// <summary>A list of ids or words as the value of an array parameter.</summary>
    public abstract object Array<T>(IEnumerable<T> values);

    /// <summary>The rows (id, amount) of a pairs parameter, to stand behind <c>from</c>; the parameter comes from <see cref="Pairs(IEnumerable{KeyValuePair{long, long}})"/>.</summary>
    public abstract string PairsOf(string parameter);

    /// <summary>Ids with an amount each as the value of a pairs parameter.</summary>
    public abstract object Pairs(IEnumerable<KeyValuePair<long, long>> pairs);

    /// <summary>At most so many rows; stands at the end of a select.</summary>
    public abstract string Limit(string count);

    public abstract DbConnection Connect();

    /// <summary>Begins a transaction that may write; waits for the writer's turn where there is only one.</summary>
    public abstract Task<DbTransaction> BeginWrite(DbConnection connection, CancellationToken stop);

    /// <summary>Inserts rows prepared and in bulk. Cells are long, string, byte[] or null.</summary>
    public abstract Task BulkInsert(DbTransaction transaction, BulkTarget target, IEnumerable<object?[]> rows);

    /// <summary>True when a unique constraint refused the row. Decided by number, never by message text.</summary>
    public abstract bool IsDuplicate(Exception failure);

    /// <summary>Applies the migrations that are missing.</summary>
    public abstract Task Migrate(CancellationToken stop);
}

/// <summary>A table and the columns that a bulk insert fills, in the order of the cells.</summary>
public sealed record BulkTarget(string Table, params string[] Columns);
