using System.Text.Json;
using ContributionEngine.Core;

namespace ContributionEngine.Core.Tests;

/// <summary>What is read the short way is what the serializer reads, and what is not in order is left to it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class OrderlyJsonTests
{
    private const string Sound = """{"code":"COOP","name":"The cooperative","kind":"cooperative","tax_id":null,"address":{"town":"San José","country":"CR"}}""";

    [TestCaseSource(typeof(PackLibrary), nameof(PackLibrary.Ids))]
    public void A_pack_is_read_as_the_serializer_reads_it(string id)
    {
        var file = OrderlyJson.Read<PackFile>(() => JsonDocument.Parse(PackLibrary.Content(id)));
        Assert.That(Written(file!), Is.EqualTo(Written(JsonSerializer.Deserialize<PackFile>(PackLibrary.Content(id), PackJson.Options)!)));
    }

    [Test]
    public void What_a_pack_leaves_out_has_its_default()
    {
        var file = OrderlyJson.Read<PackFile>(() => JsonDocument.Parse(PackLibrary.Content("cr-coffee-2021")))!;
        Assert.That((file.YearBegins, file.Fees.Count, file.Late.Select(rule => rule.Divisor).Distinct()), Is.EqualTo((1, 0, file.Late.Count == 0 ? Array.Empty<int>() : [1])));
    }

    [Test]
    public void An_agreement_is_read_as_the_serializer_reads_it()
    {
        const string json = """
            {"number":"CR-2021-014","fund":{"code":"FUND","name":"The fund"},"organisation":{"code":"COOP","name":"The cooperative","tax_id":"3-004-045067"},"pack":"cr-convenio-2021",
            "term":{"start":"2021-01-01","end":"2021-12-31","notice_months":3},"seasons":[{"name":"harvest","zone":null,"from":"2021-01","to":"2021-03","also_covers":["2021-04"]}],
            "parameters":{"payment_day":"15"},"liability":"agency","shortfall":"drop_unpaid","hold_days":null,"clock":"member_paid",
            "settlement":{"cron":"0 18 * * FRI","time_zone":"America/Costa_Rica","calendar":"CR"},"channel":{"kind":"simulator","format":"csv","path":"fund.json","url":null}}
            """;
        var shape = OrderlyJson.Read<AgreementFile.Shape>(() => JsonDocument.Parse(json));
        Assert.That(JsonSerializer.Serialize(shape), Is.EqualTo(JsonSerializer.Serialize(JsonSerializer.Deserialize<AgreementFile.Shape>(json, StrictJson.With()))));
    }

    [Test]
    public void A_file_in_order_gives_its_record() => Assert.That(Read(Sound), Is.EqualTo(new Party("COOP", "The cooperative") { Kind = "cooperative", Address = new PostalAddress("San José", "CR") }));

    [TestCase("\"kind\":", "\"sort\":", TestName = "{m}(a member that is not known)")]
    [TestCase("\"kind\":", "\"code\":", TestName = "{m}(a member twice)")]
    [TestCase("\"code\":\"COOP\",", "", TestName = "{m}(a member that is needed is missing)")]
    [TestCase("\"COOP\"", "null", TestName = "{m}(null where it may not be)")]
    [TestCase("\"COOP\"", "7", TestName = "{m}(a number where text belongs)")]
    [TestCase("\"COOP\"", "\"\\ud800\"", TestName = "{m}(half a character)")]
    [TestCase("{\"town\":\"San José\",\"country\":\"CR\"}", "[]", TestName = "{m}(a list where members belong)")]
    [TestCase("}}", "},}", TestName = "{m}(no JSON)")]
    public void What_is_not_in_order_is_left_to_the_serializer(string was, string now) => Assert.That(Read(Sound.Replace(was, now, StringComparison.Ordinal)), Is.Null);

    [TestCase("""{"kind":"flat","amount":"fee"}""", true)]
    [TestCase("""{"amount":"fee","kind":"flat"}""", true)]
    [TestCase("""{"kind":"steep","amount":"fee"}""", false)]
    [TestCase("""{"kind":"flat","amount":"fee","kind":"flat"}""", false)]
    [TestCase("""{"amount":"fee"}""", false)]
    public void A_rule_is_read_by_its_kind(string json, bool isInOrder) =>
        Assert.That(OrderlyJson.Read<AmountRule>(() => JsonDocument.Parse(json)), Is.EqualTo(isInOrder ? new FlatAmount("fee") : null));

    private static Party? Read(string json) => OrderlyJson.Read<Party>(() => JsonDocument.Parse(json));

    private static string Written(PackFile file) => JsonSerializer.Serialize(file, PackJson.Options);
}
