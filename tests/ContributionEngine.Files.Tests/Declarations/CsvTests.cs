using System.Text;

namespace ContributionEngine.Files.Tests;

/// <summary>The generic declaration of a notice: the fund's own reference after the header, where there is one.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CsvTests
{
    private static readonly DeclarationHeader Noticed = Declared.Header("PHP") with { FundReference = "SPA-77" };

    private const string Head = "H,RF18000000001001,A-1,65000000002001,COOP,2025-05-09T12:00:00Z,PHP\n";

    private const string Tail = "D,1,E1,12,2025-04,premium,principal,500.00\nT,1,500.00\n";

    [Test]
    public async Task The_funds_reference_has_a_record_of_its_own_after_the_header() =>
        Assert.That((await Declared.Write("csv", Noticed, [Declared.Line("E1", "12", "premium", 50_000)])).Value.Text, Is.EqualTo(Head + "N,SPA-77\n" + Tail));

    [Test]
    public void It_is_read_back() => Assert.That(Read(Head + "N,SPA-77\nP,RF47000000021051,00ff,4\n" + Tail).Value.Header.FundReference, Is.EqualTo("SPA-77"));

    [TestCase("N,SPA-77\nN,SPA-78\n", 3)]
    [TestCase("N,\n", 2)]
    [TestCase("P,RF47000000021051,00ff,4\nN,SPA-77\n", 3)]
    public void A_second_one_an_empty_one_and_one_that_stands_later_are_refused(string records, int at) =>
        Assert.That(Read(Head + records + Tail).Refusal!.Detail, Is.EqualTo($"The declaration cannot be taken: record {at} is not what is expected there."));

    private static Core.Outcome<ReadDeclaration> Read(string text) => DeclarationCsv.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
