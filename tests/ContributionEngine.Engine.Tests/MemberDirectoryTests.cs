using ContributionEngine.Storage;

namespace ContributionEngine.Engine.Tests;

/// <summary>Rule 7: whom a number or an id names.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MemberDirectoryTests
{
    private static readonly DateOnly Day = new(2021, 6, 15);

    // Rosa left and came back; two numbers are the same but for their zeros; two people share an id.
    private static readonly EnrolledMember[] Enrolled =
    [
        Member(10, "A001", "1-1001-0001"),
        Member(20, "0045", "1-1002-0002"),
        Member(30, "007", "2-2002-0002"),
        Member(40, "0007", "2-2002-0002"),
        Member(50, "R1", "") with { EnrolmentId = 5, EnrolledTo = Of("2021-03-31") },
        Member(50, "R1", "") with { EnrolmentId = 6, EnrolledFrom = Of("2021-06-01"), EnrolledTo = Of("2021-06-30") },
        Member(50, "R1", "") with { EnrolmentId = 7, EnrolledFrom = Of("2021-09-01") },
    ];

    [TestCase("A001", null, 10, TestName = "{m}(the number)")]
    [TestCase("45", null, 20, TestName = "{m}(a number that lost its zeros)")]
    [TestCase("00045", null, 20, TestName = "{m}(a number with more zeros)")]
    [TestCase("a001", null, 10, TestName = "{m}(a number in small letters)")]
    [TestCase("007", null, 30, TestName = "{m}(exactly, although another is like it)")]
    [TestCase(null, "1.1001 0001", 10, TestName = "{m}(the id in another spelling)")]
    [TestCase("A001", "1-1001-0001", 10, TestName = "{m}(both)")]
    [TestCase("X9", "1-1002-0002", 20, TestName = "{m}(the id where the number is unknown)")]
    public async Task She_is_recognised_by(string? number, string? id, long member) => Assert.That((await Directory()).Find(number, id, Day)!.MemberId, Is.EqualTo(member));

    [TestCase("7", null, TestName = "{m}(a number that fits two without zeros)")]
    [TestCase(null, "2-2002-0002", TestName = "{m}(an id of two people)")]
    [TestCase("A001", "1-1002-0002", TestName = "{m}(a number and an id of two people)")]
    [TestCase("A002", null, TestName = "{m}(an unknown number)")]
    [TestCase("0", null, TestName = "{m}(only zeros)")]
    [TestCase(null, "-", TestName = "{m}(an id without letters)")]
    public async Task Nobody_is_recognised_by(string? number, string? id) => Assert.That((await Directory()).Find(number, id, Day), Is.Null);

    [TestCase("2020-05-01", 5, TestName = "{m}(before the first)")]
    [TestCase("2021-03-31", 5, TestName = "{m}(on a last day)")]
    [TestCase("2021-05-01", 5, TestName = "{m}(between two)")]
    [TestCase("2021-06-01", 6, TestName = "{m}(on a first day)")]
    [TestCase("2022-01-01", 7, TestName = "{m}(within the last)")]
    public async Task The_enrolment_is_the_one_of_the_day(string day, long enrolment) =>
        Assert.That((await Directory()).Find("R1", null, DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))!.EnrolmentId, Is.EqualTo(enrolment));

    [Test]
    public async Task All_enrolments_of_a_member_are_hers() => Assert.That((await Directory()).Find("R1", null, Day)!.Enrolments, Is.EqualTo(new[] { 5L, 6L, 7L }));

    [Test]
    public async Task A_member_has_one_place_whichever_enrolment_it_is()
    {
        var directory = await Directory();
        Assert.That((directory.Find("R1", null, Day)!.Place, directory.PlaceOf(50), directory.PlaceOf(51)), Is.EqualTo((4, (int?)4, (int?)null)));
    }

    [Test]
    public async Task Thousands_keep_their_names_apart()
    {
        var many = Enumerable.Range(0, 20_000).Select(i => Member(i + 1, $"N{i}", $"id{i}") with { FullName = $"Member {i} of many" }).ToList();
        var directory = await MemberDirectory.Of(many.ToAsyncEnumerable());
        Assert.That(Enumerable.Range(0, 20_000).All(i => directory.Find($"N{i}", $"id{i}", Day)!.FullName == $"Member {i} of many"));
    }

    private static Task<MemberDirectory> Directory() => MemberDirectory.Of(Enrolled.ToAsyncEnumerable());

    private static EnrolledMember Member(long id, string number, string nationalId) => new()
    {
        EnrolmentId = id, MemberId = id, MemberNo = number, NationalId = nationalId, NationalIdFolded = MemberDirectory.Folded(nationalId), FullName = number, EnrolledFrom = Of("2021-01-01"),
    };

    private static DateOnly Of(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
