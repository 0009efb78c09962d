using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Job;

/// <summary>Every cent is traceable both ways: from the receipt to the bank line, and from the line back to the clause.</summary>
internal sealed class ExplainTests
{
    [TestCase("CR-2021-014")]
    [TestCase("january.csv")]
    [TestCase("38600.00")]
    [TestCase("ST-1-1")]
    public async Task A_receipt_is_explained_from_agreement_and_file_to_the_bank_line(string named)
    {
        using var place = await Prepared.Settled();
        var receipt = (await place.Export("receipts")).Where("receipt_no", "R1").Rows[0]["receipt"];
        Assert.That((await place.Json($"explain receipt {receipt}")).ToJsonString(), Does.Contain(named));
    }

    [TestCase("cr-convenio-2021")]
    [TestCase("4.33")]
    [TestCase("CR1")]
    [TestCase("17320")]
    public async Task An_obligation_is_explained_with_the_figures_and_their_source(string named)
    {
        using var place = await Prepared.Settled();
        var owed = (await place.Export("obligations")).Where("member_no", "A001").Where("component", "sem").Rows[0]["obligation"];
        Assert.That((await place.Json($"explain obligation {owed}")).ToJsonString(), Does.Contain(named));
    }

    [Test]
    public async Task A_remittance_is_explained_by_its_number_and_by_its_reference()
    {
        using var place = await Prepared.Settled();
        var row = (await place.Export("remittances")).Rows[0];
        Assert.That((await place.Json($"explain remittance {row["reference"]}")).ToJsonString(), Is.EqualTo((await place.Json($"explain remittance {row["remittance"]}")).ToJsonString()));
    }

    [TestCase("january.csv")]
    [TestCase("R1")]
    [TestCase("ST-1-1")]
    public async Task A_line_is_explained_back_to_the_receipt_and_on_to_the_bank(string named)
    {
        using var place = await Prepared.Settled();
        var remittance = (await place.Export("remittances")).Rows[0]["remittance"];
        Assert.That((await place.Json($"explain line {remittance}/1")).ToJsonString(), Does.Contain(named));
    }

    [TestCase("receipt RCP-999999999999")]
    [TestCase("obligation OBL-999999999999")]
    [TestCase("remittance REM-999999999999")]
    [TestCase("line LIN-999999999999")]
    public async Task What_is_not_there_ends_with_5(string what)
    {
        using var place = await Prepared.Harvest();
        Assert.That((await place.Run($"explain {what}")).Exit, Is.EqualTo(5));
    }
}
