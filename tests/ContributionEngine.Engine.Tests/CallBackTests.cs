using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ContributionEngine.Core;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests;

/// <summary>Answers that a fund sends by itself, signed or not.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CallBackTests
{
    private static readonly AgreementDraft Coffee = Agreements.Coffee();
    private static readonly byte[] Body = "reference,outcome\nRF18539007547034,accepted\n"u8.ToArray();

    [Test]
    public async Task What_is_signed_is_kept_whatever_it_says()
    {
        await using var desk = await Signed();
        Assert.That((await Sent(desk, Body, Signature(Body, "secret"))).Refusal, Is.Null);
        Assert.That((await desk.Read(work => work.Acknowledgements.List(null, null))).Select(came => $"{came.CameBy} {came.State}"), Is.EqualTo(new[] { "callback answer_unknown" }));
    }

    [TestCase("other")]
    [TestCase("")]
    [TestCase(null)]
    public async Task What_is_not_signed_is_not_kept_and_opens_one_case_a_day(string? key)
    {
        await using var desk = await Signed();
        var signature = key is null ? null : key.Length == 0 ? "zz" : Signature(Body, key);
        for (var i = 0; i < 2; i++) Assert.That((await Sent(desk, Body, signature)).Refusal!.Code, Is.EqualTo("signature_wrong"));
        Assert.That((await desk.Read(work => work.Cases.List(new CaseFilter(Coffee.Number, null, null)))).Select(found => found.Reason), Is.EqualTo(new[] { "answer_signature" }));
        Assert.That(await desk.Read(work => work.Acknowledgements.List(null, null)), Is.Empty);
    }

    [Test]
    public async Task A_body_that_was_changed_on_the_way_is_not_kept()
    {
        await using var desk = await Signed();
        Assert.That((await Sent(desk, [.. Body, (byte)'\n'], Signature(Body, "secret"))).Refusal!.Code, Is.EqualTo("signature_wrong"));
    }

    [Test]
    public async Task Whoever_asks_for_another_agreement_does_not_learn_whether_it_is_there()
    {
        await using var desk = await Signed();
        Assert.That((await new CallBack(desk.Database, _ => "secret").Run("CR-0", Body, Signature(Body, "secret"), CancellationToken.None)).Refusal!.Code, Is.EqualTo("signature_wrong"));
    }

    private static async Task<Desk> Signed()
    {
        var desk = await Desk.Open();
        var agreement = JsonNode.Parse(Coffee.Json)!;
        agreement["channel"]!["secret"] = "env:FUND";
        _ = (await new ImportAgreement(desk.Database).Run(Desk.Treasurer, agreement.ToJsonString(), CancellationToken.None)).Value;
        return desk;
    }

    private static Task<Outcome<bool>> Sent(Desk desk, byte[] body, string? signature) =>
        new CallBack(desk.Database, place => place == "env:FUND" ? "secret" : Refusal.Input("secret_missing", place)).Run(Coffee.Number, body, signature, CancellationToken.None);

    private static string Signature(byte[] body, string key) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), body));
}
