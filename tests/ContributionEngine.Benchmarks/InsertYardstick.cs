using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace ContributionEngine.Benchmarks;

/// <summary>
/// The plainest way to get receipt rows into SQLite safely: one table as the engine has it with its checks and indexes, one
/// prepared statement, transactions of 2,000 rows, write-ahead log, synchronous=full. No parents, so no foreign keys.
/// </summary>
internal sealed class InsertYardstick
{
    private const int PerTransaction = 2_000;

    private readonly List<string> schema = [];
    private readonly List<object[]> rows = [];

    /// <summary>Takes table, indexes and rows from a database in which receipts have been posted.</summary>
    public static InsertYardstick Of(string database)
    {
        var yardstick = new InsertYardstick();
        using var connection = Open(database);
        using var schema = Command(connection, "select sql from sqlite_master where tbl_name = 'receipt' and type in ('table', 'index') and sql is not null order by type desc, name");
        using (var reader = schema.ExecuteReader())
        {
            while (reader.Read()) yardstick.schema.Add(reader.GetString(0));
        }

        using var receipts = Command(connection, "select * from receipt order by id");
        using var row = receipts.ExecuteReader();
        while (row.Read())
        {
            var cells = new object[row.FieldCount];
            row.GetValues(cells);
            yardstick.rows.Add(cells);
        }

        return yardstick;
    }

    /// <summary>How long it takes to insert every row into a fresh file.</summary>
    public TimeSpan Time(string database)
    {
        using var connection = Open(database);
        foreach (var text in schema.Prepend("pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -16000; pragma temp_store = memory; pragma foreign_keys = off;"))
        {
            using var command = Command(connection, text);
            command.ExecuteNonQuery();
        }

        GC.Collect();
        var began = Stopwatch.GetTimestamp();
        foreach (var chunk in rows.Chunk(PerTransaction)) Insert(connection, chunk);
        return Stopwatch.GetElapsedTime(began);
    }

    private static void Insert(SqliteConnection connection, object[][] chunk)
    {
        using var transaction = connection.BeginTransaction();
        using var command = Command(connection, $"insert into receipt values ({string.Join(", ", chunk[0].Select((_, i) => $"@p{i}"))})");
        command.Transaction = transaction;
        var parameters = chunk[0].Select((_, i) => command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{i}" })).ToArray();
        command.Prepare();
        foreach (var row in chunk)
        {
            for (var i = 0; i < parameters.Length; i++) parameters[i].Value = row[i];
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static SqliteCommand Command(SqliteConnection connection, string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }
}
