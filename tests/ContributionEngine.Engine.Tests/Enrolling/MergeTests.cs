using ContributionEngine.Core;
using ContributionEngine.Engine.Tests.Correcting;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Enrolling;

/// <summary>Two numbers that are one person: A002 was registered again as A001.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MergeTests
{
    [Test]
    public async Task What_comes_under_the_old_number_or_id_pays_for_the_one_that_stays()
    {
        await using var harvest = await Harvest.With();
        _ = (await Merge(harvest, "A002", "A001")).Value;
        _ = (await harvest.Post(Receipts.Csv(new Paid("R1", "A002", "2021-01-15", "38600.00")), "2021-01-31")).Value;
        Assert.That((await Paid(harvest, "A001"), await Paid(harvest, "A002")), Is.EqualTo(("38600.00", "0.00")));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_row_with_the_number_of_one_and_the_id_of_the_other_names_one_person()
    {
        await using var harvest = await Harvest.With();
        const string row = "member_no,national_id,received_on,amount\nA001,1-1002-0002,2021-01-15,38600.00\n";
        Assert.That((await harvest.Post(row, "2021-01-31")).Value.Errors, Is.EqualTo(1), "two persons before");
        _ = (await Merge(harvest, "A002", "A001")).Value;
        _ = (await harvest.Post(row.Replace("A001", " A001", StringComparison.Ordinal), "2021-01-31")).Value;
        Assert.That(await Paid(harvest, "A001"), Is.EqualTo("38600.00"));
    }

    [Test]
    public async Task Undone_both_are_members_of_their_own_again()
    {
        await using var harvest = await Harvest.With();
        _ = (await Merge(harvest, "A002", "A001")).Value;
        _ = (await new MergeMembers(harvest.Desk.Database).Undo(Desk.Treasurer, ("A002", Harvest.Number, "mistaken"), CancellationToken.None)).Value;
        _ = (await harvest.Post(Receipts.Csv(new Paid("R1", "A002", "2021-01-15", "38600.00")), "2021-01-31")).Value;
        Assert.That((await Paid(harvest, "A001"), await Paid(harvest, "A002")), Is.EqualTo(("0.00", "38600.00")));
    }

    [TestCase("A001", "A001", "merge_same")]
    [TestCase("A002", "A003", "merge_known")]
    [TestCase("A003", "A002", "merge_chain")]
    [TestCase("A001", "A003", "merge_chain")]
    [TestCase("A009", "A001", "member_unknown")]
    public async Task A_second_link_that_would_hide_the_first_is_refused(string from, string into, string code)
    {
        await using var harvest = await Harvest.With();
        _ = (await Merge(harvest, "A002", "A001")).Value;
        Assert.That((await Merge(harvest, from, into)).Refusal?.Code, Is.EqualTo(code));
    }

    private static Task<Outcome<MergedMember>> Merge(Harvest harvest, string from, string into) =>
        new MergeMembers(harvest.Desk.Database).Run(Desk.Treasurer, new MergeRequest(from, into, Harvest.Number, "registered twice"), CancellationToken.None);

    private static async Task<string> Paid(Harvest harvest, string member) =>
        (await new ShowMember(harvest.Desk.Database).Run(Desk.Treasurer, member, Harvest.Number, CancellationToken.None)).Value.Enrolments.Single().Paid.ToMajor();
}
