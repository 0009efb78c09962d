using System.Data.Common;
using ContributionEngine.Testing;
using Npgsql;

namespace ContributionEngine.Storage.Tests;

/// <summary>The contract over PostgreSQL, and what only it does.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class PostgreSqlTests : ServerSuite
{
    [TestCase("allocation")]
    [TestCase("reduction")]
    [TestCase("posting")]
    [TestCase("journal_entry")]
    [TestCase("audit_event")]
    [TestCase("upload_content")]
    [TestCase("remittance_content")]
    [TestCase("acknowledgement")]
    [TestCase("basis")]
    [TestCase("receipt")]
    [TestCase("obligation")]
    [TestCase("remittance_line")]
    [TestCase("remittance")]
    [TestCase("collection_fee")]
    [TestCase("collection_fee_payment")]
    [TestCase("member_event")]
    [TestCase("scheme_pack")]
    [TestCase("remittance_proof")]
    [TestCase("line_salt")]
    [TestCase("proof_told")]
    [TestCase("proof_confirmation")]
    public async Task A_table_of_facts_is_guarded_and_cannot_be_emptied(string table)
    {
        await using var store = await Open();
        var guards = await store.Read(work => work.Rows<string>("select distinct event_manipulation from information_schema.triggers where event_object_table = @table", new { table }));
        Assert.That(guards, Is.SupersetOf(new[] { "DELETE", "UPDATE" }));
        Assert.That(() => Do(store, $"truncate {table} cascade"), Throws.InstanceOf<DbException>().With.Message.Contains("facts"));
    }

    [Test]
    public void The_place_is_told_without_user_and_password() =>
        Assert.That(new PostgreSql("Host=db.coop.example;Port=5433;Database=coop;Username=maria;Password=secret").Place, Is.EqualTo("database coop on db.coop.example:5433"));

    [Test]
    public async Task What_stands_in_the_way_of_a_connection_is_told_apart()
    {
        await using var place = await TestDatabase.Create();
        var wrong = new NpgsqlConnectionStringBuilder(place.Address) { Password = "wrong" };
        var missing = new NpgsqlConnectionStringBuilder(place.Address) { Database = "no_such_database" };
        var nobody = new NpgsqlConnectionStringBuilder(place.Address) { Port = 1 };
        Assert.That(new[] { wrong, missing, nobody }.Select(TroubleOf), Is.EqualTo(new[] { Trouble.Denied, Trouble.NoDatabase, Trouble.Unreachable }));
    }

    [Test]
    public async Task Tables_that_are_missing_are_told_from_a_bug()
    {
        await using var store = await Empty();
        var failure = Assert.CatchAsync(() => store.Read(work => work.Agreements.All()))!;
        Assert.That(store.Database.Dialect.TroubleOf(failure), Is.EqualTo(Trouble.NoSchema));
    }

    protected override async Task<EmptyStore> Empty()
    {
        var place = await TestDatabase.Create();
        return new EmptyStore(new Database(new PostgreSql(place.Address), TimeProvider.System), place);
    }

    private static Trouble TroubleOf(NpgsqlConnectionStringBuilder settings)
    {
        var dialect = new PostgreSql(settings.ConnectionString);
        return dialect.TroubleOf(Assert.CatchAsync(() => dialect.Applied(CancellationToken.None))!);
    }
}
