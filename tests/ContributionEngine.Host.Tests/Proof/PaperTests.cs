using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Proof;

/// <summary>What is printed of the harvest: the figures are proved where they are made.</summary>
internal sealed class PaperTests
{
    [Test]
    public async Task Papers_are_written_to_the_file_that_is_named()
    {
        using var place = await Prepared.Remitted();
        Assert.That((await place.Ok("receipt print --member A001 --agreement CR-2021-014 --format pdf --out slips.pdf -o json")).Json.At("slips"), Is.EqualTo("1"));
        Assert.That(place.Read("slips.pdf"), Does.StartWith("%PDF-1.7"));
        await place.Ok("statement organisation --agreement CR-2021-014 --format csv --out account.csv");
        Assert.That(place.Read("account.csv"), Does.Contain("\nperiod,2021-01,"));
        Assert.That((await place.Ok("receipt sms --member A001 --agreement CR-2021-014 -o csv")).Out, Does.StartWith("receipt,member_no,phone,language,letters,text\nRCP-"));
    }

    [TestCase("receipt print --member A001 --agreement CR-2021-014 --format pdf --thermal 58 --out slips.pdf", 2, "roll_is_html")]
    [TestCase("statement fund NOPE --format pdf --out fund.pdf", 5, "fund_unknown")]
    public async Task What_cannot_be_printed_leaves_no_file(string command, int exit, string code)
    {
        using var place = await Prepared.Remitted();
        var run = await place.Run($"{command} -o json");
        Assert.That((run.Exit, run.Problem.At("code"), Directory.GetFiles(place.PathOf(""), "*.pdf").Length), Is.EqualTo((exit, code, 0)));
    }
}
