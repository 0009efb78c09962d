using ContributionEngine.Core;

namespace ContributionEngine.Engine.Tests.Access;

/// <summary>Keys: several of a user, told apart by how they begin and ended one by one.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class KeyTests
{
    [Test]
    public async Task Of_two_keys_one_is_revoked_and_the_other_still_opens()
    {
        await using var front = await Front.Open();
        var payroll = (await front.Keys.MakeOwn(Front.Ana, " payroll ", CancellationToken.None)).Value;
        var bank = (await front.Keys.Make(Front.Ana, ("ana", "bank"), CancellationToken.None)).Value;
        _ = (await front.Keys.RevokeOwn(Front.Ana, payroll.Number, CancellationToken.None)).Value;
        Assert.That((await Opens(front, payroll), await Opens(front, bank)), Is.EqualTo(("key_unknown", "ana")));
        Assert.That((await front.Keys.Own(Front.Ana, CancellationToken.None)).Value.Skip(1).Select(key => (key.Number, key.Label, key.Starts, key.IsActive)), Is.EqualTo(new[] { (payroll.Number, "payroll", payroll.Key[..9], false), (bank.Number, "bank", bank.Key[..9], true) }));
    }

    [Test]
    public async Task The_use_of_a_key_is_noted_once_an_hour()
    {
        await using var front = await Front.Open();
        var made = (await front.Keys.MakeOwn(Front.Ana, null, CancellationToken.None)).Value;
        var noted = new List<string?>();
        foreach (var minutes in new[] { 0, 59, 2 })
        {
            front.Desk.Clock.Move(TimeSpan.FromMinutes(minutes));
            await Opens(front, made);
            noted.Add($"{(await front.Keys.Own(Front.Ana, CancellationToken.None)).Value[^1].LastUsedAt:HH:mm}");
        }

        Assert.That(noted, Is.EqualTo(new[] { "12:00", "12:00", "13:01" }));
    }

    [Test]
    public async Task Another_users_key_is_as_unknown_as_none()
    {
        await using var front = await Front.Open();
        _ = (await new KeepUsers(front.Desk.Database).Add(Front.Ana, new KnownUser("olga", "officer", null, true), CancellationToken.None)).Value;
        var hers = (await front.Keys.Make(Front.Ana, ("olga", null), CancellationToken.None)).Value;
        var codes = new[] { hers.Number, "KEY-000000999999", "nonsense" }.Select(async number => (await front.Keys.RevokeOwn(Front.Ana, number, CancellationToken.None)).Refusal!.Code);
        Assert.That((await Task.WhenAll(codes), await Opens(front, hers)), Is.EqualTo((new[] { "key_unknown", "key_unknown", "key_unknown" }, "olga")));
    }

    private static async Task<string> Opens(Front front, MadeKey made) =>
        (await Door.Open(front.Desk.Database, made.Key, Engine.Access.Users, CancellationToken.None)).Ok(out var actor, out var refusal) ? actor.Name : refusal.Code;
}
