using System.Text.RegularExpressions;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Servers;

/// <summary>The job from the agreement to the settled remittance comes to the same wherever it is done.</summary>
internal sealed partial class JobTests
{
    private static readonly string[] Tables = ["receipts", "obligations", "allocations", "remittances", "remittance-lines", "journal", "cases"];

    private static readonly Lazy<Task<string>> OnFile = new(async () =>
    {
        using var place = new Workplace();
        return await Job(place);
    });

    [Test]
    public async Task On_PostgreSQL_the_job_is_as_on_a_file()
    {
        await using var place = await ServerPlace.Fresh();
        Assert.That(await Job(place.Work), Is.EqualTo(await OnFile.Value));
    }

    [Test]
    public async Task On_PostgreSQL_and_RabbitMQ_with_a_process_for_each_role_the_job_is_as_on_a_file()
    {
        await using var place = await ServerPlace.Fresh(onBroker: true);
        await Task.WhenAll(place.Start("worker"), place.Start("gateway"), place.Start("serve --roles web --urls http://127.0.0.1:0"));
        Assert.That(await Job(place.Work), Is.EqualTo(await OnFile.Value));
    }

    // What stands on the books and is told about them, without ids and the moment of writing.
    private static async Task<string> Job(Workplace place)
    {
        place.Write("fund.json", new FundBehaviour { RejectNationalIds = ["1-1003-0003"] }.Json);
        await place.Begin(Agreements.Coffee() with { FundSettings = "fund.json" }, Members.Pickers);
        place.Write("january.csv", Receipts.Csv([.. Prepared.January, new Paid("R9", "A999", "2021-01-21", "1000.00")]));
        (await place.Run(Prepared.Submit)).Exits(7);
        (await place.Run($"{Prepared.Submit} --only-ready")).Exits(3);
        (await place.Run(Prepared.Settle)).Exits(3);
        await place.PayFund("38600.00", "2021-02-10");
        var told = new List<string> { (await place.Ok("verify -o json")).Out };
        var receipt = (await place.Export("receipts")).Where("receipt_no", "R1").Rows[0]["receipt"];
        told.Add((await place.Ok($"explain receipt {receipt} -o json")).Out);
        foreach (var table in Tables) told.AddRange((await place.Ok($"export {table}")).Out.Split('\n').Select(Plain).Order(StringComparer.Ordinal).Prepend($"# {table}"));
        return string.Join('\n', told.Select(Plain));
    }

    private static string Plain(string text) => Written().Replace(Digest().Replace(Reference().Replace(Id().Replace(text, "$1-n"), "RF"), "sha256"), "now");

    [GeneratedRegex(@"\b([A-Z]{1,4})-\d{6,}\b")]
    private static partial Regex Id();

    [GeneratedRegex(@"\bRF\d{2}[A-Z0-9]+\b")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\b[0-9a-f]{64}\b")]
    private static partial Regex Digest();

    // Of the job itself everything is dated 2021.
    [GeneratedRegex(@"\b(?!2021)\d{4}-\d\d-\d\dT[\d:.]+Z")]
    private static partial Regex Written();
}
