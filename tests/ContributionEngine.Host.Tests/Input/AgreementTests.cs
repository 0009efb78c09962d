using System.Text.Json.Nodes;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Input;

/// <summary>Agreement and members files that are refused by the path of what is wrong.</summary>
internal sealed class AgreementTests
{
    [TestCaseSource(nameof(Spoilt))]
    public async Task An_agreement_that_is_wrong_is_refused_by_the_field(string json, string field)
    {
        using var place = new Workplace();
        place.Write("agreement.json", json);
        var said = await place.Run("agreement import agreement.json -o json");
        Assert.That((said.Exit, said.Problem.At("errors.0.field"), said.Problem.At("title").Length > 10), Is.EqualTo((7, field, true)), said.ToString());
    }

    [Test]
    public async Task An_agreement_that_is_refused_is_not_there()
    {
        using var place = new Workplace();
        place.Write("agreement.json", Spoil(file => file["surprise"] = 1));
        (await place.Run("agreement import agreement.json")).Exits(7);
        Assert.That((await place.Json("agreement list")).AsArray(), Is.Empty);
    }

    [Test]
    public async Task An_agreement_number_is_taken_once()
    {
        using var place = await Prepared.Harvest();
        Assert.That((await place.Run("agreement import agreement.json")).Exit, Is.EqualTo(6));
    }

    [TestCase("A009,9-9-9,Eva Arce,2021-13-01", "2 enrolled_from 2021-13-01")]
    [TestCase(",9-9-9,Eva Arce,2021-01-01", "2 member_no ")]
    [TestCase("A009,,Eva Arce,2021-01-01", "2 national_id ")]
    [TestCase("A009,1-1001-0001,Eva Arce,2021-01-01", "2 national_id 1-1001-0001")]
    [TestCase("A009,1 1001 0001,Eva Arce,2021-01-01", "2 national_id 1 1001 0001")]
    public async Task A_member_row_that_is_wrong_is_named_by_its_cell(string row, string place1)
    {
        using var place = await Prepared.Harvest();
        place.Write("more.csv", $"member_no,national_id,full_name,enrolled_from\n{row}\n");
        var said = await place.Run("member import more.csv --agreement CR-2021-014 -o json");
        var error = said.Problem["errors"]![0];
        Assert.That((said.Exit, $"{error.At("row")} {error.At("field")} {error.At("value")}"), Is.EqualTo((7, place1)), said.ToString());
    }

    [Test]
    public async Task One_wrong_member_row_keeps_the_whole_file_out()
    {
        using var place = await Prepared.Harvest();
        place.Write("more.csv", "member_no,national_id,full_name,enrolled_from\nA008,8-8-8,Iris Calvo,2021-01-01\nA009,9-9-9,Eva Arce,soon\n");
        (await place.Run("member import more.csv --agreement CR-2021-014")).Exits(7);
        Assert.That((await place.Json("member list --agreement CR-2021-014")).AsArray(), Has.Count.EqualTo(3));
    }

    private static IEnumerable<TestCaseData> Spoilt()
    {
        yield return Case("an unknown field", "surprise", file => file["surprise"] = 1);
        yield return Case("an unknown field further in", "term.surprise", file => file["term"]!["surprise"] = 1);
        yield return Case("a required parameter missing", "parameters.payment_day", file => file["parameters"]!.AsObject().Remove("payment_day"));
        yield return Case("an unknown parameter", "parameters.surprise", file => file["parameters"]!["surprise"] = "1");
        yield return Case("a parameter out of range", "parameters.payment_day", file => file["parameters"]!["payment_day"] = "31");
        yield return Case("a pack that does not exist", "pack", file => file["pack"] = "atlantis-2021");
        yield return Case("a bad cron", "settlement.cron", file => file["settlement"]!["cron"] = "every friday");
        yield return Case("a bad zone", "settlement.time_zone", file => file["settlement"]!["time_zone"] = "America/Nowhere");
        yield return Case("a calendar that does not exist", "settlement.calendar", file => file["settlement"]!["calendar"] = "XX");
        yield return Case("a season that ends before it begins", "seasons[0].to", file => file["seasons"]![0]!["to"] = "2020-12");
        yield return Case("a term that ends before it begins", "term.end", file => file["term"]!["end"] = "2020-12-31");
        yield return Case("a month that is none", "seasons[0].from", file => file["seasons"]![0]!["from"] = "2021-13");
        yield return Case("a channel of no known kind", "channel.kind", file => file["channel"]!["kind"] = "pigeon");
        yield return Case("a fund that anybody could listen to", "channel.url", file => file["channel"] = Channel("http", "http://fund.example/in"));
        yield return Case("a status that anybody could listen to", "channel.status_url", file => file["channel"] = Channel("http", "https://fund.example/in", ("status_url", "http://fund.example/in/{reference}")));
        yield return Case("a broker that anybody could listen to", "channel.url", file => file["channel"] = Channel("message", "amqp://coop@fund.example/?exchange=in", ("secret", "env:FUND")));
        yield return Case("a server without its host key", "channel.host_key", file => file["channel"] = Channel("sftp", "sftp://coop@fund.example/in", ("secret", "env:FUND")));
        yield return Case("a batch to hold without days", "hold_days", file => file["shortfall"] = "hold_batch");
        yield return Case("a guarantee that leaves out who has not paid", "shortfall", file => file["liability"] = "guarantee");
        yield return Case("no number", "number", file => file["number"] = "");
    }

    private static JsonObject Channel(string kind, string url, params (string Field, string Value)[] more)
    {
        var channel = new JsonObject { ["kind"] = kind, ["format"] = "csv", ["url"] = url };
        foreach (var (field, value) in more) channel[field] = value;
        return channel;
    }

    private static TestCaseData Case(string name, string field, Action<JsonObject> spoil) => new(Spoil(spoil), field) { TestName = $"{{m}}({name})" };

    private static string Spoil(Action<JsonObject> spoil)
    {
        var file = Agreements.Coffee().Node();
        spoil(file);
        return file.ToJsonString();
    }
}
