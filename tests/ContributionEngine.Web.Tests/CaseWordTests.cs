using ContributionEngine.Core;

namespace ContributionEngine.Web.Tests;

/// <summary>What happened in a case, in a reader's words: her amounts, days, months and numbers, and the words of lists.</summary>
internal sealed class CaseWordTests
{
    private static readonly Currency Crc = Currency.Of("CRC").Value;
    private static readonly DateOnly Day = new(2026, 10, 31);

    [TestCase("es", "CR", 1L, "CRC 38 600,00 de octubre 2026 están retenidos desde el 31/10/2026, porque 1 afiliado no pagó todo: faltan CRC 5,00.")]
    [TestCase("es", "CR", 2L, "CRC 38 600,00 de octubre 2026 están retenidos desde el 31/10/2026, porque 2 afiliados no pagaron todo: faltan CRC 5,00.")]
    [TestCase("fr", null, 2L, "CRC 38 600,00 de octobre 2026 est retenu depuis le 31/10/2026, parce que 2 affiliés n'ont pas tout payé : il manque CRC 5,00.")]
    [TestCase("en", null, 1L, "CRC 38,600.00 of October 2026 is held since 31/10/2026, because 1 member has not paid in full: CRC 5.00 is missing.")]
    public void Amounts_days_months_and_numbers_are_those_of_the_reader(string language, string? region, long members, string words)
    {
        Sentence held = $"{new Money(3_860_000, Crc):amount} of {"2026-10":period} is held since {Day:date}, because {members:count} have not paid in full: {new Money(500, Crc):sum} is missing.";
        Assert.That(Told(Tongue.In(language, region), held.As("case_said.batch_held")), Is.EqualTo(words));
    }

    [Test]
    public void Words_of_the_engine_are_the_reader_s_and_what_is_said_within_it_too()
    {
        var spanish = Tongue.In("es");
        Sentence proposed = $"{"REM-1":remittances} ({"reference_exact, date_in_window":cues}: {90:points}) {"P1":proposal}";
        Sentence paid = $"{"state":debtor} {new Money(100, Crc):sum} {new Money(0, Crc):total}";
        Sentence apart = $"{string.Join(", ", "2026-10", "no period"):places}";
        Sentence held = $"{"S1":statement} of {"A1":account}: {("told in English", [new Remark("gap", "x", Particulars.Of(null, ("date", "2026-10-31"), ("amount", "1.00"))), new Remark("of_tomorrow", "this has no text yet")])}";
        Sentence unheard = $"{("told in English", [new Remark("duplicate", "x", Particulars.Of(null, ("sha256", "0a1b")))])} {"2c3d":sha256}";
        Assert.That((string[])[Told(spanish, proposed.As("case_said.match_proposed")), Told(spanish, paid.As("case_said.state_share_paid_above")), Told(spanish, apart.As("case_said.tie_out_broken")), Told(spanish, held.As("case_said.statement_held")), Told(spanish, unheard.As("case_said.answer_unknown"))], Is.EqualTo(new[]
        {
            "Parece pertenecer a REM-1 (referencia exacta, fecha conforme: 90 puntos). Si es así: bank match accept P1",
            "Hasta ahora el Estado pagó CRC 1,00 y debe CRC 0,00, porque el fondo ya no tiene ninguna línea de ese período, o el aporte bajó.",
            "Plan, recibos, fondo y banco difieren en lo que ninguna partida abierta explica: 2026-10, sin período.",
            "El extracto S1 de la cuenta A1 está retenido: el extracto anterior terminó el 31/10/2026 con 1,00: faltan extractos entre los dos; this has no text yet.",
            "estos bytes ya se habían incorporado (SHA-256 0a1b). Sus bytes se guardan; SHA-256 2c3d.",
        }));
    }

    [Test]
    public void A_case_from_before_is_told_as_it_was_kept_and_marked_as_English()
    {
        var (tongue, old) = (Tongue.In("es"), new Remark("", "It came back."));
        Assert.That((tongue.Remark(old), tongue.TagOf(old)), Is.EqualTo(("It came back.", "en")));
    }

    private static string Told(Tongue tongue, Remark said) => tongue.Remark(said).Replace('\u00a0', ' ').Replace('\u202f', ' ');
}
