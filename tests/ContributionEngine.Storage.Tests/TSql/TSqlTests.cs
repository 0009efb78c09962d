using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace ContributionEngine.Storage.Tests;

/// <summary>SQL Server is not at hand in every run, so what it would say of the program's T-SQL is asked of its own grammar and model.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class TSqlTests
{
    // The model lets every function pass.
    private static readonly string[] Functions = ["concat", "count", "crypt_gen_random", "dateadd", "db_name", "lag", "lower", "max", "min", "object_id", "row_number", "sum", "sysutcdatetime"];

    private static readonly Piece[] Coffee = [new("0001", "create table coffee (id bigint not null primary key, name nvarchar(100) not null); create type dbo.word_list as table (value nvarchar(400)); create type dbo.pair_list as table (id bigint, amount bigint);")];

    [Test]
    public void Every_statement_and_migration_keeps_to_the_grammar() => Assert.That(Sent.All.SelectMany(piece => piece.Faults), Is.Empty);

    [Test]
    public void Every_statement_names_only_what_the_migrations_made() => Assert.That(ServerModel.Faults(Sent.Migrations, Sent.Statements.Concat(Sent.BulkTargets)), Is.Empty);

    [Test]
    public void Every_function_is_one_that_the_server_has() => Assert.That(
        Sent.All.SelectMany(piece => piece.All<FunctionCall>().Select(call => call.FunctionName.Value).Except(Functions).Select(name => $"{piece.Name}: {name}")), Is.Empty);

    [Test]
    public void What_the_program_sends_was_found() =>
        Assert.That((Sent.Statements.Count > 100, Sent.Statements.Any(piece => piece.Name == "SqlServer.TakeMigrationLock"), Sent.BulkTargets.Count > 10), Is.EqualTo((true, true, true)));

    [Test]
    public void A_fault_of_syntax_is_told_with_its_line() =>
        Assert.That(new Piece("Coffee.All", "select id\n  from coffee\n limit 1").Faults, Is.EqualTo(new[] { "Coffee.All:3:2: Incorrect syntax near 'limit'." }));

    [TestCase("select roast from coffee")]
    [TestCase("select c.roast from coffee c where exists (select 1 from coffee d where d.id = c.id)")]
    [TestCase("select c.id from (select id from coffee where roast = @roast) c")]
    [TestCase("select c.roast from (select id from coffee) c")]
    [TestCase("select id from coffee order by roast")]
    [TestCase("select id from coffee group by id having max(roast) > 1")]
    [TestCase("select id from coffee where roast in (select value from @words)")]
    [TestCase("select id from roast")]
    [TestCase("insert into coffee (id, roast) values (@id, @roast)")]
    [TestCase("update coffee set roast = 1")]
    [TestCase("update coffee set name = coffee.roast from @pairs as p where p.id = coffee.id")]
    [TestCase("update coffee set name = 'x' from @pairs as p where p.roast = coffee.id")]
    [TestCase("update top (1) coffee set name = 'x' output inserted.roast")]
    [TestCase("delete from coffee where roast = 1")]
    [TestCase("exec brew @roast")]
    public void A_name_that_is_not_there_is_found(string statement) =>
        Assert.That(ServerModel.Faults(Coffee, [new Piece("Coffee.Planted", statement)]), Has.Some.Contains("Coffee.Planted"));

    [TestCase("create index coffee_roast on coffee (roast)")]
    [TestCase("create index coffee_name on coffee (name) include (roast)")]
    [TestCase("create table cup (coffee_id bigint not null, constraint cup_coffee foreign key (coffee_id) references beans (id))")]
    [TestCase("create trigger coffee_stays on coffee after update as if update(roast) throw 51000, 'no', 1")]
    [TestCase("create trigger coffee_stays on coffee after delete as if exists (select 1 from deleted where roast = 1) throw 51000, 'no', 1")]
    public void A_migration_that_names_what_is_not_there_is_found(string migration) =>
        Assert.That(ServerModel.Faults([.. Coffee, new Piece("0002", migration)], []), Is.Not.Empty);

    [Test]
    public void What_later_migrations_change_is_worked_in()
    {
        var later = new Piece("0002", "create index coffee_name on coffee (name); alter table coffee add roast bigint null; drop index coffee_name on coffee; create index coffee_name on coffee (roast); insert into coffee (id, name, roast) values (1, 'Tarrazú', 3);");
        Assert.That(ServerModel.Faults([.. Coffee, later], [new Piece("Coffee.Roasts", "select roast from coffee")]), Is.Empty);
    }
}
