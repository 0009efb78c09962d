using System.Text;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Twice;

/// <summary>Money is counted once, however often and in whatever dress its file comes.</summary>
internal sealed class SameAgainTests
{
    private const string Again = "upload submit again.csv --agreement CR-2021-014 --as-of 2021-01-31";

    [Test]
    public async Task The_same_file_again_is_F08_and_names_the_upload_and_its_recheck()
    {
        using var place = await Prepared.Collected();
        var upload = (await place.Export("receipts")).Rows[0]["upload"];
        var again = await place.Run($"{Prepared.Submit} -o json");
        Assert.That((again.Exit, again.Problem.At("code"), again.Problem.At("detail").Contains($"upload recheck {upload}", StringComparison.Ordinal)), Is.EqualTo((7, "F08", true)), again.ToString());
    }

    [Test]
    public async Task The_same_bytes_under_another_name_are_the_same_file()
    {
        using var place = await Prepared.Collected();
        File.Copy(place.PathOf("january.csv"), place.PathOf("again.csv"));
        Assert.That((await place.Run($"{Again} -o json")).Problem.At("code"), Is.EqualTo("F08"));
    }

    [Test]
    public async Task The_same_file_again_moves_no_money()
    {
        using var place = await Prepared.Collected();
        await place.Run(Prepared.Submit);
        Assert.That(await place.Balances(), Is.EqualTo(await Prepared.CollectedBalances()));
    }

    [Test]
    public async Task The_same_file_sent_by_two_at_once_is_posted_once()
    {
        using var place = await Prepared.Harvest();
        var both = await Task.WhenAll(place.Run(Prepared.Submit), place.Run(Prepared.Submit));
        Assert.That((both.Select(one => one.Exit).Order(), (await place.Export("receipts")).Rows.Count), Is.EqualTo((new[] { 0, 7 }, 3)), string.Join('\n', both.Select(one => one.ToString())));
    }

    [Test]
    public async Task The_same_file_sent_by_six_at_once_is_one_upload_with_the_balances_of_one()
    {
        using var place = await Prepared.Harvest();
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => place.Run($"{Prepared.Submit} -o json")));
        var said = string.Join('\n', all.Select(one => one.ToString()));
        Assert.That(all.Count(one => one.Exit == 0), Is.EqualTo(1), said);
        Assert.That(all.Where(one => one.Exit != 0).Select(one => $"{one.Exit} {one.Problem.At("code")}"), Is.All.AnyOf("7 F08", "6 database_in_use"), said);
        Assert.That(((await place.Json("upload list --agreement CR-2021-014")).AsArray().Count, await place.Balances()), Is.EqualTo((1, await Prepared.CollectedBalances())));
    }

    [TestCaseSource(nameof(Dresses))]
    public async Task The_same_rows_in_another_dress_are_left_out_with_a_warning_each(byte[] file)
    {
        using var place = await Prepared.Collected();
        place.Write("again.csv", file);
        var again = await place.Run($"{Again} -o json");
        var report = again.Json;
        Assert.That((again.Exit, report.At("ready"), report.At("left_out"), report.At("errors"), report.At("warnings"), string.Join(' ', report["problems"]!.AsArray().Select(item => $"{item.At("code")}-{item.At("severity")}"))),
            Is.EqualTo((3, "0", "3", "0", "3", "R06-warning R06-warning R06-warning")));
    }

    [TestCaseSource(nameof(Dresses))]
    public async Task The_same_rows_in_another_dress_move_no_money(byte[] file)
    {
        using var place = await Prepared.Collected();
        place.Write("again.csv", file);
        await place.Run(Again);
        Assert.That(await place.Balances(), Is.EqualTo(await Prepared.CollectedBalances()));
    }

    [Test]
    public async Task A_check_of_rows_that_are_posted_already_ends_with_3()
    {
        using var place = await Prepared.Collected();
        place.Write("again.csv", Receipts.Spanish(Prepared.January));
        Assert.That((await place.Run("upload check again.csv --agreement CR-2021-014 --as-of 2021-01-31")).Exit, Is.EqualTo(3));
    }

    [Test]
    public async Task New_rows_beside_posted_ones_are_posted_without_being_asked_for()
    {
        using var place = await Prepared.Collected();
        place.Write("again.csv", Receipts.Csv(Prepared.January.Append(new Paid("R4", "A002", "2021-01-30", "18600.00"))));
        var again = await place.Run(Again);
        Assert.That((again.Exit, (await place.Export("receipts")).Sum("amount")), Is.EqualTo((3, 127_200m)), again.ToString());
    }

    [Test]
    public async Task A_receipt_number_is_the_same_with_blanks_around_it_and_in_small_letters()
    {
        using var place = await Prepared.Collected();
        place.Write("again.csv", Receipts.Csv(new Paid(" r1 ", "A001", "2021-01-15", "38600.00")));
        Assert.That((await place.Run($"{Again} -o json")).Json.At("problems.0.code"), Is.EqualTo("R06"));
    }

    private static IEnumerable<TestCaseData> Dresses()
    {
        var backwards = Prepared.January.Reverse().ToList();
        yield return new TestCaseData(Encoding.UTF8.GetBytes(Receipts.Csv(backwards))) { TestName = "{m}(another order)" };
        yield return new TestCaseData(Encoding.UTF8.GetBytes(Receipts.Written('\t', backwards))) { TestName = "{m}(tabs)" };
        yield return new TestCaseData(Encoding.UTF8.GetBytes(Receipts.Spanish(backwards))) { TestName = "{m}(semicolons, decimal commas, Spanish headers)" };
        yield return new TestCaseData(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Receipts.Csv(backwards))).ToArray()) { TestName = "{m}(UTF-16)" };
        yield return new TestCaseData(Encoding.Latin1.GetBytes(Receipts.Spanish(backwards) + "Total del a\u00f1o;;;108600,00;;\n")) { TestName = "{m}(Windows-1252 and a total row)" };
    }
}
