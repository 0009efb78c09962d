namespace ContributionEngine.Core.Tests;

internal sealed class SentenceTests
{
    private static readonly Currency Crc = Currency.Of("CRC").Value;

    [Test]
    public void A_sentence_is_English_and_its_named_values_are_kept_for_other_languages()
    {
        Sentence lacks = $"{2L:count} member{(2 == 1 ? " has" : "s have")} not paid";
        Sentence whole = $"{new Money(3_860_000, Crc):amount} is held since {new DateOnly(2026, 10, 1):date}, because {lacks}; «{("Birth date", "birth_date"):fields}» is missing.";
        var said = whole.As("case_said.batch_held", "joint");
        Assert.That((said.Code, said.Sentence, said.Particulars!.Text()), Is.EqualTo(("case_said.batch_held", "38600.00 CRC is held since 2026-10-01, because 2 members have not paid; «Birth date» is missing.",
            """{"Variant":"joint","Values":{"amount":"38600.00 CRC","date":"2026-10-01","count":"2","fields":"birth_date"}}""")));
    }

    [Test]
    public void Sentences_within_one_are_kept_as_they_are_and_read_again()
    {
        Remark[] warnings = [new("gap", "two are missing", Particulars.Of("before", ("amount", "1.00"))) { More = 2 }, new("never_booked", "it is provisional")];
        Sentence held = $"It is held: {(string.Join("; ", warnings.Select(one => one.Sentence)), warnings)}.";
        var kept = Particulars.Read(held.As("case_said.statement_held").Particulars!.Text())!;
        Assert.That((held.ToString(), string.Join(" | ", kept.Inner!), kept.Inner![0].Particulars!.Variant, kept.Inner[0].Particulars!.Values["amount"]), Is.EqualTo(("It is held: two are missing; it is provisional.", "gap: two are missing (and 2 more) | never_booked: it is provisional", "before", "1.00")));
    }

    [Test]
    public void Several_sentences_are_one_after_the_other_and_each_of_them_once()
    {
        var (first, second, third) = (new Remark("a", "One."), new Remark("b", "Two."), new Remark("c", "Three."));
        var all = first.And(second).And(first).And(third);
        Assert.That((all.Sentence, string.Join(' ', all.Particulars!.Inner!.Select(one => one.Code))), Is.EqualTo(("One. Two. Three.", "a b c")));
    }
}
