using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Access;

/// <summary>Passwords: who is let in, and who is not told why.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SignInTests
{
    [Test]
    public async Task A_database_without_users_gets_one_operator_whose_one_time_password_has_to_be_changed()
    {
        await using var desk = await Desk.Open();
        var first = (await new FirstOperator(desk.Database).Run(CancellationToken.None))!;
        var again = await new FirstOperator(desk.Database).Run(CancellationToken.None);
        var signIn = new SignIn(desk.Database, new Sealing(text => text, text => text), new SecondFactorDuty());
        var session = (await signIn.Password(first.User, first.Password, CancellationToken.None)).Value;
        var account = new OwnAccount(desk.Database);
        var own = (await account.ChangePassword(session.Actor, (null, "my own long password"), CancellationToken.None)).Value;
        Assert.That((first.User, again, session.Role, session.Step, own.Step), Is.EqualTo(("operator", (OneTimePassword?)null, "operator", SignInStep.NewPassword, SignInStep.Done)));
        Assert.That((await signIn.Resume(session.UserId, session.Stamp, CancellationToken.None), (await signIn.Resume(own.UserId, own.Stamp, CancellationToken.None))!.Name), Is.EqualTo(((UserSession?)null, "operator")));
    }

    [Test]
    public async Task The_unknown_the_wrong_and_the_locked_are_told_the_same()
    {
        await using var front = await Front.Open();
        var unknown = (await front.Try(Front.Password, "nobody")).Refusal;
        for (var i = 0; i < SignIn.AttemptsMax - 1; i++) Assert.That((await front.Try("wrong wrong wrong")).Refusal, Is.EqualTo(unknown));
        Assert.That((await front.Try("wrong wrong wrong")).Refusal, Is.EqualTo(unknown), "the fifth try locks");
        Assert.That((await front.Try(Front.Password)).Refusal, Is.EqualTo(unknown), "locked, the right one is told nothing else");
        front.Desk.Clock.Move(SignIn.LockedFor - TimeSpan.FromSeconds(1));
        Assert.That((await front.Try(Front.Password)).Refusal!.Code, Is.EqualTo("sign_in_failed"));
        front.Desk.Clock.Move(TimeSpan.FromSeconds(1));
        Assert.That((await front.Try(Front.Password)).Value.Step, Is.EqualTo(SignInStep.Done));
        Assert.That((await front.Audit()).TakeLast(2), Is.EqualTo(new[] { "anybody sign-in-locked ana {}", """ana signed-in ana {"second_factor":false}""" }));
    }

    [Test]
    public async Task Four_wrong_tries_are_forgotten_by_a_right_one()
    {
        await using var front = await Front.Open();
        for (var i = 0; i < 2 * (SignIn.AttemptsMax - 1); i++)
        {
            Assert.That((await front.Try("wrong wrong wrong")).Refusal, Is.Not.Null);
            if (i == SignIn.AttemptsMax - 2) _ = (await front.Try(Front.Password)).Value;
        }

        Assert.That((await front.Try(Front.Password)).Refusal, Is.Null);
    }

    [Test]
    public async Task A_one_time_password_ends_a_lock_and_sessions_and_is_good_for_seven_days()
    {
        await using var front = await Front.Open();
        var session = (await front.Try(Front.Password)).Value;
        for (var i = 0; i < SignIn.AttemptsMax; i++) await front.Try("wrong wrong wrong");
        var made = (await front.Logins.Password(Front.Ana, "ana", CancellationToken.None)).Value;
        Assert.That((await front.Resume(session), (await front.Try(made.Password)).Value.Step), Is.EqualTo(((UserSession?)null, SignInStep.NewPassword)));
        front.Desk.Clock.Move(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));
        Assert.That((await front.Try(made.Password)).Refusal!.Code, Is.EqualTo("one_time_password_over"));
        Assert.That(await front.Audit(), Has.None.Contain(made.Password));
    }

    [Test]
    public async Task Whoever_is_disabled_is_out_at_once_and_the_last_operator_stays()
    {
        await using var front = await Front.Open();
        var users = new KeepUsers(front.Desk.Database);
        var session = (await front.Try(Front.Password)).Value;
        Assert.That((await users.Disable(Front.Ana, "ana", CancellationToken.None)).Refusal!.Code, Is.EqualTo("last_operator"));
        _ = (await users.Add(Front.Ana, new KnownUser("olga", Door.Operator, null, true), CancellationToken.None)).Value;
        _ = (await users.Disable(new("olga"), "ana", CancellationToken.None)).Value;
        Assert.That((await front.Resume(session), (await front.Try(Front.Password)).Refusal!.Code), Is.EqualTo(((UserSession?)null, "sign_in_failed")));
    }

    [Test]
    public async Task A_provider_vouches_only_for_names_that_an_operator_has_entered()
    {
        await using var front = await Front.Open();
        var before = (await front.SignIn.Vouched("ana@example.org", CancellationToken.None)).Refusal!.Code;
        _ = (await new KeepUsers(front.Desk.Database).Add(Front.Ana, new KnownUser("olga", "officer", null, true), CancellationToken.None)).Value;
        _ = (await front.Logins.SetExternalName(Front.Ana, ("olga", "olga@example.org"), CancellationToken.None)).Value;
        var taken = (await front.Logins.SetExternalName(Front.Ana, ("ana", "olga@example.org"), CancellationToken.None)).Refusal!.Code;
        var session = (await front.SignIn.Vouched("olga@example.org", CancellationToken.None)).Value;
        var bearer = (await front.SignIn.Bearer("olga@example.org", CancellationToken.None)).Value;
        Assert.That((before, taken, session.Name, session.Step, bearer.Role), Is.EqualTo(("user_not_invited", "external_name_taken", "olga", SignInStep.Done, "officer")));
        Assert.That((await front.Audit()).Count(entry => entry.Contains("signed-in olga", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task A_password_that_is_tried_first_is_not_taken()
    {
        await using var front = await Front.Open();
        var codes = new List<string>();
        foreach (var password in new[] { "coffee", "anaana-202", "Password123!", "1234567890", "aaabbbaaabbb", Front.Password })
        {
            codes.Add((await front.Account.ChangePassword(Front.Ana, (Front.Password, password), CancellationToken.None)).Refusal!.Code);
        }

        Assert.That(codes, Is.EqualTo(new[] { "password_short", "password_is_name", "password_common", "password_common", "password_common", "password_same" }));
    }

    [Test]
    public async Task A_password_that_was_hashed_in_fewer_rounds_is_hashed_anew_when_it_is_next_seen()
    {
        await using var front = await Front.Open();
        var old = Front.Hashed(1_000);
        await front.Put(old);
        _ = (await front.Try(Front.Password)).Value;
        var renewed = await front.Kept();
        Assert.That((await front.Try(Front.Password)).Refusal, Is.Null);
        Assert.That(renewed, Is.Not.EqualTo(old).And.EqualTo(await front.Kept()));
    }

    [Test]
    public async Task Her_password_is_changed_with_the_old_one_and_wrong_ones_count()
    {
        await using var front = await Front.Open();
        for (var i = 0; i < SignIn.AttemptsMax; i++) Assert.That((await front.Account.ChangePassword(Front.Ana, ("wrong wrong", "another long one"), CancellationToken.None)).Refusal!.Code, Is.EqualTo("password_wrong"));
        Assert.That((await front.Account.ChangePassword(Front.Ana, (Front.Password, "another long one"), CancellationToken.None)).Refusal!.Code, Is.EqualTo("password_wrong"), "locked");
        front.Desk.Clock.Move(SignIn.LockedFor);
        Assert.That((await front.Account.ChangePassword(Front.Ana, (Front.Password, "another long one"), CancellationToken.None)).Refusal, Is.Null);
    }

    [Test]
    public async Task A_name_that_could_be_taken_for_another_actor_is_refused()
    {
        await using var desk = await Desk.Open();
        foreach (var name in new[] { "os:maria", "maria perez", "" })
        {
            Assert.That((await new KeepUsers(desk.Database).Add(Desk.Treasurer, new KnownUser(name, Door.Operator, null, true), CancellationToken.None)).Refusal!.Code, Is.EqualTo("user_name_invalid"), name);
        }
    }
}
