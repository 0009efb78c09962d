using ContributionEngine.Storage;

namespace ContributionEngine.Engine.Tests;

/// <summary>Whom a number that nobody has may stand for, and why she is shown.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LookAlikesTests
{
    private static readonly EnrolledMember[] Members =
    [
        Member(1, "A-10235", "1-0415-0881", "Ana María Mora Solís"),
        Member(2, "A-10253", "1-0415-0882", "Luis Vega Rojas"),
        Member(3, "00777", "2-0101-0303", "Rosa Solano Díaz"),
        Member(4, "B-99001", "3-0999-0404", "José Pérez"),
    ];

    [TestCase("A10235", "A-10235: same number but for separators, leading letters or zeros, A-10253: two neighbours swapped")]
    [TestCase("10235", "A-10235: same number but for separators, leading letters or zeros")]
    [TestCase("777-0", "")]
    [TestCase("b 99001", "B-99001: same number but for separators, leading letters or zeros")]
    [TestCase("B-99010", "B-99001: two neighbours swapped")]
    [TestCase("B-99011", "B-99001: one digit different")]
    [TestCase("B-9901", "")]
    [TestCase("304150881", "")]
    [TestCase("1 0415 0881", "A-10235: the number is this member's national id")]
    public void A_number_is_like_another(string number, string alike) => Assert.That(Shown(new Sought(number, null, null)), Is.EqualTo(alike));

    [Test]
    public void Two_who_are_alike_are_both_named() =>
        Assert.That(Shown(new Sought("A-10233", null, null)), Is.EqualTo("A-10235: one digit different, A-10253: one digit different"));

    [Test]
    public void A_number_and_an_id_of_two_people_name_both() =>
        Assert.That(Shown(new Sought("00777", "1.0415.0881", null)), Is.EqualTo("00777: same number, A-10235: same national id"));

    [TestCase("Pérez José", "B-99001: same name")]
    [TestCase("JOSE PEREZ", "B-99001: same name")]
    [TestCase("José", "")]
    [TestCase("José Pérez Mora", "")]
    public void A_name_is_like_another_by_its_words(string name, string alike) => Assert.That(Shown(new Sought(null, null, name)), Is.EqualTo(alike));

    [Test]
    public void More_reasons_come_first() =>
        Assert.That(Shown(new Sought("A-10233", null, "Luis Vega Rojas")), Is.EqualTo("A-10253: one digit different; same name, A-10235: one digit different"));

    [Test]
    public void Two_lesser_reasons_come_before_a_better_one()
    {
        var members = new[] { Member(1, "C0901", "id-1", "Rosa Monge"), Member(2, "C0001", "id-2", "Ana Mora") };
        Assert.That(LookAlikes.Of(members, [new Sought("C9001", null, "Ana Mora")])[0].Select(item => item.MemberNo), Is.EqualTo(new[] { "C0001", "C0901" }));
    }

    [Test]
    public void Not_more_than_three_are_shown()
    {
        var many = Enumerable.Range(0, 9).Select(digit => Member(digit, $"4400{digit}", $"id-{digit}", "Ana Mora"));
        Assert.That(LookAlikes.Of(many, [new Sought("44009", null, null)])[0].Select(item => item.MemberNo), Is.EqualTo(new[] { "44000", "44001", "44002" }));
    }

    [Test]
    public void Each_question_has_its_own_answer() =>
        Assert.That(LookAlikes.Of(Members, [new Sought("X", null, null), new Sought("B-99011", null, null)]).Select(items => items.Count), Is.EqualTo(new[] { 0, 1 }));

    [Test]
    public void Somebody_who_left_and_came_back_is_shown_once() =>
        Assert.That(LookAlikes.Of([Members[3], Members[3] with { EnrolmentId = 9 }], [new Sought("B-99011", null, null)])[0], Has.Count.EqualTo(1));

    private static string Shown(Sought sought) => string.Join(", ", LookAlikes.Of(Members, [sought])[0].Select(item => $"{item.MemberNo}: {item.Reason}"));

    private static EnrolledMember Member(long id, string number, string nationalId, string name) =>
        new() { EnrolmentId = id, MemberId = id, MemberNo = number, NationalId = nationalId, NationalIdFolded = MemberDirectory.Folded(nationalId), FullName = name };
}
