using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace ContributionEngine.Benchmarks;

/// <summary>
/// The plainest way to get rows into SQLite safely: tables as the engine has them with their checks and indexes, one prepared
/// statement for each, transactions of 2,000 rows, write-ahead log, synchronous=full. No parents, so no foreign keys.
/// </summary>
internal sealed class InsertYardstick
{
    private const int PerTransaction = 2_000;

    private readonly List<string> schema = [];
    private readonly List<(string Table, List<object[]> Rows)> tables = [];

    /// <summary>Takes tables, indexes and rows from a database that the engine has filled.</summary>
    public static InsertYardstick Of(string database, params string[] tables)
    {
        var yardstick = new InsertYardstick();
        using var connection = Open(database);
        foreach (var table in tables) yardstick.Take(connection, table);
        return yardstick;
    }

    private void Take(SqliteConnection connection, string table)
    {
        using var made = Command(connection, $"select sql from sqlite_master where tbl_name = '{table}' and type in ('table', 'index') and sql is not null order by type desc, name");
        using (var reader = made.ExecuteReader())
        {
            while (reader.Read()) schema.Add(reader.GetString(0));
        }

        var rows = new List<object[]>();
        using var stored = Command(connection, $"select * from {table} order by id");
        using var row = stored.ExecuteReader();
        while (row.Read())
        {
            var cells = new object[row.FieldCount];
            row.GetValues(cells);
            rows.Add(cells);
        }

        tables.Add((table, rows));
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
        foreach (var (table, rows) in tables)
        {
            foreach (var chunk in rows.Chunk(PerTransaction)) Insert(connection, table, chunk);
        }

        return Stopwatch.GetElapsedTime(began);
    }

    private static void Insert(SqliteConnection connection, string table, object[][] chunk)
    {
        using var transaction = connection.BeginTransaction();
        using var command = Command(connection, $"insert into {table} values ({string.Join(", ", chunk[0].Select((_, i) => $"@p{i}"))})");
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
