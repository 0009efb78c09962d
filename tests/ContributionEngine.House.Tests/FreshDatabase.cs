using ContributionEngine.Storage;
using Microsoft.Data.Sqlite;

namespace ContributionEngine.House.Tests;

/// <summary>A database that has had the migrations and nothing else; made once, removed at the end.</summary>
[SetUpFixture]
public sealed class FreshDatabase
{
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), $"house-{Guid.NewGuid():n}");

    private static readonly Lazy<Sqlite> Migrated = new(() =>
    {
        Directory.CreateDirectory(Folder);
        var dialect = new Sqlite(Path.Combine(Folder, "fresh.db"));
        dialect.Migrate(CancellationToken.None).GetAwaiter().GetResult();
        return dialect;
    });

    public static SqliteConnection Open()
    {
        var connection = (SqliteConnection)Migrated.Value.Connect(Purpose.Read);
        connection.Open();
        return connection;
    }

    [OneTimeTearDown]
    public void Remove()
    {
        if (Migrated.IsValueCreated) Migrated.Value.Release();
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}
