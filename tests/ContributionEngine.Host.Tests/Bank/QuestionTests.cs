using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Bank;

/// <summary>«Is this yours?» by commands: the fund asks, the organisation's own key answers, and nothing is booked.</summary>
internal sealed class QuestionTests
{
    private const int NotAllowed = 4;

    [Test]
    public async Task The_fund_asks_and_only_the_organisations_own_key_answers()
    {
        using var place = await Prepared.Remitted();
        await Camt.Import(place, "S1", "2021-02-10", new Booking("1001.00"));
        var entry = (await place.Json("bank entries")).At("0.entry");
        var remittance = (await place.Json("remittance list --agreement CR-2021-014")).At("0.remittance");
        var before = (await place.Json("ledger trial-balance --agreement CR-2021-014")).ToJsonString();
        var asked = await place.Json($"bank ask {entry} --organisation COOP");
        var number = asked.At("question");
        Assert.That((asked.At("money"), asked.At("amount"), asked.At("account_end"), asked["answer"]), Is.EqualTo((entry, "1001.00", "4066", (object?)null)));

        Assert.That((await place.Run($"bank answer {number} --not-ours -o json")).Problem.At("code"), Is.EqualTo("question_by_organisation"));
        var olga = (await place.Json("user add olga --role operator")).At("key");
        await place.Ok($"user add maria --role treasurer --organisation COOP --key {olga}");
        var maria = (await place.Ok($"key create --user maria --key {olga} -o json")).Json.At("key");
        var seen = (await place.Ok($"bank questions --key {maria} -o json")).Json;
        Assert.That((seen.At("0.question"), seen[0]!["money"], seen.At("0.remittances.0.number")), Is.EqualTo((number, (object?)null, remittance)));
        Assert.That((await place.Run($"bank ask {entry} --organisation COOP --key {maria}")).Exit, Is.EqualTo(NotAllowed));
        Assert.That((await place.Run($"bank answer {number} --key {maria} -o json")).Problem.At("code"), Is.EqualTo("question_answer_needed"));
        Assert.That((await place.Ok($"bank answer {number} --remittance {remittance} --key {maria} -o json")).Json.At("answer"), Is.EqualTo("ours"));
        Assert.That((await place.Ok($"bank questions --key {olga} -o json")).Json.At("0.remittance"), Is.EqualTo(remittance));

        await place.Ok($"bank withdraw-question {number} --key {olga}");
        Assert.That((await place.Ok($"bank questions --key {olga} -o json")).Json.AsArray(), Is.Empty);
        Assert.That((await place.Ok($"ledger trial-balance --agreement CR-2021-014 --key {olga} -o json")).Json.ToJsonString(), Is.EqualTo(before));
        await place.Ok($"verify --key {olga}");
    }
}
