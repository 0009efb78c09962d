using System.Collections;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ContributionEngine.Storage;

/// <summary>What is known of the columns of a prepared statement from the times before.</summary>
internal sealed class SqliteColumns
{
    public string?[] Names { get; private set; } = [];

    /// <summary>The type of a column where its first value is null.</summary>
    public Type?[] NullTypes { get; private set; } = [];

    public void Fit(int count)
    {
        if (Names.Length != count) (Names, NullTypes) = (new string?[count], new Type?[count]);
    }
}

/// <summary>
/// Rows of a prepared statement. The driver asks SQLite for the name and the declared type of each column at every
/// run, and twice for the type of every value; together that takes longer than finding a few rows by an index.
/// </summary>
internal sealed class SqliteRows : DbDataReader
{
    private readonly SqliteDataReader rows;
    private SqliteColumns columns;

    public SqliteRows(SqliteDataReader rows, SqliteColumns columns)
    {
        (this.rows, this.columns) = (rows, columns);
        columns.Fit(FieldCount);
    }

    public override int Depth => rows.Depth;

    public override int FieldCount => rows.FieldCount;

    public override bool HasRows => rows.HasRows;

    public override bool IsClosed => rows.IsClosed;

    public override int RecordsAffected => rows.RecordsAffected;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read() => rows.Read();

    public override string GetName(int ordinal) => columns.Names[ordinal] ??= rows.GetName(ordinal);

    public override Type GetFieldType(int ordinal) => raw.sqlite3_column_type(rows.Handle, ordinal) switch
    {
        raw.SQLITE_INTEGER => typeof(long),
        raw.SQLITE_TEXT => typeof(string),
        raw.SQLITE_NULL => columns.NullTypes[ordinal] ??= rows.GetFieldType(ordinal),
        _ => rows.GetFieldType(ordinal),
    };

    public override object GetValue(int ordinal) => raw.sqlite3_column_type(rows.Handle, ordinal) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(rows.Handle, ordinal),
        raw.SQLITE_TEXT => raw.sqlite3_column_text(rows.Handle, ordinal).utf8_to_string(),
        raw.SQLITE_NULL => DBNull.Value,
        _ => rows.GetValue(ordinal),
    };

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++) values[i] = GetValue(i);
        return count;
    }

    public override bool IsDBNull(int ordinal) => rows.IsDBNull(ordinal);

    public override bool GetBoolean(int ordinal) => rows.GetBoolean(ordinal);

    public override byte GetByte(int ordinal) => rows.GetByte(ordinal);

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => rows.GetBytes(ordinal, dataOffset, buffer, bufferOffset, length);

    public override char GetChar(int ordinal) => rows.GetChar(ordinal);

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => rows.GetChars(ordinal, dataOffset, buffer, bufferOffset, length);

    public override string GetDataTypeName(int ordinal) => rows.GetDataTypeName(ordinal);

    public override DateTime GetDateTime(int ordinal) => rows.GetDateTime(ordinal);

    public override decimal GetDecimal(int ordinal) => rows.GetDecimal(ordinal);

    public override double GetDouble(int ordinal) => rows.GetDouble(ordinal);

    public override float GetFloat(int ordinal) => rows.GetFloat(ordinal);

    public override Guid GetGuid(int ordinal) => rows.GetGuid(ordinal);

    public override short GetInt16(int ordinal) => rows.GetInt16(ordinal);

    public override int GetInt32(int ordinal) => rows.GetInt32(ordinal);

    public override long GetInt64(int ordinal) => rows.GetInt64(ordinal);

    public override int GetOrdinal(string name) => rows.GetOrdinal(name);

    public override string GetString(int ordinal) => rows.GetString(ordinal);

    public override T GetFieldValue<T>(int ordinal) => rows.GetFieldValue<T>(ordinal);

    public override Stream GetStream(int ordinal) => rows.GetStream(ordinal);

    public override IEnumerator GetEnumerator() => new DbEnumerator(this, false);

    public override bool NextResult()
    {
        if (!rows.NextResult()) return false;
        // What was kept is of the first.
        columns = new SqliteColumns();
        columns.Fit(FieldCount);
        return true;
    }

    public override void Close() => rows.Close();

    protected override void Dispose(bool disposing)
    {
        if (disposing) rows.Dispose();
        base.Dispose(disposing);
    }
}
