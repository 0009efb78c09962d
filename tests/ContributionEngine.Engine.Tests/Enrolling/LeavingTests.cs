using ContributionEngine.Core;
using ContributionEngine.Engine.Tests.Correcting;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Enrolling;

/// <summary>Members who leave, and who go to another agreement. A month of the harvest is 38,600.00.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LeavingTests
{
    private const string Other = "CR-2021-015";

    [Test]
    public async Task What_was_paid_for_a_period_after_leaving_is_her_credit_and_a_case_asks_to_refund_it()
    {
        await using var harvest = await PaidUntilMarch();

        var left = (await Leave(harvest, "A001", "2021-02-28")).Value;

        Assert.Multiple(() =>
        {
            Assert.That(left.NoLongerOwed.ToMajor(), Is.EqualTo("115800.00"));
            Assert.That(left.StillOwed.ToMajor(), Is.EqualTo("0.00"));
            Assert.That(left.Credit.ToMajor(), Is.EqualTo("38600.00"));
        });
        Assert.That((await harvest.Cases("refund_due")).Single().Subject, Is.EqualTo("member A001"));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task Arrears_stay_when_a_member_leaves()
    {
        await using var harvest = await Harvest.With();

        var left = (await Leave(harvest, "A002", "2021-01-31")).Value;

        Assert.That((left.NoLongerOwed.ToMajor(), left.StillOwed.ToMajor()), Is.EqualTo(("154400.00", "38600.00")));
    }

    [Test]
    public async Task Nobody_leaves_on_a_day_on_which_she_is_not_enrolled()
    {
        await using var harvest = await Harvest.With();

        Assert.That((await Leave(harvest, "A001", "2020-12-31")).Refusal?.Code, Is.EqualTo("not_enrolled"));
    }

    [Test]
    public async Task A_transfer_begins_an_enrolment_where_the_other_has_ended()
    {
        await using var harvest = await PaidUntilMarch();
        await Import(harvest, Other, "COOP");

        var gone = (await Transfer(harvest, "A001")).Value;

        Assert.Multiple(() =>
        {
            Assert.That((gone.Left.EnrolledTo, gone.EnrolledFrom), Is.EqualTo((new DateOnly(2021, 2, 28), new DateOnly(2021, 3, 1))));
            Assert.That(gone.Scheduled.ToMajor(), Is.EqualTo("115800.00"));
            Assert.That(gone.Left.Credit.ToMajor(), Is.EqualTo("38600.00"), "credit does not move by itself");
        });
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task In_another_organisation_she_takes_a_number_that_is_free_there()
    {
        await using var harvest = await PaidUntilMarch();
        await Import(harvest, Other, "OTHER");
        await harvest.Desk.Enrol(Other, [new Person("A001", "9-9999-9999", "Somebody Else")]);

        Assert.That((await Transfer(harvest, "A001")).Refusal?.Code, Is.EqualTo("member_no_taken"));
        Assert.That((await Transfer(harvest, "A001", "B777")).Value.MemberNo, Is.EqualTo("B777"));
    }

    [Test]
    public async Task A_member_is_not_transferred_to_where_she_is_enrolled_already()
    {
        await using var harvest = await PaidUntilMarch();
        await Import(harvest, Other, "COOP");
        await harvest.Desk.Enrol(Other, [new Person("A001", "1-1001-0001", "Ana Mora", "2021-06-01")]);

        Assert.That((await Transfer(harvest, "A001")).Refusal?.Code, Is.EqualTo("enrolments_overlap"));
    }

    [Test]
    public async Task Her_page_shows_every_enrolment_with_what_she_owes_and_has()
    {
        await using var harvest = await PaidUntilMarch();

        var shown = (await new ShowMember(harvest.Desk.Database).Run(Desk.Treasurer, "A001", null, CancellationToken.None)).Value;

        var place = shown.Enrolments.Single();
        Assert.That((place.Owed.ToMajor(), place.Paid.ToMajor(), place.Due.ToMajor(), place.Credit.ToMajor()), Is.EqualTo(("193000.00", "115800.00", "77200.00", "0.00")));
    }

    private static async Task<Harvest> PaidUntilMarch()
    {
        var harvest = await Harvest.With();
        _ = (await harvest.Post(Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "115800.00")), "2021-03-31")).Value;
        return harvest;
    }

    private static Task<Outcome<LeftMember>> Leave(Harvest harvest, string member, string on) =>
        new LeaveMember(harvest.Desk.Database).Run(Desk.Treasurer, new LeaveRequest(member, null, on, "2021-03-31"), CancellationToken.None);

    private static Task<Outcome<TransferredMember>> Transfer(Harvest harvest, string member, string? number = null) =>
        new TransferMember(harvest.Desk.Database).Run(Desk.Treasurer, new TransferRequest(member, Harvest.Number, Other, "2021-03-01") { As = number, AsOf = "2021-03-31" }, CancellationToken.None);

    private static async Task Import(Harvest harvest, string number, string organisation)
    {
        var file = (Agreements.Coffee() with { Number = number }).Node();
        file["organisation"]!["code"] = organisation;
        _ = (await new ImportAgreement(harvest.Desk.Database).Run(Desk.Treasurer, file.ToJsonString(), CancellationToken.None)).Value;
    }
}
