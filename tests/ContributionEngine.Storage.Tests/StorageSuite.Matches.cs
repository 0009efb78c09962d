using System.Data.Common;

namespace ContributionEngine.Storage.Tests;

// The money of a bank entry is matched once, whoever comes first.
public abstract partial class StorageSuite
{
    private const long Entry = 5;

    [Test]
    public async Task Of_several_who_take_the_same_money_at_once_one_gets_it()
    {
        await using var store = await Open();
        await Booked(store, 1_000);
        var took = await Together(AtOnce, _ => Took(store, 1_000));
        Assert.That((took.Count(did => did), await State(store)), Is.EqualTo((1, "matched 1000")));
    }

    [Test]
    public async Task An_entry_is_done_with_when_nothing_is_left_of_it_and_open_again_when_something_is_given_back()
    {
        await using var store = await Open();
        await Booked(store, 1_000);
        Assert.That((await Took(store, 600), await State(store)), Is.EqualTo((true, "open 600")));
        Assert.That((await Took(store, 401), await Took(store, 400), await State(store)), Is.EqualTo((false, true, "matched 1000")));
        Assert.That((await Took(store, -600), await State(store)), Is.EqualTo((true, "open 400")));
    }

    [Test]
    public async Task The_database_refuses_to_take_more_of_an_entry_than_it_holds()
    {
        await using var store = await Open();
        await Booked(store, 1_000);
        Assert.That(() => Do(store, "update bank_entry set matched = 1001"), Throws.InstanceOf<DbException>());
    }

    [Test]
    public async Task The_database_refuses_a_second_live_match_of_the_same_money_and_one_that_does_not_add_up()
    {
        await using var store = await Open();
        await Booked(store, 1_000);
        var aside = new StoredMatch { Id = 90, Number = "MAT-90", EntryId = Entry, Kind = "not_ours", Taken = 1_000, MatchedBy = "person", Cues = "{}", MatchedOn = new DateOnly(2021, 2, 10), AcceptedBy = "os:operator" };
        await store.Write(work => work.Matches.Add([aside]));
        foreach (var wrong in new[] { aside with { Id = 91, Taken = 0 }, aside with { Id = 92, Kind = "payment", Amount = 999 }, aside with { Id = 93, Kind = "returned", Amount = 1_000 } })
        {
            Assert.That(() => store.Write(work => work.Matches.Add([wrong])), Throws.InstanceOf<DbException>(), wrong.Kind);
        }

        foreach (var statement in new[] { "update bank_match set taken = 2", "delete from bank_match" }) Assert.That(() => Do(store, statement), Throws.InstanceOf<DbException>().With.Message.Contains("is a fact"), statement);
    }

    // A process that does not wait for others: the money is there for it, or it is not.
    private static async Task<bool> Took(EmptyStore store, long amount)
    {
        await using var process = new Database(store.Database.Dialect, TimeProvider.System) { Patience = TimeSpan.FromSeconds(1) };
        try
        {
            await process.Write(Operator, work => work.Matches.Take(new Dictionary<long, long> { [Entry] = amount }, "matched"), CancellationToken.None);
            return true;
        }
        catch (BusyException)
        {
            return false;
        }
    }

    private static Task Booked(EmptyStore store, long amount) => store.Write(async work =>
    {
        var account = await work.Bank.Register("CR1", "fund", null);
        await work.BankStatements.Add(new NewStatement
        {
            Id = 4, AccountId = account.Id, Statement = "S1", Kind = "statement", Format = "camt053", Currency = "CRC", Opening = 0, Closing = amount, FromOn = new DateOnly(2021, 2, 10), ToOn = new DateOnly(2021, 2, 10),
            Fingerprint = "f", FileName = "s.xml", Sha256 = "s", State = "booked",
        });
        await work.BankEntries.Add([new NewEntry(Entry, account.Id, 4, 1) { ServicerReference = "B1", Occurrence = 1, Amount = amount, Direction = "credit", BookedOn = new DateOnly(2021, 2, 10) }]);
        await work.BankEntries.List(4, [Entry]);
    });

    private static async Task<string> State(EmptyStore store)
    {
        var entry = (await store.Read(work => work.Matches.Among([Entry]))).Single();
        return $"{entry.State} {entry.Matched}";
    }
}
