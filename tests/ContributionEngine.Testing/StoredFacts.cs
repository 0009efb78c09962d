using System.Text;
using Microsoft.Data.Sqlite;

namespace ContributionEngine.Testing;

/// <summary>The database file seen past the program: to compare its whole content, and to change a row as only an intruder would.</summary>
public static class StoredFacts
{
    // Counts how often an agreement was held, also by a unit that then found nothing to write.
    private const string Held = "claims";

    /// <summary>Every table and row as text; two equal texts are two equal databases.</summary>
    /// <param name="database">Path of the file.</param>
    /// <param name="but">A table to leave out.</param>
    public static string Dump(string database, string but = "")
    {
        using var connection = Open(database, SqliteOpenMode.ReadOnly);
        var text = new StringBuilder();
        foreach (var table in Names(connection, "select name from sqlite_master where type = 'table' order by name").Where(name => name != but))
        {
            text.Append("## ").AppendLine(table);
            var rows = new List<string>();
            using var command = connection.CreateCommand();
            command.CommandText = $"select * from \"{table}\"";
            using var reader = command.ExecuteReader();
            while (reader.Read()) rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Where(i => reader.GetName(i) != Held).Select(i => reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : $"{reader.GetValue(i)}")));
            foreach (var row in rows.Order(StringComparer.Ordinal)) text.AppendLine(row);
        }

        return text.ToString();
    }

    /// <summary>Lets what a process that was killed had leased go at once, as half a minute would.</summary>
    public static void EndLeases(string database)
    {
        using var connection = Open(database, SqliteOpenMode.ReadWrite);
        Do(connection, "update outbox_shard set owner = null, until = null");
        Do(connection, "update agreement set lease_owner = null, lease_until = null");
    }

    /// <summary>Drops every trigger that guards the facts and runs one statement; gives how many rows it changed.</summary>
    public static int Forge(string database, string statement)
    {
        using var connection = Open(database, SqliteOpenMode.ReadWrite);
        foreach (var trigger in Names(connection, "select name from sqlite_master where type = 'trigger'")) Do(connection, $"drop trigger \"{trigger}\"");
        Do(connection, "pragma ignore_check_constraints = on");
        return Do(connection, statement);
    }

    /// <summary>The triggers that stand on a table, as they were written.</summary>
    public static IReadOnlyList<string> Guards(string database, string table)
    {
        using var connection = Open(database, SqliteOpenMode.ReadOnly);
        return Names(connection, $"select sql from sqlite_master where type = 'trigger' and tbl_name = '{table}'");
    }

    /// <summary>Runs one statement with all guards in place.</summary>
    public static int Attempt(string database, string statement)
    {
        using var connection = Open(database, SqliteOpenMode.ReadWrite);
        return Do(connection, statement);
    }

    private static SqliteConnection Open(string database, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static List<string> Names(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read()) names.Add(reader.GetString(0));
        return names;
    }

    private static int Do(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        return command.ExecuteNonQuery();
    }
}
