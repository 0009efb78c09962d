using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Servers;

/// <summary>On a server everybody comes with a key, and does and sees what is hers.</summary>
internal sealed class AccessTests
{
    private const int NotAllowed = 4;

    [Test]
    public async Task Who_has_no_key_or_one_that_nobody_knows_is_not_let_in()
    {
        await using var place = await ServerPlace.Fresh();
        var (none, unknown) = (await place.As(null, "agreement list -o json"), await place.As("ce_nobody", "agreement list -o json"));
        Assert.That((none.Exit, none.Problem.At("code"), unknown.Exit, unknown.Problem.At("code")), Is.EqualTo((NotAllowed, "key_needed", NotAllowed, "key_unknown")), $"{none}\n{unknown}");
    }

    [Test]
    public async Task An_auditor_reads_and_may_not_write()
    {
        await using var place = await ServerPlace.Harvest();
        var auditor = await place.User("ada", "auditor");
        var (read, write) = (await place.As(auditor, "verify"), await place.As(auditor, $"{Prepared.Submit} -o json"));
        Assert.That((read.Exit, write.Exit, write.Problem.At("code"), await place.Number("select count(*) from upload")), Is.EqualTo((0, NotAllowed, "role_may_not", 0L)), $"{read}\n{write}");
    }

    [Test]
    public async Task A_treasurer_sees_only_her_organisation()
    {
        await using var place = await ServerPlace.Harvest();
        var other = (Agreements.Coffee() with { Number = "CR-2021-099" }).Node();
        other["organisation"]!["code"] = "OTHER";
        place.Work.Write("other.json", other.ToJsonString());
        await place.Work.Ok("agreement import other.json");
        await place.Work.Ok("user add maria --role treasurer --organisation COOP");
        var maria = (await place.Work.Json("key create --user maria")).At("key");
        var (list, foreign, books) = (await place.As(maria, "agreement list -o json"), await place.As(maria, "agreement show CR-2021-099 -o json"), await place.As(maria, "verify"));
        Assert.That(list.Json.AsArray().Select(row => row.At("agreement")), Is.EqualTo(new[] { "CR-2021-014" }));
        Assert.That((foreign.Exit, foreign.Problem.At("code"), books.Exit), Is.EqualTo((5, "agreement_unknown", NotAllowed)), $"{foreign}\n{books}");
    }

    [Test]
    public async Task What_was_done_bears_the_name_of_who_did_it()
    {
        await using var place = await ServerPlace.Harvest();
        (await place.As(await place.User("olga", "officer"), Prepared.Submit)).Exits(0);
        Assert.That(await place.Number("select count(*) from audit_event where actor = 'olga'"), Is.Positive);
    }

    [Test]
    public async Task A_user_who_was_disabled_is_not_let_in_again()
    {
        await using var place = await ServerPlace.Fresh();
        var olga = await place.User("olga", "officer");
        (await place.As(olga, "agreement list")).Exits(0);
        await place.Work.Ok("user disable olga");
        Assert.That((await place.As(olga, "agreement list")).Exit, Is.EqualTo(NotAllowed));
    }

    [Test]
    public async Task Until_a_key_was_used_the_first_user_can_be_made_without_one_and_then_no_more()
    {
        await using var place = await ServerPlace.Empty();
        await place.Work.Ok("db migrate");
        var early = await place.As(null, "user add maria --role treasurer -o json");
        var key = (await place.Work.Json("user add root --role operator")).At("key");
        (await place.As(key, "user list")).Exits(0);
        var late = await place.As(null, "user add olga --role operator -o json");
        Assert.That((early.Exit, late.Exit, late.Problem.At("code")), Is.EqualTo((2, NotAllowed, "key_needed")), $"{early}\n{late}");
    }
}
