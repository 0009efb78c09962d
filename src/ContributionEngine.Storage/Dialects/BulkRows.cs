using System.Data;
using System.Runtime.ExceptionServices;

namespace ContributionEngine.Storage;

/// <summary>Rows of cells, one at a time, as the reader that SQL Server's bulk copy takes. It reads values by position and asks for nothing else.</summary>
internal sealed class BulkRows(IEnumerable<object?[]> rows, int width) : IDataReader
{
    private readonly IEnumerator<object?[]> rows = rows.GetEnumerator();

    /// <summary>What the source of the rows threw, which ended them; to be thrown when the copy is over.</summary>
    public ExceptionDispatchInfo? Failure { get; private set; }

    public int FieldCount => width;

    public int Depth => 0;

    public bool IsClosed => false;

    public int RecordsAffected => -1;

    public object this[int i] => GetValue(i);

    public object this[string name] => throw ByPosition();

    // A failure in the middle would make the driver break off, at the cost of the connection; this way the copy ends in order, and is rolled back with the rest.
    public bool Read()
    {
        try
        {
            return rows.MoveNext();
        }
        catch (Exception failure)
        {
            Failure = ExceptionDispatchInfo.Capture(failure);
            return false;
        }
    }

    public object GetValue(int i) => rows.Current[i] switch
    {
        null => DBNull.Value,
        DateOnly day => day.ToDateTime(TimeOnly.MinValue),
        DateTimeOffset instant => Values.Kept(instant),
        long or string or byte[] => rows.Current[i]!,
        var cell => throw new InvalidOperationException($"A cell of {cell.GetType().Name} is not stored."),
    };

    public bool IsDBNull(int i) => rows.Current[i] is null;

    public bool NextResult() => false;

    public void Close() => Dispose();

    public void Dispose() => rows.Dispose();

    public DataTable? GetSchemaTable() => null;

    public string GetName(int i) => throw ByPosition();

    public int GetOrdinal(string name) => throw ByPosition();

    public string GetDataTypeName(int i) => throw ByPosition();

    public Type GetFieldType(int i) => throw ByPosition();

    public int GetValues(object[] values) => throw ByPosition();

    public bool GetBoolean(int i) => throw ByPosition();

    public byte GetByte(int i) => throw ByPosition();

    long IDataRecord.GetBytes(int i, long fieldOffset, byte[]? buffer, int bufferoffset, int length) => throw ByPosition();

    public char GetChar(int i) => throw ByPosition();

    long IDataRecord.GetChars(int i, long fieldoffset, char[]? buffer, int bufferoffset, int length) => throw ByPosition();

    public IDataReader GetData(int i) => throw ByPosition();

    public DateTime GetDateTime(int i) => throw ByPosition();

    public decimal GetDecimal(int i) => throw ByPosition();

    public double GetDouble(int i) => throw ByPosition();

    public float GetFloat(int i) => throw ByPosition();

    public Guid GetGuid(int i) => throw ByPosition();

    public short GetInt16(int i) => throw ByPosition();

    public int GetInt32(int i) => throw ByPosition();

    public long GetInt64(int i) => throw ByPosition();

    public string GetString(int i) => throw ByPosition();

    private static NotSupportedException ByPosition() => new("Bulk copy takes values as they are, by position.");
}
