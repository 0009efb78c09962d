namespace ContributionEngine.Core.Tests;

/// <summary>A sheet of January that is posted, and the same sheet as it should be. Amounts in colones, without cents.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SheetDifferenceTests
{
    private const long Ana = 1;
    private const long Berta = 2;

    private static readonly DateOnly Paid = new(2021, 1, 31);

    [Test]
    public void A_sheet_that_says_the_same_differs_in_nothing()
    {
        var found = SheetDifference.Of([Posted(10, "R1", Ana, 500), Posted(11, null, Berta, 300)], [Row(2, "R1", Ana, 500), Row(3, null, Berta, 300)]);

        Assert.That(found.Unchanged, Is.EquivalentTo([2L, 3L]));
        Assert.That(Said(found), Is.EqualTo("raised: ; stuck: ; back: "));
    }

    [TestCase(500, 450)]
    [TestCase(500, 550)]
    public void What_is_still_here_and_has_another_amount_is_taken_back_and_comes_anew(long before, long after) =>
        Assert.That(Said(SheetDifference.Of([Posted(10, "R1", Ana, before)], [Row(2, "R1", Ana, after)])), Is.EqualTo("raised: ; stuck: ; back: 10"));

    [Test]
    public void A_row_of_somebody_else_takes_the_receipt_from_her_who_had_it() =>
        Assert.That(Said(SheetDifference.Of([Posted(10, "R1", Ana, 500)], [Row(2, "R1", Berta, 500)])), Is.EqualTo("raised: ; stuck: ; back: 10"));

    [Test]
    public void What_the_sheet_does_not_tell_of_any_more_is_taken_back_sent_or_not() =>
        Assert.That(Said(SheetDifference.Of([Sent(10, "R1", Ana, 500), Posted(11, null, Berta, 300)], [])), Is.EqualTo("raised: ; stuck: ; back: 10 11"));

    [Test]
    public void What_has_gone_to_the_fund_is_raised_by_what_comes_on_top() =>
        Assert.That(Said(SheetDifference.Of([Sent(10, "R1", Ana, 500)], [Row(2, "R1", Ana, 550)])), Is.EqualTo("raised: 2 by 50; stuck: ; back: "));

    [Test]
    public void What_was_raised_stands_in_its_parts_and_can_be_raised_again()
    {
        StandingReceipt[] posted = [Sent(10, "R1", Ana, 500), Posted(20, "R1", Ana, 50)];

        Assert.That(SheetDifference.Of(posted, [Row(2, "R1", Ana, 550)]).Unchanged, Is.EqualTo(new[] { 2L }));
        Assert.That(Said(SheetDifference.Of(posted, [Row(2, "R1", Ana, 600)])), Is.EqualTo("raised: 2 by 50; stuck: ; back: "));
    }

    [TestCase(450, 31, "")]
    [TestCase(500, 30, "")]
    [TestCase(550, 31, "2021-02")]
    public void What_has_gone_to_the_fund_is_not_lowered_nor_given_another_day_or_purpose(long minor, int day, string purpose) =>
        Assert.That(Said(SheetDifference.Of([Sent(10, "R1", Ana, 500) with { Sent = 100 }], [Named(purpose, On(day, Row(2, "R1", Ana, minor)))])), Is.EqualTo("raised: ; stuck: 2 as 10; back: "));

    [Test]
    public void A_payment_without_a_number_that_has_gone_is_known_by_its_day_or_its_amount()
    {
        StandingReceipt[] posted = [Sent(10, null, Ana, 500)];

        Assert.That(Said(SheetDifference.Of(posted, [Row(2, null, Ana, 450)])), Is.EqualTo("raised: ; stuck: 2 as 10; back: "));
        Assert.That(Said(SheetDifference.Of(posted, [On(30, Row(2, null, Ana, 500))])), Is.EqualTo("raised: ; stuck: 2 as 10; back: "));
        Assert.That(Said(SheetDifference.Of(posted, [On(30, Row(2, null, Ana, 450))])), Is.EqualTo("raised: ; stuck: ; back: 10"));
        Assert.That(Said(SheetDifference.Of(posted, [Row(2, null, Ana, 450), Row(3, null, Ana, 500)])), Is.EqualTo("raised: ; stuck: ; back: "), "the second row is the one that has gone, and the first is new");
    }

    [Test]
    public void Equal_payments_without_a_number_are_counted_and_the_one_too_many_is_taken_back()
    {
        var found = SheetDifference.Of([Posted(10, null, Ana, 500), Posted(11, null, Ana, 500)], [Row(2, null, Ana, 500)]);

        Assert.That(Said(found), Is.EqualTo("raised: ; stuck: ; back: 11"));
    }

    [Test]
    public void What_a_person_has_given_to_another_member_stays_there_although_the_sheet_says_as_before()
    {
        var moved = Posted(10, "R1", Berta, 500) with { Names = [new PaymentName(Key("R1", Berta, 500, 31), Berta), new PaymentName(Key("R1", Ana, 500, 31), Ana)] };

        Assert.That(SheetDifference.Of([moved], [Row(2, "R1", Ana, 500)]).Unchanged, Is.EqualTo(new[] { 2L }));
    }

    [Test]
    public void Money_with_another_event_is_another_payment_and_is_not_raised()
    {
        var sold = Posted(10, "R1", Ana, 500) with { Payment = Posted(10, "R1", Ana, 500).Payment with { Event = "sale 5000" } };

        Assert.That(Said(SheetDifference.Of([sold], [Row(2, "R1", Ana, 500)])), Is.EqualTo("raised: ; stuck: ; back: 10"));
        Assert.That(Said(SheetDifference.Of([sold with { Sent = 500 }], [Row(2, "R1", Ana, 550)])), Is.EqualTo("raised: ; stuck: 2 as 10; back: "));
    }

    [Test]
    public void Whatever_differs_the_sheet_adds_up_once_it_is_corrected([Range(1, 200)] int seed)
    {
        var random = new Random(seed);
        StandingReceipt[] posted = [.. Enumerable.Range(0, 12).Select(no => Posted(100 + no, Number(), random.Next(1, 4), random.Next(1, 4) * 100) with { Sent = random.Next(3) == 0 ? 100 : 0 })];
        SheetRow[] rows = [.. Enumerable.Range(0, 12).Select(no => Row(no, Number(), random.Next(1, 4), random.Next(1, 4) * 100))];

        var found = SheetDifference.Of(posted, rows);

        var kept = posted.Except(found.TakenBack).Except(found.Stuck.Values).Sum(receipt => receipt.Payment.Minor);
        var comes = rows.Where(row => !found.Unchanged.Contains(row.Row) && !found.Stuck.ContainsKey(row.Row)).Sum(row => found.Raised.TryGetValue(row.Row, out var raise) ? raise.By : row.Payment.Minor);
        Assert.That(kept + comes, Is.EqualTo(rows.Where(row => !found.Stuck.ContainsKey(row.Row)).Sum(row => row.Payment.Minor)));

        string? Number() => random.Next(2) == 0 ? null : $"R{random.Next(1, 5)}";
    }

    private static StandingReceipt Posted(long id, string? number, long payer, long minor) => new(id, Payment(number, payer, minor), [new PaymentName(Key(number, payer, minor, Paid.Day), payer)], 0);

    private static StandingReceipt Sent(long id, string? number, long payer, long minor) => Posted(id, number, payer, minor) with { Sent = minor };

    private static SheetRow Row(long row, string? number, long payer, long minor) => new(row, Key(number, payer, minor, Paid.Day), Payment(number, payer, minor));

    private static SheetRow On(int day, SheetRow row) =>
        row with { Key = Key(row.Payment.Number, row.Payment.Payer!.Value, row.Payment.Minor, day), Payment = row.Payment with { Day = new DateOnly(2021, 1, day) } };

    private static SheetRow Named(string purpose, SheetRow row) => row with { Payment = row.Payment with { Purpose = purpose } };

    private static SheetPayment Payment(string? number, long payer, long minor) => new() { Number = number, Payer = payer, Day = Paid, Minor = minor };

    private static string Key(string? number, long payer, long minor, int day) => number ?? $"{payer} {minor} {day}";

    private static string Said(SheetDifference found) =>
        $"raised: {string.Join(' ', found.Raised.Select(pair => $"{pair.Key} by {pair.Value.By}"))}; stuck: {string.Join(' ', found.Stuck.Select(pair => $"{pair.Key} as {pair.Value.Id}"))}; back: {string.Join(' ', found.TakenBack.Select(receipt => receipt.Id))}";
}
