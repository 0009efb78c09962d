using System.Globalization;
using ContributionEngine.Core;

namespace ContributionEngine.Files.Tests;

/// <summary>India's ECR: one row per UAN, checked as the portal checks it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class EcrTests
{
    private static readonly DeclarationLine[] Rows =
    [
        .. Declared.Epf("E1", "100904319401", ("Asha Devi", "15000"), (1800, 1250, 550)),
        .. Declared.Epf("E2", "1009-0431-9402", ("R. K. Náidu", "15000"), (1800, 1250, 550)).Select(line => line.Of("R. K. Náidu", "15000", ("gross_wages", "42000"), ("ncp_days", "2"))),
        .. Declared.Epf("E3", "100904319403", ("Divya Rao", "15000"), (1800, 0, 1800)).Select(line => line.Of("Divya Rao", "15000", ("gross_wages", "20000"), ("birth_date", "1960-01-31"))),
        .. Declared.Epf("E4", "100904319404", ("Mohan Lal", "14000"), (1680, 1166, 514)),
    ];

    [Test]
    public async Task A_declaration_has_the_bytes_of_its_golden_file()
    {
        var (written, text) = (await Declared.Write("ecr2", Declared.India, Rows)).Value;
        Assert.That(text, Is.EqualTo(Declared.Golden("ecr2.txt")));
        Assert.That((written.Lines, written.TotalMinor, written.Bytes), Is.EqualTo((11L, 1_416_000L, (long)text.Length)));
        Assert.That(written.Sha256, Is.EqualTo(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(text)))));
    }

    [Test]
    public async Task The_rows_are_those_of_the_published_layout()
    {
        var sample = System.Text.Encoding.ASCII.GetString(Reading.Sample("social-security", "epfo-ecr/ecr2_valid.txt"));
        Assert.That((await Declared.Write("ecr2", Declared.India, Rows)).Value.Text, Is.EqualTo(string.Join("\r\n", sample.Split("\r\n")[..4]) + "\r\n"));
    }

    [Test]
    public async Task The_rows_read_back_give_the_sums_of_the_lines()
    {
        var rows = (await Declared.Write("ecr2", Declared.India, Rows)).Value.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split("#~#")).ToList();
        Assert.That(rows.Select(row => row.Length), Is.All.EqualTo(11));
        Assert.That(rows.Sum(row => row[6..9].Sum(cell => long.Parse(cell, CultureInfo.InvariantCulture))) * 100, Is.EqualTo(Rows.Sum(line => line.AmountMinor)));
    }

    [Test]
    public async Task Late_charges_are_no_part_of_a_row()
    {
        DeclarationLine[] lines = [.. Declared.Epf("E4", "100904319404", ("Mohan Lal", "14000"), (1680, 1166, 514)), Declared.Line("E4", "100904319404", "eps", 500).Of("Mohan Lal", "14000") with { Class = "interest" }];
        Assert.That((await Declared.Write("ecr2", Declared.India, lines)).Value.Text, Does.StartWith("100904319404#~#MOHAN LAL#~#14000#~#14000#~#14000#~#14000#~#1680#~#1166#~#514#~#0#~#0\r\n"));
    }

    [TestCaseSource(nameof(Faulty))]
    public async Task A_row_that_the_portal_would_refuse_is_named_by_member_and_field(DeclarationLine[] lines, string fault) =>
        Assert.That(await Declared.Faults("ecr2", Declared.India, lines), Has.Length.EqualTo(1).And.All.StartsWith(fault));

    [Test]
    public async Task All_that_a_member_lacks_is_named_at_once() =>
        Assert.That(
            await Declared.Faults("ecr2", Declared.India, Declared.Line("E9", "77", "epf-worker", 180000).Of("O'Brien & Sons")),
            Is.SupersetOf(new[] { "E9 declared_income: declared_income is missing", "E9 national_id: national_id «77» is no UAN of 12 digits" }));

    [Test]
    public async Task Of_a_thousand_members_and_more_the_faults_are_named_of_a_thousand()
    {
        var lines = Enumerable.Range(0, 3_000).Select(i => Declared.Line($"E{i}", "77", "epf-worker", 180000).Of("Asha Devi", "15000"));
        var refusal = (await Declared.Write("ecr2", Declared.India, lines)).Refusal!;
        Assert.That((refusal.Code, refusal.Errors.Select(error => error.Member).Distinct().Count()), Is.EqualTo(("declaration_incomplete", IncompleteMembers.Max)));
    }

    [Test]
    public async Task Differences_are_not_carried() =>
        Assert.That((await Declared.Write("ecr2", Declared.India with { Revises = "RF98000000001000" }, Rows)).Refusal!.Code, Is.EqualTo("declaration_not_carried"));

    private static IEnumerable<TestCaseData> Faulty()
    {
        yield return Case("an UAN of 11 digits", new Month(Uan: "10090431940").Lines, "E1 national_id: ");
        yield return Case("a name with signs", new Month(Name: "O'BRIEN & SONS").Lines, "E1 full_name: ");
        yield return Case("a name of 86 letters", new Month(Name: new string('A', 86)).Lines, "E1 full_name: ");
        yield return Case("wages with paise", new Month(Wages: "15000.50").Lines, "E1 declared_income: ");
        yield return Case("a share below the rate", new Month(Worker: 1799).Lines, "E1 epf-worker: ");
        yield return Case("a pension on wages above the ceiling", new Month(Wages: "40000", Worker: 4800, Pension: 3332, Employer: 1468).Lines, "E1 eps: ");
        yield return Case("a difference that was rounded by itself", new Month(Wages: "14000", Worker: 1680, Pension: 1166, Employer: 515).Lines, "E1 epf-employer: ");
        yield return Case("more days than the month has", [.. new Month().Lines.Select(line => line.Of("Asha Devi", "15000", ("ncp_days", "31")))], "E1 ncp_days: ");
        yield return Case("a pension at 58", [.. new Month().Lines.Select(line => line.Of("Asha Devi", "15000", ("birth_date", "1967-04-01")))], "E1 birth_date: ");
        yield return Case("charges alone", [Declared.Line("E1", "100904319401", "eps", 500).Of("Asha Devi", "15000") with { Class = "interest" }], "E1 class: ");
    }

    private static TestCaseData Case(string name, DeclarationLine[] lines, string fault) => new(lines, fault) { TestName = $"{{m}}({name})" };

    /// <summary>A month that the portal takes; a test changes what it is about.</summary>
    private sealed record Month(string Uan = "100904319401", string Name = "Asha Devi", string Wages = "15000", long Worker = 1800, long Pension = 1250, long Employer = 550)
    {
        public DeclarationLine[] Lines => [.. Declared.Epf("E1", Uan, (Name, Wages), (Worker, Pension, Employer))];
    }
}
