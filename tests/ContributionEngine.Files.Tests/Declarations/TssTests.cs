using System.Globalization;
using ContributionEngine.Core;

namespace ContributionEngine.Files.Tests;

/// <summary>The Dominican AM file: every record has its width whatever a name holds.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class TssTests
{
    private static readonly DeclarationLine[] Members =
    [
        .. Lines("M1", "001-1234567-8", "25000.00", ("given_name", "María Altagracia"), ("family_name", "Pérez"), ("second_family_name", "De la Cruz"), ("sex", "F"), ("birth_date", "1985-04-30")),
        .. Lines("M2", "00298765432", "31250.75", ("given_name", "José"), ("family_name", "Núñez"), ("sex", "M"), ("birth_date", "1990-12-01"), ("exempt_income_1", "2604.23")),
        .. Lines("M3", "40212345678", "18000.00", ("given_name", "Ana"), ("family_name", "Guzmán"), ("second_family_name", "Rosario"), ("sex", "F"), ("birth_date", "1992-02-29"), ("isr_salary", "18000.00")),
    ];

    [Test]
    public async Task A_declaration_has_the_bytes_of_its_golden_file()
    {
        var (written, text) = (await Declared.Write("tss-am", Declared.Dominican, Members)).Value;
        Assert.That(text, Is.EqualTo(Declared.Golden("tss-am.txt")));
        Assert.That((written.Lines, written.Bytes), Is.EqualTo((6L, (long)text.Length)));
    }

    [Test]
    public async Task The_records_are_those_of_the_known_layout()
    {
        var august = Declared.Dominican with { Period = new Period(new DateOnly(2026, 8, 1), 1) };
        var sample = System.Text.Encoding.ASCII.GetString(Reading.Sample("social-security", "tss-do/AM_101234567_082026.txt"));
        Assert.That((await Declared.Write("tss-am", august, Members)).Value.Text, Is.EqualTo(sample));
    }

    [Test]
    public async Task The_records_read_back_give_the_wages_and_count_all_records()
    {
        var records = (await Declared.Write("tss-am", Declared.Dominican, Members)).Value.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.That(records.Where(record => record[0] == 'D').Sum(record => decimal.Parse(record.AsSpan(169, 16), CultureInfo.InvariantCulture)), Is.EqualTo(74250.75m));
        Assert.That(records[^1], Is.EqualTo("S000005"));
    }

    [Test]
    public async Task A_wage_below_the_floor_is_declared_as_the_floor_that_was_collected_on() =>
        Assert.That((await Declared.Write("tss-am", Declared.Dominican, Lines("M1", "00112345678", "10000", ("sex", "F"), ("birth_date", "1985-04-30")))).Value.Text.AsSpan(22 + 169, 16).ToString(), Is.EqualTo("0000000015860.32"));

    [Test]
    public async Task Names_of_any_kind_keep_the_width_of_every_record()
    {
        var random = new Random(7);
        const string letters = "aeiouñÑáÉíÓúüÇß,\"';#~ -.漢😀";
        for (var round = 0; round < 200; round++)
        {
            string Name() => string.Concat(Enumerable.Range(0, random.Next(1, 90)).Select(_ => letters[random.Next(letters.Length)]));
            var lines = Lines("M1", "00112345678", "25000", ("given_name", Name()), ("family_name", Name()), ("second_family_name", Name()), ("sex", "F"), ("birth_date", "1985-04-30"));
            var records = (await Declared.Write("tss-am", Declared.Dominican, lines)).Value.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            Assert.That(records.Select(record => record.Length), Is.EqualTo(new[] { 20, 312, 7 }), records[1]);
            Assert.That(records[1].All(letter => letter is >= ' ' and <= '~' && !char.IsAsciiLetterLower(letter)), records[1]);
        }
    }

    [TestCase("00112345678", "sex birth_date", TestName = "A_cédula_needs_sex_and_birth_date")]
    [TestCase("PA123", "document_type sex birth_date", TestName = "Another_document_needs_its_type")]
    public async Task What_is_missing_is_named_by_field(string id, string fields) =>
        Assert.That(string.Join(' ', (await Declared.Write("tss-am", Declared.Dominican, Lines("M1", id, "25000"))).Refusal!.Errors.Select(error => error.Field).Where(field => !field!.EndsWith("name", StringComparison.Ordinal))), Is.EqualTo(fields));

    [Test]
    public async Task A_foreigner_needs_her_names() =>
        Assert.That(
            await Declared.Faults("tss-am", Declared.Dominican, Lines("M1", "PA123", "25000", ("document_type", "P"), ("sex", "F"), ("birth_date", "1985-04-30"))),
            Is.EqualTo(new[] { "M1 given_name: given_name is missing", "M1 family_name: family_name is missing" }));

    [Test]
    public async Task Surcharges_alone_are_held_back() =>
        Assert.That(
            await Declared.Faults("tss-am", Declared.Dominican, [.. Lines("M1", "00112345678", "25000", ("sex", "F"), ("birth_date", "1985-04-30")).Select(line => line with { Class = "surcharge" })]),
            Has.Length.EqualTo(1).And.All.StartsWith("M1 class: "));

    [Test]
    public void The_name_has_taxpayer_month_and_reference() =>
        Assert.That(DeclarationFormats.Find("tss-am")!.FileName(Declared.Dominican), Is.EqualTo("AM_101234567_042025_RF18000000001001.txt"));

    private static DeclarationLine[] Lines(string member, string id, string wages, params (string, string)[] others) =>
        [Declared.Line(member, id, "afp-worker", 71750).Of("", wages, others), Declared.Line(member, id, "sfs-worker", 76000).Of("", wages, others)];
}
