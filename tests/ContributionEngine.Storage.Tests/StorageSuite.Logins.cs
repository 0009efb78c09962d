using ContributionEngine.Storage;

namespace ContributionEngine.Storage.Tests;

/// <summary>How users sign in, on every database.</summary>
public abstract partial class StorageSuite
{
    private static readonly TimeSpan Lock = TimeSpan.FromMinutes(15);

    [Test]
    public async Task Tries_are_counted_before_they_are_made_and_the_last_one_locks_until_it_was_right()
    {
        await using var store = await Open();
        var maria = await store.Write(async work =>
        {
            var user = await Maria(work);
            await work.Logins.SetPassword(user.Id, "hash", null);
            return user.Id;
        });
        var tries = new List<bool?>();
        for (var i = 0; i < 4; i++) tries.Add(await store.Write(async work => (await work.Logins.Attempt(maria, 3, Lock))?.LockedUntil is not null));
        var locked = await store.Write(async work => await work.Logins.Attempt(maria, 3, Lock) is null);
        await store.Write(work => work.Logins.GiveBack(maria));
        var again = await store.Write(async work => (await work.Logins.Attempt(maria, 3, Lock))!.LockedUntil is not null);
        await store.Write(work => work.Logins.SignedIn(maria));
        var clean = await store.Write(async work => (await work.Logins.Attempt(maria, 3, Lock))!.LockedUntil is null);
        Assert.That((tries[..3], locked, again, clean), Is.EqualTo((new List<bool?> { false, false, true }, true, true, true)));
    }

    [Test]
    public async Task A_time_step_and_a_recovery_code_are_used_once_and_a_stamp_ends_with_what_it_stood_for()
    {
        await using var store = await Open();
        var used = await store.Write(async work =>
        {
            var maria = (await Maria(work)).Id;
            await work.Logins.OfferSecondFactor(maria, "sealed");
            await work.Logins.StartSecondFactor(maria);
            await work.Logins.SetRecoveryCodes(maria, ["a", "b"]);
            var stamp = (await work.Logins.Find("maria")).Value.Stamp!;
            bool[] all = [await work.Logins.UseStep(maria, 7), await work.Logins.UseStep(maria, 7), await work.Logins.UseRecoveryCode(maria, "a"), await work.Logins.UseRecoveryCode(maria, "a"), await work.Logins.InSession(maria, stamp) is not null];
            await work.Logins.EndSecondFactor(maria);
            return all.Append(await work.Logins.InSession(maria, stamp) is not null).Append(await work.Logins.RecoveryCodesLeft(maria) > 0).ToList();
        });
        Assert.That(used, Is.EqualTo(new[] { true, false, true, false, true, false, false }));
    }

    [Test]
    public async Task Users_without_a_name_at_the_provider_do_not_clash_and_two_with_the_same_do()
    {
        await using var store = await Open();
        await store.Write(async work =>
        {
            await work.Logins.SetExternalName((await Maria(work)).Id, "maria@example.org");
            await work.Logins.SetExternalName((await work.Users.Add("olga", "officer", null)).Value.Id, null);
            await work.Logins.SetExternalName((await work.Users.Add("pia", "officer", null)).Value.Id, null);
        });
        Assert.That((await store.Read(work => work.Logins.Called("maria@example.org")))!.Name, Is.EqualTo("maria"));
        Assert.That(async () => await store.Write(async work => await work.Logins.SetExternalName((await work.Users.Find("olga")).Value.Id, "maria@example.org")), Throws.Exception);
    }
}
