namespace ContributionEngine.Engine.Tests;

/// <summary>What comes again inside one file, among very many rows that do not.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FileRepeatsTests
{
    private static readonly ReceiptLine Ana = new(10, 0);

    [Test]
    public void What_comes_for_the_first_time_is_no_repeat() => Assert.That(new FileRepeats().Seen(7, 2, Ana), Is.EqualTo((1L, 2L, Ana, false)));

    [Test]
    public void A_repeat_names_the_row_that_was_first()
    {
        var repeats = new FileRepeats();
        repeats.Seen(7, 2, Ana);
        repeats.Seen(7, 5, Ana);
        Assert.That(repeats.Seen(7, 9, Ana), Is.EqualTo((3L, 2L, Ana, true)));
    }

    [Test]
    public void Another_line_of_the_receipt_is_told_apart()
    {
        var repeats = new FileRepeats();
        repeats.Seen(7, 2, Ana);
        Assert.That(repeats.Seen(7, 3, Ana with { For = 1 }).SameLine, Is.False);
        Assert.That(repeats.Seen(7, 4, Ana with { For = 1 }).SameLine, Is.True);
    }

    [Test]
    public void Numbers_that_count_up_are_all_told_apart()
    {
        var repeats = new FileRepeats();
        for (var i = 0; i < 100_000; i++) Assume.That(repeats.Seen(Print(i), i, Ana).Occurrence, Is.EqualTo(1));
        Assert.That(Enumerable.Range(0, 100_000).All(i => repeats.Seen(Print(i), 0, Ana) is { Occurrence: 2, FirstRow: var first } && first == i));
    }

    // Differing in the upper half only, in the lower half only, and in both alike.
    private static UInt128 Print(int i) => (i % 3) switch
    {
        0 => new UInt128((ulong)i, 0),
        1 => new UInt128(0, (ulong)i),
        _ => new UInt128((ulong)i, (ulong)i),
    };
}
