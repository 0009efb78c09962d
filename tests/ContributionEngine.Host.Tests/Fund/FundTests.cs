using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Fund;

/// <summary>A fund that misbehaves: it takes a file and falls silent, says things twice, adds up wrongly, or is not there.</summary>
internal sealed class FundTests
{
    [Test]
    public async Task A_fund_that_takes_the_file_and_then_says_nothing_is_asked_and_gets_it_once()
    {
        using var place = await With(new FundBehaviour { TimeOutAfterAccepting = 1 });
        await place.Run(Prepared.Settle);
        Assert.That(await States(place), Is.EqualTo("acknowledged 4 77200.00"));
    }

    [Test]
    public async Task An_answer_that_stands_twice_counts_once()
    {
        using var place = await With(new FundBehaviour { AnswerTwice = true, RejectNationalIds = ["1-1003-0003"] });
        await place.Run(Prepared.Settle);
        Assert.That((await place.Export("cases")).Of("reason", "amount"), Is.EqualTo(new[] { "line_rejected 17320.00", "line_rejected 21280.00" }));
    }

    [Test]
    public async Task An_answer_with_other_totals_opens_a_case_and_ends_with_3()
    {
        using var place = await With(new FundBehaviour { AnswerWithOtherTotal = true });
        var run = await place.Run(Prepared.Settle);
        Assert.That((run.Exit, string.Join(' ', (await place.Export("cases")).Of("reason", "amount"))), Is.EqualTo((3, "answer_with_other_totals 77200.00")), run.ToString());
    }

    [Test]
    public async Task An_answer_with_other_totals_blocks_settlement_although_the_bank_shows_the_money()
    {
        using var place = await With(new FundBehaviour { AnswerWithOtherTotal = true });
        await place.Run(Prepared.Settle);
        await place.PayFund("77200.00", "2021-02-10");
        Assert.That((await place.Export("remittances")).Rows[0]["state"], Is.Not.EqualTo("settled"));
    }

    [Test]
    public async Task A_fund_that_is_away_for_a_moment_is_called_again()
    {
        using var place = await With(new FundBehaviour { UnavailableFirst = 2 });
        await place.Run(Prepared.Settle);
        Assert.That(await States(place), Is.EqualTo("acknowledged 4 77200.00"));
    }

    [Test]
    public async Task A_fund_that_stays_away_opens_a_case_and_nothing_is_lost()
    {
        using var place = await With(new FundBehaviour { UnavailableFirst = 50 });
        var run = await place.Run(Prepared.Settle);
        Assert.That((run.Exit, await States(place), (await place.Export("cases")).Rows[0]["reason"]), Is.EqualTo((3, "sealed 4 77200.00", "fund_not_reached")), run.ToString());
    }

    [Test]
    public async Task A_fund_that_was_away_takes_the_same_remittance_later_and_the_case_closes()
    {
        using var place = await With(new FundBehaviour { UnavailableFirst = 50 });
        await place.Run(Prepared.Settle);
        place.Write("fund.json", new FundBehaviour().Json);
        await place.Run($"remittance deliver {(await place.Export("remittances")).Rows[0]["remittance"]}");
        Assert.That((await States(place), (await place.Export("cases")).Rows[0]["state"]), Is.EqualTo(("acknowledged 4 77200.00", "resolved")));
    }

    [Test]
    public async Task A_fund_in_a_process_of_its_own_takes_the_file_and_answers()
    {
        using var place = new Workplace();
        using var fund = Cli.Start(place.Folder, "simulator --urls http://127.0.0.1:0 --dir fund");
        await fund.Says("listens on ");
        await place.Begin(Agreements.Coffee() with { FundUrl = fund.Said.Split("listens on ")[1].Split(';')[0].Trim() }, Members.Pickers);
        place.Write("january.csv", Receipts.Csv(Prepared.January));
        await place.Ok(Prepared.Submit);
        await place.Ok(Prepared.Settle);
        Assert.That(await States(place), Is.EqualTo("acknowledged 4 77200.00"));
    }

    [TestCase("answer_twice")]
    [TestCase("other_total")]
    [TestCase("unavailable")]
    public async Task The_proof_holds_whatever_the_fund_does(string what)
    {
        using var place = await With(new FundBehaviour { AnswerTwice = what == "answer_twice", AnswerWithOtherTotal = what == "other_total", UnavailableFirst = what == "unavailable" ? 50 : 0, RejectNationalIds = ["1-1003-0003"] });
        await place.Run(Prepared.Settle);
        var proof = await place.Run("verify");
        Assert.That(proof.Exit, Is.Zero, proof.ToString());
    }

    private static async Task<Workplace> With(FundBehaviour behaviour)
    {
        var place = await Prepared.Collected();
        place.Write("fund.json", behaviour.Json);
        return place;
    }

    private static async Task<string> States(Workplace place) => string.Join(", ", (await place.Export("remittances")).Of("state", "lines", "total"));
}
