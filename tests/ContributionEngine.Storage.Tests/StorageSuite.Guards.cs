using System.Data.Common;

namespace ContributionEngine.Storage.Tests;

// Facts, schema, users.
public abstract partial class StorageSuite
{
    [Test]
    public async Task A_fact_can_neither_be_changed_nor_deleted()
    {
        await using var store = await Open();
        await store.Write(work => work.Audit.Record(Audit.Administration, "first", "x", "{}"));
        await Pay(store, "k1", allocated: 0, credit: 1_000);
        await Owe(store, 1_000);
        foreach (var statement in new[] { "update audit_event set actor = 'x'", "delete from audit_event", "update receipt set amount = 2", "delete from receipt", "update obligation set amount = 2", "update basis set document = 'x'", "delete from basis" })
        {
            Assert.That(() => Do(store, statement), Throws.InstanceOf<DbException>().With.Message.Contains("is a fact"), statement);
        }
    }

    [Test]
    public async Task A_duplicate_in_bulk_is_told_from_a_bug()
    {
        await using var store = await Open();
        var again = Assert.CatchAsync(() => store.Write(work => work.Bulk(new BulkTarget("id_block", "name", "next_id"), [["one", 1L], ["one", 1L]])));
        Assert.That(store.Database.Dialect.TroubleOf(again!), Is.EqualTo(Trouble.Duplicate));
    }

    [Test]
    public async Task The_schema_of_a_newer_program_is_refused()
    {
        await using var store = await Open();
        await Do(store, "insert into schemaversions (scriptname, applied) values ('9999_later.sql', '2026-01-01')");
        Assert.That((await Schema.Ready(store.Database.Dialect, CancellationToken.None)).Refusal!.Code, Is.EqualTo("schema_newer"));
    }

    [Test]
    public async Task A_key_opens_for_its_user_and_its_first_use_is_noted()
    {
        await using var store = await Open();
        var (key, before) = await store.Write(async work => ((await work.ApiKeys.Create(await Maria(work), null)).Key, await work.Users.AnybodyCame()));
        var user = await store.Read(work => work.ApiKeys.Opens(key));
        await store.Write(work => work.ApiKeys.NoteUse(key));
        Assert.That((user!.Name, user.Role, before, await store.Read(work => work.Users.AnybodyCame())), Is.EqualTo(("maria", "officer", false, true)));
    }

    [Test]
    public async Task A_key_that_is_unknown_revoked_or_of_a_disabled_user_opens_nothing()
    {
        await using var store = await Open();
        var (revoked, mine) = await store.Write(async work =>
        {
            var maria = await Maria(work);
            var first = await work.ApiKeys.Create(maria, null);
            await work.ApiKeys.Revoke(maria);
            return (first.Key, (await work.ApiKeys.Create(maria, null)).Key);
        });
        Assert.That(await Opens(store, mine), Is.True);
        await store.Write(async work => await work.Users.Disable((await work.Users.Find("maria")).Value));
        foreach (var key in new[] { "ce_nobody", revoked, mine }) Assert.That(await Opens(store, key), Is.False, key);
    }

    [Test]
    public async Task A_user_has_a_name_of_her_own()
    {
        await using var store = await Open();
        await store.Write(Maria);
        Assert.That((await store.Write(work => work.Users.Add("maria", "auditor", null))).Refusal!.Code, Is.EqualTo("user_exists"));
    }

    private static async Task<StoredUser> Maria(Work work) => (await work.Users.Add("maria", "officer", null)).Value;

    private static async Task<bool> Opens(EmptyStore store, string key) => await store.Write(work => work.ApiKeys.Opens(key)) is not null;
}
