using System.Data.Common;
using System.Text.RegularExpressions;
using ContributionEngine.Core;
using ContributionEngine.Testing;
using Dapper;
using Microsoft.Data.SqlClient;

namespace ContributionEngine.Storage.Tests;

/// <summary>The contract over SQL Server, wherever one is at hand, and what only it does. One after the other: some servers hold one database at a time.</summary>
[NonParallelizable]
public sealed partial class SqlServerTests : ServerSuite
{
    private const string Switch = "CONTRIBUTION_ENGINE_TEST_SQLSERVER";

    private const int NullRefused = 515;

    private static readonly string Server = Environment.GetEnvironmentVariable(Switch) ?? "";

    [OneTimeSetUp]
    public void Needs_a_server()
    {
        if (Server == "") Assert.Ignore($"ignored: {Switch} is not set");
    }

    [Test]
    public async Task A_column_that_is_no_fact_may_change_beside_one_that_is()
    {
        await using var store = await Open();
        var obligation = await Owe(store, 1_000);
        await Do(store, "update obligation set due_on = '2021-03-15'");
        Assert.That((await store.Read(work => work.Obligations.WithIds([obligation])))[0].DueOn, Is.EqualTo(new DateOnly(2021, 3, 15)));
        Assert.That(() => Do(store, "update obligation set amount = 2000"), Throws.InstanceOf<DbException>().With.Message.Contains("is a fact"));
    }

    [Test]
    public async Task An_obligation_that_bears_money_stays()
    {
        await using var store = await Open();
        var obligation = await Owe(store, 1_000);
        await store.Write(work => work.Obligations.Allocate([KeyValuePair.Create(obligation, 1L)]));
        Assert.That(() => Do(store, "delete from obligation"), Throws.InstanceOf<DbException>().With.Message.Contains("has money on it"));
        await store.Write(work => work.Obligations.Allocate([KeyValuePair.Create(obligation, -1L)]));
        await Do(store, "delete from obligation");
        Assert.That(await store.Read(work => work.Obligations.WithIds([obligation])), Is.Empty);
    }

    [Test]
    public async Task Lists_of_nothing_find_and_change_nothing()
    {
        await using var store = await Open();
        var obligation = await Owe(store, 1_000);
        await store.Write(work => work.Obligations.Allocate([]));
        var found = await store.Read(async work => ((await work.Obligations.WithIds([])).Count, (await work.Receipts.WithKeys(1, [])).Count, (await work.Obligations.WithIds([obligation]))[0].Allocated));
        Assert.That(found, Is.EqualTo((0, 0, 0L)));
    }

    [Test]
    public async Task A_text_that_is_too_long_is_told_from_a_bug_also_in_bulk()
    {
        await using var store = await Open();
        var word = new string('x', 401);
        var alone = Assert.CatchAsync(() => Do(store, $"insert into id_block (name, next_id) values ('{word}', 1)"));
        var bulk = Assert.CatchAsync(() => store.Write(work => work.Bulk(new BulkTarget("id_block", "name", "next_id"), [[word, 1L]])));
        Assert.That((store.Database.Dialect.TroubleOf(alone!), store.Database.Dialect.TroubleOf(bulk!)), Is.EqualTo((Trouble.TooLong, Trouble.TooLong)));
    }

    [Test]
    public async Task A_bulk_insert_whose_source_fails_leaves_nothing_and_the_connection_whole()
    {
        await using var store = await Open();
        var seen = Assert.CatchAsync(() => store.Write(async work =>
        {
            Assert.ThrowsAsync<TimeZoneNotFoundException>(() => work.Bulk(new BulkTarget("id_block", "name", "next_id"), Failing()));
            throw new InvalidTimeZoneException(string.Join(' ', await work.Rows<string>("select name from id_block order by name")));
        }));
        Assert.That((seen!.Message, await store.Read(async work => (await work.Rows<string>("select name from id_block")).Count)), Is.EqualTo(("administration all first", 2)));
    }

    [Test]
    public async Task Every_statement_of_the_program_is_understood()
    {
        await using var store = await Open();
        await using var connection = store.Database.Dialect.Connect(Purpose.Read);
        await connection.OpenAsync();
        var faults = new List<string>();
        foreach (var piece in Sent.Statements.Concat(Sent.BulkTargets).Where(piece => !piece.Name.StartsWith(nameof(SqlServer), StringComparison.Ordinal)))
        {
            await using var transaction = await store.Database.Dialect.Begin(connection, Purpose.Write, CancellationToken.None);
            if (await Fault(transaction, piece.Text) is { } fault) faults.Add($"{piece.Name}: {fault}");
        }

        Assert.That(faults, Is.Empty);
        await using var planted = await store.Database.Dialect.Begin(connection, Purpose.Write, CancellationToken.None);
        Assert.That(await Fault(planted, "select roast from agreement where id = @id"), Does.Contain("roast"));
    }

    [Test]
    public void A_wrong_password_and_a_database_that_is_not_there_are_told_apart()
    {
        var wrong = new SqlConnectionStringBuilder(Server) { Password = "wrong", UserID = "nobody", IntegratedSecurity = false };
        var missing = new SqlConnectionStringBuilder(Server) { InitialCatalog = "no_such_database" };
        Assert.That(new[] { wrong, missing }.Select(settings => TroubleOf(new SqlServer(settings.ConnectionString))), Is.EqualTo(new[] { Trouble.Denied, Trouble.NoDatabase }));
    }

    protected override async Task<EmptyStore> Empty()
    {
        var place = await OwnDatabase.Create(Server);
        return new EmptyStore(new Database(place.Dialect, TimeProvider.System), place);
    }

    private static Trouble TroubleOf(SqlServer dialect) => dialect.TroubleOf(Assert.CatchAsync(() => dialect.Applied(CancellationToken.None))!);

    private static IEnumerable<object?[]> Failing()
    {
        yield return ["first", 1L];
        throw new TimeZoneNotFoundException();
    }

    // With nothing in every parameter; that a column wants more than nothing is no misunderstanding.
    private static async Task<string?> Fault(DbTransaction transaction, string statement)
    {
        var parameters = new DynamicParameters();
        var text = Count().Replace(statement, "1");
        foreach (var name in Parameter().Matches(text).Select(match => match.Value).Distinct().ToList())
        {
            if (text.Contains(Sent.Dialect.AnyOf(name), StringComparison.Ordinal)) parameters.Add(name, Sent.Dialect.Array<string>([]));
            else if (text.Contains($"{Sent.Dialect.PairsOf(name)} as", StringComparison.Ordinal)) parameters.Add(name, Sent.Dialect.Pairs([]));
            else text = Regex.Replace(text, $@"{name}\b", "null");
        }

        try
        {
            await transaction.Connection!.ExecuteAsync(text, parameters, transaction);
            return null;
        }
        catch (SqlException fault)
        {
            return fault.Number == NullRefused ? null : $"{fault.Number} {fault.Message}";
        }
    }

    [GeneratedRegex(@"(?<=\bnext |\btop \()@\w+")]
    private static partial Regex Count();

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();

    /// <summary>A database with a name of its own, dropped at the end.</summary>
    private sealed class OwnDatabase(string name) : IAsyncDisposable
    {
        public SqlServer Dialect { get; } = new(new SqlConnectionStringBuilder(Server) { InitialCatalog = name }.ConnectionString);

        public static async Task<OwnDatabase> Create(string server)
        {
            var name = $"ce_{Guid.NewGuid():n}";
            await using var master = new SqlConnection(server);
            await master.ExecuteAsync($"create database {name}");
            // Part of the operator's set-up; where it is on from the start it cannot be said.
            if (await master.QuerySingleAsync<int>("select count(*) from sys.databases where name = @name and snapshot_isolation_state = 0", new { name }) == 1) await master.ExecuteAsync($"alter database {name} set allow_snapshot_isolation on");
            if (await master.QuerySingleAsync<int>("select count(*) from sys.databases where name = @name and is_read_committed_snapshot_on = 0", new { name }) == 1) await master.ExecuteAsync($"alter database {name} set read_committed_snapshot on");
            return new OwnDatabase(name);
        }

        public async ValueTask DisposeAsync()
        {
            await using (var last = (SqlConnection)Dialect.Connect(Purpose.Read)) SqlConnection.ClearPool(last);
            await using var master = new SqlConnection(Server);
            for (var patience = 50; ; patience--)
            {
                try
                {
                    await master.ExecuteAsync($"drop database {name}");
                    return;
                }
                catch (SqlException) when (patience > 0)
                {
                    await Task.Delay(100); // A server takes its time to see that the connections are gone.
                }
            }
        }
    }
}
