using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Input;

/// <summary>Wrong usage and wrong controls: exit codes to the letter, and nothing run.</summary>
internal sealed class CommandLineTests
{
    [TestCase("agreement import agreement.json --surprise")]
    [TestCase("agreement import")]
    [TestCase("agreement import agreement.json other.json")]
    [TestCase("agreement import agreement.json --output xml")]
    [TestCase("agreement destroy CR-2021-014")]
    [TestCase("surprise")]
    public async Task Wrong_usage_ends_with_2_and_runs_nothing(string command)
    {
        using var place = new Workplace();
        place.Write("agreement.json", Agreements.Coffee().Json);
        var said = await place.Run(command);
        Assert.That((said.Exit, File.Exists(place.Database), said.Error.Length > 10), Is.EqualTo((2, false, true)), said.ToString());
    }

    [TestCase("--expect-total 108600.01", 7, "F10", "expect_total")]
    [TestCase("--expect-total 0", 7, "F10", "expect_total")]
    [TestCase("--expect-rows 4", 7, "F10", "expect_rows")]
    public async Task A_control_that_does_not_agree_is_F10(string control, int exit, string code, string field)
    {
        using var place = await Prepared.Harvest();
        var said = await place.Run($"{Prepared.Submit} {control} -o json");
        Assert.That((said.Exit, said.Problem.At("code"), said.Problem.At("errors.0.field")), Is.EqualTo((exit, code, field)), said.ToString());
    }

    [TestCase("submit")]
    [TestCase("check")]
    public async Task A_control_total_that_is_no_amount_is_wrong_usage(string verb)
    {
        using var place = await Prepared.Harvest();
        var said = await place.Run($"upload {verb} january.csv --agreement CR-2021-014 --as-of 2021-01-31 --expect-total 108.600,00x");
        Assert.That((said.Exit, said.Error), Is.EqualTo((2, said.Error)), said.ToString());
    }

    [Test]
    public async Task A_control_count_that_is_no_number_is_wrong_usage()
    {
        using var place = await Prepared.Harvest();
        Assert.That((await place.Run($"{Prepared.Submit} --expect-rows three")).Exit, Is.EqualTo(2));
    }

    [TestCase("--expect-total 1.00")]
    [TestCase("--expect-total nonsense")]
    [TestCase("--expect-rows 4")]
    public async Task A_control_that_fails_leaves_nothing_behind(string control)
    {
        using var place = await Prepared.Harvest();
        var before = StoredFacts.Dump(place.Database, but: "id_block");
        await place.Run($"{Prepared.Submit} {control}");
        Assert.That(StoredFacts.Dump(place.Database, but: "id_block"), Is.EqualTo(before));
    }

    [TestCase("upload submit january.csv --agreement CR-2021-014 --as-of 2999-01-01")]
    [TestCase("settlement run --agreement CR-2021-014 --as-of 2999-01-01")]
    [TestCase("schedule generate --agreement CR-2021-014 --as-of 2999-01-01")]
    [TestCase("settlement run --agreement CR-2021-014 --as-of tomorrow")]
    [TestCase("schedule generate --agreement CR-2021-014 --as-of 2021-02-30")]
    public async Task An_as_of_that_is_later_than_now_or_no_day_ends_with_2_and_leaves_nothing_behind(string command)
    {
        using var place = await Prepared.Harvest();
        var before = StoredFacts.Dump(place.Database, but: "id_block");
        var said = await place.Run(command);
        Assert.That((said.Exit, StoredFacts.Dump(place.Database, but: "id_block") == before), Is.EqualTo((2, true)), said.ToString());
    }

    [TestCase("upload submit january.csv --agreement CR-2021-014 --as-of 2999-01-01 --dry-run")]
    [TestCase("settlement run --agreement CR-2021-014 --as-of 2999-01-01 --dry-run")]
    public async Task A_dry_run_may_look_ahead(string command)
    {
        using var place = await Prepared.Harvest();
        Assert.That((await place.Run(command)).Exit, Is.AnyOf(0, 3));
    }

    [Test]
    public async Task A_check_may_look_ahead()
    {
        using var place = await Prepared.Harvest();
        Assert.That((await place.Run("upload check january.csv --agreement CR-2021-014 --as-of 2999-01-01")).Exit, Is.Zero);
    }

    [TestCase("upload submit january.csv --agreement NO-SUCH")]
    [TestCase("schedule generate --agreement NO-SUCH")]
    [TestCase("settlement run --agreement NO-SUCH")]
    [TestCase("member import members.csv --agreement NO-SUCH")]
    [TestCase("agreement show NO-SUCH")]
    [TestCase("export receipts --agreement NO-SUCH")]
    [TestCase("remittance show REM-1")]
    [TestCase("upload show UPL-1")]
    [TestCase("pack show atlantis")]
    [TestCase("calendar show atlantis")]
    public async Task What_is_not_there_ends_with_5(string command)
    {
        using var place = await Prepared.Harvest();
        Assert.That((await place.Run(command)).Exit, Is.EqualTo(5));
    }

    [Test]
    public async Task A_database_that_is_none_ends_with_2_and_is_left_as_it_was()
    {
        using var place = new Workplace();
        place.Write("work.db", "These are the minutes of the assembly of March, and no database.");
        var said = await place.Run("agreement list");
        Assert.That((said.Exit, place.Read("work.db")), Is.EqualTo((2, "These are the minutes of the assembly of March, and no database.")), said.ToString());
    }

    [Test]
    public async Task A_database_of_a_newer_program_is_refused_by_name_of_what_it_has_had()
    {
        using var place = await Prepared.Harvest();
        StoredFacts.Attempt(place.Database, "insert into SchemaVersions (ScriptName, Applied) values ('9999_from_the_future.sql', '2999-01-01')");
        var said = await place.Run("agreement list");
        Assert.That((said.Exit, said.Error.Contains("9999_from_the_future", StringComparison.Ordinal)), Is.EqualTo((2, true)), said.ToString());
    }

    [Test]
    public async Task A_key_that_nobody_has_is_not_allowed()
    {
        using var place = await Prepared.Harvest();
        Assert.That((await place.Run("agreement list --key nobody")).Exit, Is.EqualTo(4));
    }

    [Test]
    public async Task An_export_that_does_not_exist_is_wrong_usage()
    {
        using var place = await Prepared.Harvest();
        Assert.That((await place.Run("export secrets")).Exit, Is.EqualTo(2));
    }
}
