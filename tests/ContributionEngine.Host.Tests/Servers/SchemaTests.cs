using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Servers;

/// <summary>A server's schema is brought up by 'db migrate' and by nothing else.</summary>
internal sealed class SchemaTests
{
    [Test]
    public async Task A_schema_is_behind_then_brought_up_and_then_left_as_it_is()
    {
        await using var place = await ServerPlace.Empty();
        var before = await place.Work.Json("db status");
        var first = await place.Work.Json("db migrate");
        var again = await place.Work.Json("db migrate");
        Assert.That((before.At("state"), first.At("state"), again.At("state"), (await place.Work.Json("db status")).ToJsonString()), Is.EqualTo(("behind", "current", "current", again.ToJsonString())));
    }

    [Test]
    public async Task Four_hosts_that_migrate_at_once_all_end_well()
    {
        await using var place = await ServerPlace.Empty();
        var ends = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => place.Work.Run("db migrate -o json")));
        Assert.That(ends.Select(end => end.Exit), Is.All.Zero, string.Join('\n', ends.AsEnumerable()));
        Assert.That(ends.Select(end => end.Json.At("state")), Is.All.EqualTo("current"));
    }

    [Test]
    public async Task Nothing_is_done_on_a_database_without_its_schema()
    {
        await using var place = await ServerPlace.Empty();
        foreach (var command in new[] { "agreement list", "worker" })
        {
            var said = await place.As("ce_any", $"{command} -o json");
            Assert.That((said.Exit, said.Problem.At("code")), Is.EqualTo((2, "schema_missing")), said.ToString());
        }

        Assert.That(await place.Number("select count(*) from pg_tables where schemaname = 'public'"), Is.Zero);
    }

    [Test]
    public async Task Nothing_is_done_on_a_database_of_a_newer_program()
    {
        await using var place = await ServerPlace.Fresh();
        await place.Number("insert into schemaversions (scriptname, applied) values ('9999_later.sql', now()) returning 1");
        foreach (var command in new[] { "agreement list", "db migrate", "worker" })
        {
            var said = await place.Work.Run($"{command} -o json");
            Assert.That((said.Exit, said.Problem.At("code")), Is.EqualTo((2, "schema_newer")), said.ToString());
        }
    }
}
