namespace ContributionEngine.Faults.Tests;

/// <summary>The suite's own eyes: what is planted in a real database, past its guards, is seen by its checker and by verify.</summary>
[Category("Quick")]
internal sealed class PlantedTests : FaultTest
{
    private const int ControlFailed = 9;

    // Without triggers and foreign keys, as only a superuser can.
    private const string Unguarded = "set session_replication_role = replica;";

    private const string ALoss = """
        create temporary table lost as select id from receipt where live = 1 and allocated > 0 order by id limit 1;
        delete from allocation where receipt_id in (select id from lost);
        delete from receipt where id in (select id from lost);
        """;

    private const string ADuplicate = """
        create temporary table twice as select * from receipt where live = 1 order by id limit 1;
        update twice set id = -id, occurrence = occurrence + 1;
        insert into receipt select * from twice;
        """;

    private const string AReordering = """
        create temporary table turn as
            select id, seq, row_number() over (order by seq) as place from audit_event
             where use_case = 'receipts-posted' and chain = (select min(chain) from audit_event where use_case = 'receipts-posted') order by seq limit 2;
        update audit_event e set seq = -t.seq from turn t where t.id = e.id;
        update audit_event e set seq = o.seq from turn t join turn o on o.place <> t.place where t.id = e.id;
        """;

    private const string AnotherAmount = "update receipt set amount = amount + 1, credit = credit + 1 where id = (select min(id) from receipt where live = 1);";

    [TestCase("Lost", ALoss, TestName = "{m}(a loss)")]
    [TestCase("Duplicate", ADuplicate, TestName = "{m}(a duplicate)")]
    [TestCase("Out of turn", AReordering, TestName = "{m}(another order)")]
    [TestCase("Changed", AnotherAmount, TestName = "{m}(another amount)")]
    public async Task What_is_planted_is_found(string fault, string statements)
    {
        await Begin();
        await Stack.Commands.WithoutBroker.Ok("settlement resume");
        Assert.That(await Stack.Books.Faults(), Is.Empty, "before anything is planted");
        await Stack.Books.Do(Unguarded + statements);
        var faults = await Stack.Books.Faults();
        var verify = await Stack.Commands.Run("verify");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(faults, Has.Some.StartsWith(fault));
            Assert.That(verify.Exit, Is.EqualTo(ControlFailed), verify.ToString());
        }
    }
}
