using ContributionEngine.Core;

namespace ContributionEngine.Core.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class PackVersionTests
{
    [TestCase("2025-1", "2025-2")]
    [TestCase("2025-9", "2025-10")]
    [TestCase("2025-9", "2025.10")]
    [TestCase("2024-12", "2025-1")]
    [TestCase("2025-1", "2025-1-1")]
    [TestCase("2025-1-a", "2025-1-b")]
    [TestCase("2025-1", "2025-1b")]
    [TestCase("2025-9b", "2025-10a")]
    [TestCase("1.99999999999999999999", "1.100000000000000000000")]
    [TestCase("2025-9", "2025-x")]
    public void The_right_version_is_the_higher_one(string lower, string higher) =>
        Assert.That((Math.Sign(PackVersion.Compare(lower, higher)), Math.Sign(PackVersion.Compare(higher, lower))), Is.EqualTo((-1, 1)));

    [TestCase("2025-1", "2025.01")]
    [TestCase("1", "1")]
    public void Neither_version_is_higher(string one, string other) => Assert.That(PackVersion.Compare(one, other), Is.Zero);

    [Test]
    public void The_order_never_goes_round_in_a_circle()
    {
        string[] parts = ["1", "2", "10", "1a", "2a", "10a", "a", "a1", "_", "01"];
        Assert.That(
            from a in parts from b in parts from c in parts
            where PackVersion.Compare(a, b) < 0 && PackVersion.Compare(b, c) < 0 && PackVersion.Compare(a, c) >= 0
            select (a, b, c), Is.Empty);
    }

    [TestCase("ph-group-2025", true)]
    [TestCase("2025.1_beta", true)]
    [TestCase("", false)]
    [TestCase("2025--1", false)]
    [TestCase("-1", false)]
    [TestCase("2025 1", false)]
    [TestCase("=1+1", false)]
    public void An_id_or_version_is_made_of_letters_digits_and_marks_between_them(string text, bool may) => Assert.That(PackVersion.IsWord(text), Is.EqualTo(may));

    [TestCase(60, true)]
    [TestCase(61, false)]
    public void An_id_or_version_has_a_longest_length(int length, bool may) => Assert.That(PackVersion.IsWord(new string('1', length)), Is.EqualTo(may));
}
