using OtpNet;

namespace ContributionEngine.Engine.Tests.Access;

/// <summary>The second factor: an authenticator of the test's own makes the codes.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SecondFactorTests
{
    [Test]
    public async Task Once_it_is_on_a_password_alone_does_not_let_in_and_a_code_does_once()
    {
        await using var front = await Front.Open();
        var (secret, codes) = await On(front);
        var pending = (await front.Try(Front.Password)).Value;
        var wrong = (await Second(front, pending, "000000")).Refusal!.Code;
        var session = (await Second(front, pending, Code(front, secret))).Value;
        var replayed = (await Second(front, pending, Code(front, secret))).Refusal!.Code;
        Assert.That((codes.Count, pending.Step, wrong, session.Step, replayed), Is.EqualTo((10, SignInStep.SecondFactor, "second_factor_failed", SignInStep.Done, "second_factor_failed")));
        Assert.That(await front.Audit(), Has.None.Contain(secret));
    }

    [Test]
    public async Task A_recovery_code_lets_in_once_however_it_is_typed()
    {
        await using var front = await Front.Open();
        var (_, codes) = await On(front);
        var pending = (await front.Try(Front.Password)).Value;
        var session = (await Second(front, pending, codes[3].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal))).Value;
        var again = (await Second(front, pending, codes[3])).Refusal!.Code;
        Assert.That((session.Step, again, (await front.Account.Show(Front.Ana, CancellationToken.None)).Value.RecoveryCodesLeft), Is.EqualTo((SignInStep.Done, "second_factor_failed", 9L)));
    }

    [Test]
    public async Task Right_passwords_in_between_buy_no_further_tries_at_codes()
    {
        await using var front = await Front.Open();
        var (secret, _) = await On(front);
        for (var i = 0; i < SignIn.AttemptsMax; i++) await Second(front, (await front.Try(Front.Password)).Value, "000000");
        Assert.That((await front.Try(Front.Password)).Refusal!.Code, Is.EqualTo("sign_in_failed"));
        front.Desk.Clock.Move(SignIn.LockedFor);
        Assert.That((await Second(front, (await front.Try(Front.Password)).Value, Code(front, secret))).Value.Step, Is.EqualTo(SignInStep.Done));
    }

    [Test]
    public async Task It_is_offered_until_a_code_proves_that_the_app_has_it()
    {
        await using var front = await Front.Open();
        var offered = (await front.Factor.Offer(Front.Ana, CancellationToken.None)).Value;
        var shown = (await front.Factor.Offered(Front.Ana, CancellationToken.None)).Value;
        var wrong = (await front.Factor.Confirm(Front.Ana, "000000", CancellationToken.None)).Refusal!.Code;
        Assert.That((shown, wrong, (await front.Try(Front.Password)).Value.Step), Is.EqualTo((offered, "code_wrong", SignInStep.Done)));
        Assert.That(offered.Address, Does.StartWith("otpauth://totp/Contribution%20Engine:ana?secret=").And.Contain("issuer=Contribution%20Engine"));
    }

    [Test]
    public async Task Taken_away_by_herself_with_a_code_or_by_an_operator_it_is_asked_for_no_more_and_old_sessions_end()
    {
        await using var front = await Front.Open();
        var (_, codes) = await On(front);
        var session = (await Second(front, (await front.Try(Front.Password)).Value, codes[0])).Value;
        Assert.That((await front.Factor.Remove(Front.Ana, "000000", CancellationToken.None)).Refusal!.Code, Is.EqualTo("code_wrong"));
        var own = (await front.Factor.Remove(Front.Ana, codes[1], CancellationToken.None)).Value;
        Assert.That((await front.Resume(session), (await front.Resume(own))!.Name, (await front.Try(Front.Password)).Value.Step), Is.EqualTo(((UserSession?)null, "ana", SignInStep.Done)));
        _ = await On(front);
        _ = (await front.Logins.RemoveSecondFactor(new("olga"), "ana", CancellationToken.None)).Value;
        Assert.That((await front.Resume(own), (await front.Try(Front.Password)).Value.Step), Is.EqualTo(((UserSession?)null, SignInStep.Done)));
    }

    [Test]
    public async Task A_role_that_needs_it_does_nothing_else_before_it_is_set_up()
    {
        await using var front = await Front.Open();
        var before = (await front.Try(Front.Password)).Value;
        front.Duty = new SecondFactorDuty(Door.Operator, "approver");
        var now = (await front.Try(Front.Password)).Value;
        Assert.That((before.Step, (await front.Resume(before))!.Step, now.Step), Is.EqualTo((SignInStep.Done, SignInStep.SetUpFactor, SignInStep.SetUpFactor)), "also in a session that was open before");
        var (_, codes) = await On(front);
        var session = (await Second(front, (await front.Try(Front.Password)).Value, codes[0])).Value;
        Assert.That((session.Step, (await front.Resume(session))!.Step), Is.EqualTo((SignInStep.Done, SignInStep.Done)));
        var without = (await front.Factor.Remove(Front.Ana, codes[1], CancellationToken.None)).Value;
        Assert.That((await front.Resume(without))!.Step, Is.EqualTo(SignInStep.SetUpFactor), "taken away, it is owed again");
        front.Duty = new SecondFactorDuty("approver");
        Assert.That((await front.Try(Front.Password)).Value.Step, Is.EqualTo(SignInStep.Done), "another role's");
    }

    [Test]
    public async Task A_secret_whose_key_is_gone_lets_nobody_in_and_says_so()
    {
        await using var front = await Front.Open();
        var (secret, _) = await On(front);
        var elsewhere = new SignIn(front.Desk.Database, new Sealing(text => text, _ => null), new SecondFactorDuty());
        var pending = (await elsewhere.Password("ana", Front.Password, CancellationToken.None)).Value;
        Assert.That((await elsewhere.SecondFactor((pending.UserId, pending.Stamp), Code(front, secret), CancellationToken.None)).Refusal!.Code, Is.EqualTo("second_factor_unreadable"));
    }

    private static async Task<(string Secret, IReadOnlyList<string> Codes)> On(Front front)
    {
        var secret = (await front.Factor.Offer(Front.Ana, CancellationToken.None)).Value.Secret.Replace(" ", "", StringComparison.Ordinal);
        var codes = (await front.Factor.Confirm(Front.Ana, Code(front, secret), CancellationToken.None)).Value.Codes;
        front.Desk.Clock.Move(TimeSpan.FromMinutes(2));
        return (secret, codes);
    }

    private static string Code(Front front, string secret) => new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(front.Desk.Clock.GetUtcNow().UtcDateTime);

    private static Task<Core.Outcome<UserSession>> Second(Front front, UserSession pending, string code) => front.SignIn.SecondFactor((pending.UserId, pending.Stamp), code, CancellationToken.None);
}
