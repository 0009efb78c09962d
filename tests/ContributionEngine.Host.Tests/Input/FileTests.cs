using System.Text;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Input;

/// <summary>Files that cannot be taken as a whole: exit code, code, place and remedy of each, and nothing written.</summary>
internal sealed class FileTests
{
    private const string Header = "receipt_no,member_no,received_on,amount\n";

    [TestCase("", "F04", "", TestName = "{m}(empty)")]
    [TestCase(Header, "F04", "", TestName = "{m}(only a header)")]
    [TestCase("name,town\nAna,Tarrazú\n", "F06", "member_no", TestName = "{m}(another table)")]
    [TestCase("member_no,received_on\nA001,2021-01-15\n", "F06", "amount", TestName = "{m}(no amounts)")]
    [TestCase("member_no,amount\nA001,38600.00\n", "F06", "received_on", TestName = "{m}(no days)")]
    [TestCase("member_no,received_on,monto,importe\nA001,2021-01-15,1.00,2.00\n", "F06", "amount", TestName = "{m}(two columns of amounts)")]
    [TestCase(Header + "R1,\"A001,2021-01-15,38600.00\nR2,A002,2021-01-15,38600.00\n", "F13", "", TestName = "{m}(a quote that is never closed)")]
    [TestCase(Header + "R1,A001,2021-01-15,1.234\n", "F07", "amount", TestName = "{m}(1.234 and nothing that decides it)")]
    [TestCase(Header + "R1,A001,02/03/2021,100.00\n", "F14", "received_on", TestName = "{m}(day and month that could be either)")]
    public async Task A_file_that_cannot_be_taken_says_why(string text, string code, string field)
    {
        using var place = await Prepared.Harvest();
        place.Write("file.csv", text);
        var said = await place.Run("upload submit file.csv --agreement CR-2021-014 --as-of 2021-04-30 -o json");
        Assert.That((said.Exit, said.Problem.At("code"), said.Problem["errors"]!.AsArray() is [var error, ..] ? error.At("field") : "", said.Problem.At("detail").Length > 10), Is.EqualTo((7, code, field, true)), said.ToString());
    }

    [TestCaseSource(nameof(NotText))]
    public async Task A_file_of_another_kind_is_refused(byte[] bytes, string code)
    {
        using var place = await Prepared.Harvest();
        place.Write("file.csv", bytes);
        var said = await place.Run("upload submit file.csv --agreement CR-2021-014 -o json");
        Assert.That((said.Exit, said.Problem.At("code")), Is.EqualTo((7, code)), said.ToString());
    }

    [TestCase("")]
    [TestCase("name,town\nAna,Tarrazú\n")]
    [TestCase(Header + "R1,\"A001,2021-01-15,38600.00\n")]
    public async Task A_file_that_cannot_be_taken_leaves_nothing_behind(string text)
    {
        using var place = await Prepared.Harvest();
        place.Write("file.csv", text);
        var before = StoredFacts.Dump(place.Database, but: "id_block");
        await place.Run("upload submit file.csv --agreement CR-2021-014 --as-of 2021-04-30");
        Assert.That(StoredFacts.Dump(place.Database, but: "id_block"), Is.EqualTo(before));
    }

    [TestCase("upload submit FILE --agreement CR-2021-014")]
    [TestCase("upload check FILE --agreement CR-2021-014")]
    [TestCase("upload check january.csv --agreement CR-2021-014 --map FILE")]
    [TestCase("agreement import FILE")]
    [TestCase("member import FILE --agreement CR-2021-014")]
    [TestCase("bank inspect FILE")]
    [TestCase("bank import FILE --account auto")]
    [TestCase("pack validate FILE")]
    [TestCase("pack add FILE")]
    [TestCase("pack evaluate --cases FILE")]
    [TestCase("pack evaluate --cases january.csv --pack FILE")]
    public async Task A_file_that_is_not_there_or_is_a_folder_ends_with_2(string command)
    {
        using var place = await Prepared.Harvest();
        Directory.CreateDirectory(place.PathOf("folder"));
        var missing = await place.Run(command.Replace("FILE", "missing.csv", StringComparison.Ordinal));
        var folder = await place.Run(command.Replace("FILE", "folder", StringComparison.Ordinal));
        Assert.That((missing.Exit, missing.Error.Contains("error[", StringComparison.Ordinal), folder.Exit, folder.Error.Contains("error[", StringComparison.Ordinal)), Is.EqualTo((2, true, 2, true)), $"{missing}\n{folder}");
    }

    [TestCase("missing/errors.csv")]
    [TestCase(".")]
    public async Task An_errors_file_that_cannot_be_written_ends_with_2(string path)
    {
        using var place = await Prepared.Harvest();
        place.Write("january.csv", Receipts.Csv(Prepared.January.Append(new Paid("R4", "X900", "2021-01-15", "1.00"))));
        Assert.That((await place.Run($"{Prepared.Submit} --only-ready --errors-out {path}")).Exit, Is.EqualTo(2));
    }

    [Test]
    public async Task An_errors_file_that_cannot_be_written_leaves_no_money_posted()
    {
        using var place = await Prepared.Harvest();
        place.Write("january.csv", Receipts.Csv(Prepared.January.Append(new Paid("R4", "X900", "2021-01-15", "1.00"))));
        await place.Run($"{Prepared.Submit} --only-ready --errors-out missing/errors.csv");
        await place.Run("settlement resume");
        Assert.That((await place.Export("receipts")).Rows, Is.Empty);
    }

    [TestCase("<Document><CstmrCdtTrfInitn/></Document>")]
    [TestCase("no xml at all")]
    public async Task A_bank_file_that_is_no_statement_ends_with_7_and_leaves_nothing_behind(string text)
    {
        using var place = await Prepared.Remitted();
        place.Write("statement.xml", text);
        var before = StoredFacts.Dump(place.Database, but: "id_block");
        var said = await place.Run("bank import statement.xml --account auto");
        Assert.That((said.Exit, StoredFacts.Dump(place.Database, but: "id_block") == before), Is.EqualTo((7, true)), said.ToString());
    }

    private static IEnumerable<TestCaseData> NotText()
    {
        yield return new TestCaseData((byte[])[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0, 1, 2, 3], "F13") { TestName = "{m}(a picture)" };
        yield return new TestCaseData(Encoding.ASCII.GetBytes("%PDF-1.7\n").Concat(new byte[] { 0, 1, 2, 255, 0 }).ToArray(), "F02") { TestName = "{m}(a PDF)" };
        yield return new TestCaseData(Encoding.ASCII.GetBytes(Header + "R1,A\0\0\0,2021-01-15,1.00\n"), "F13") { TestName = "{m}(a text with zero bytes)" };
    }
}
