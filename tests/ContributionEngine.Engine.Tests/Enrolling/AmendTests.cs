using ContributionEngine.Core;
using ContributionEngine.Engine.Tests.Correcting;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Enrolling;

/// <summary>Changing how an agreement is carried out.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class AmendTests
{
    [Test]
    public async Task A_fund_that_has_moved_is_found_at_its_new_place()
    {
        await using var harvest = await Harvest.With();

        var amended = (await Amend(harvest, """{"channel": {"kind": "folder", "format": "csv", "path": "to-the-fund"}}""")).Value;

        Assert.That((amended.Agreement.Channel.Kind, amended.Agreement.Channel.Path, amended.Agreement.Settlement.Cron), Is.EqualTo(("folder", "to-the-fund", "0 18 * * FRI")));
    }

    [Test]
    public async Task The_audit_keeps_what_stood_before()
    {
        await using var harvest = await Harvest.With();
        _ = (await Amend(harvest, """{"settlement": {"cron": "0 18 * * MON", "time_zone": "America/Costa_Rica", "calendar": "CR"}}""")).Value;

        var said = (await harvest.Desk.Read(work => work.Audit.List(Harvest.Number))).Single(one => one.UseCase == "agreement-amended");

        Assert.That(said.Document, Does.Contain("0 18 * * FRI").And.Contain("0 18 * * MON").And.Contain("the fund has moved"));
    }

    [Test]
    public async Task Statements_of_an_account_that_was_added_are_taken_in()
    {
        await using var harvest = await Harvest.With();

        _ = (await Amend(harvest, """{"bank": {"fund_account": "CR99 0000", "organisation_account": null}}""")).Value;

        Assert.That((await harvest.Desk.Read(work => work.Bank.Account("CR990000")))?.Holder, Is.EqualTo("fund"));
    }

    [TestCase("""{"liability": "debtor"}""", "amendment_malformed")]
    [TestCase("[]", "amendment_malformed")]
    [TestCase("""{"channel": {"kind": "folder", "format": "csv"}}""", "agreement_invalid")]
    [TestCase("""{"channel": {"kind": "folder", "format": "xml", "path": "p"}}""", "agreement_invalid")]
    public async Task What_was_agreed_and_what_cannot_be_is_not_taken(string changes, string code)
    {
        await using var harvest = await Harvest.With();

        Assert.That((await Amend(harvest, changes)).Refusal?.Code, Is.EqualTo(code));
    }

    private static Task<Outcome<StoredAgreement>> Amend(Harvest harvest, string changes) =>
        new AmendAgreement(harvest.Desk.Database).Run(Desk.Treasurer, new AmendRequest(Harvest.Number, changes, "the fund has moved"), CancellationToken.None);
}
