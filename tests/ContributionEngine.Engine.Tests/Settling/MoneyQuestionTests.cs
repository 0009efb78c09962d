using System.Text;
using System.Text.RegularExpressions;
using ContributionEngine.Core;
using ContributionEngine.Messaging;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Settling;

/// <summary>«Is this yours?»: the desk asks an organisation about bank money, and only that organisation answers.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MoneyQuestionTests
{
    private static readonly AgreementDraft Coffee = Agreements.Coffee();

    [Test]
    public async Task Whoever_is_asked_learns_day_amount_and_account_and_nothing_of_who_paid()
    {
        await using var desk = await Paid("1001.00");
        var asked = (await Ask(desk, await Entry(desk, 0))).Value;
        Assert.That((asked.Money, asked.Organisation, asked.AskedBy, asked.Amount.ToMajor()), Is.EqualTo((await Entry(desk, 0), "COOP", "os:treasurer", "1001.00")));
        var seen = (await Waiting(desk, await Tere(desk))).Single();
        Assert.That((seen.Question, seen.BookedOn, seen.Amount.ToMajor(), seen.AccountEnd, seen.Money, seen.AskedBy), Is.EqualTo((asked.Question, new DateOnly(2021, 2, 10), "1001.00", "4066", (string?)null, (string?)null)));
        Assert.That(seen.Remittances.Select(one => $"{one.Number} {one.Open.ToMajor()}"), Is.EqualTo(new[] { $"{await Remittance(desk)} 38600.00" }));
        Assert.That(await Waiting(desk, await Other(desk)), Is.Empty);
    }

    [Test]
    public async Task An_answer_moves_no_money_and_a_person_places_it()
    {
        await using var desk = await Paid("38600.00");
        var (money, tere, remittance) = (await Entry(desk, 0), await Tere(desk), await Remittance(desk));
        var question = (await Ask(desk, money)).Value.Question;
        Assert.That((await Shown(desk, money), await Tag(desk, money)), Is.EqualTo(("no answer", "asked")));
        foreach (var _ in (int[])[1, 2]) Assert.That((await Answer(desk, tere, question, remittance)).Value.Answer, Is.EqualTo("ours"));
        Assert.That((await Answer(desk, tere, question, null)).Refusal!.Code, Is.EqualTo("question_answered"));
        Assert.That((await Shown(desk, money), await Tag(desk, money), await Waiting(desk, tere)), Is.EqualTo(($"ours {remittance}", "answered", Array.Empty<KnownQuestion>())));
        Assert.That((await State(desk), await Noted(desk)), Is.EqualTo(("acknowledged", "administration treasurer-asked, CR-2021-014 treasurer-answered")));

        _ = (await new MatchByHand(desk.Database).Run(Desk.Treasurer, new HandMatch([new HandPart(money, remittance, null)], null), CancellationToken.None)).Value;
        Assert.That((await State(desk), await All(desk), await desk.Breaks()), Is.EqualTo(("settled", Array.Empty<KnownQuestion>(), Array.Empty<Break>())));
        Assert.That((await Answer(desk, tere, question, remittance)).Value.Answer, Is.EqualTo("ours"), "the same again is harmless for good");
    }

    [Test]
    public async Task Not_theirs_is_an_answer_too_and_withdrawn_it_may_be_asked_again()
    {
        await using var desk = await Paid("1001.00");
        var (money, tere) = (await Entry(desk, 0), await Tere(desk));
        var question = (await Ask(desk, money)).Value.Question;
        foreach (var _ in (int[])[1, 2]) Assert.That((await Answer(desk, tere, question, null)).Value.Answer, Is.EqualTo("not_ours"));
        Assert.That((await Answer(desk, tere, question, await Remittance(desk))).Refusal!.Code, Is.EqualTo("question_answered"));
        Assert.That((await Ask(desk, money)).Refusal!.Code, Is.EqualTo("money_asked_already"));
        Assert.That((await Withdraw(desk, question)).Value, Is.EqualTo(question));
        Assert.That(((await Withdraw(desk, question)).Refusal!.Code, (await Answer(desk, tere, question, null)).Refusal!.Code), Is.EqualTo(("question_unknown", "question_unknown")));
        Assert.That((await Ask(desk, money)).Value.Question, Is.Not.EqualTo(question));
        Assert.That(await Noted(desk), Is.EqualTo("administration treasurer-asked, administration treasurer-answered, administration treasurer-question-withdrawn, administration treasurer-asked"));
    }

    [Test]
    public async Task What_cannot_be_asked_is_refused_with_its_reason()
    {
        await using var desk = await Paid("1001.00", "1002.00");
        var (money, aside) = (await Entry(desk, 0), await Entry(desk, 1));
        _ = (await new SetAside(desk.Database).Run(Desk.Treasurer, (aside, "a fee"), CancellationToken.None)).Value;
        foreach (var (about, whom, code) in new[]
        {
            ("BNK-000000000009", "COOP", "bank_entry_unknown"), ("nothing", "COOP", "bank_entry_unknown"), ($"{money} part 7", "COOP", "bank_entry_not_open"), (aside, "COOP", "bank_entry_not_open"),
            (money, "NOBODY", "organisation_unknown"), (money, "", "organisation_unknown"),
        })
        {
            Assert.That((await Ask(desk, about, whom)).Refusal?.Code, Is.EqualTo(code), $"{about} {whom}");
        }

        _ = await desk.Statement(Statements.After(2003, Coffee.FundAccount, ("DEP 8001", "-500.00"), ("S2", "2021-02-11")));
        Assert.That((await Ask(desk, await Entry(desk, 1))).Refusal?.Code, Is.EqualTo("money_came_back"));
        Assert.That((await All(desk), await Noted(desk)), Is.EqualTo((Array.Empty<KnownQuestion>(), "")));
    }

    [Test]
    public async Task An_undone_match_brings_the_question_back()
    {
        await using var desk = await Paid("1001.00");
        var (money, tere) = (await Entry(desk, 0), await Tere(desk));
        var question = (await Ask(desk, money)).Value.Question;
        var aside = (await new SetAside(desk.Database).Run(Desk.Treasurer, (money, "a fee"), CancellationToken.None)).Value;
        Assert.That(await Waiting(desk, tere), Is.Empty);
        _ = (await new UndoMatch(desk.Database).Run(Desk.Treasurer, new UndoRequest(aside.Match, "mistaken", null), CancellationToken.None)).Value;
        Assert.That((await Waiting(desk, tere)).Select(one => one.Question), Is.EqualTo(new[] { question }));
    }

    [Test]
    public async Task At_most_five_organisations_are_asked_about_one_piece_of_money()
    {
        await using var desk = await Paid("1001.00");
        var money = await Entry(desk, 0);
        var codes = new List<string?>();
        for (var no = 1; no <= AskTreasurer.AskedMax + 1; no++)
        {
            await Import(desk, $"COOP{no}");
            codes.Add((await Ask(desk, money, $"COOP{no}")).Refusal?.Code);
        }

        Assert.That(codes, Is.EqualTo((string?[])[.. Enumerable.Repeat<string?>(null, AskTreasurer.AskedMax), "money_asked_too_often"]));
        _ = (await Withdraw(desk, (await All(desk))[0].Question)).Value;
        Assert.That((await Ask(desk, money, "COOP6")).Refusal, Is.Null);
    }

    [Test]
    public async Task Only_who_is_asked_answers_and_only_with_money_that_is_awaited()
    {
        await using var desk = await Paid("38600.00", "1002.00", "1003.00");
        var (tere, other, remittance) = (await Tere(desk), await Other(desk), await Remittance(desk));
        var (money, second, third) = (await Entry(desk, 0), await Entry(desk, 1), await Entry(desk, 2));
        var (question, over) = ((await Ask(desk, second)).Value.Question, (await Ask(desk, third)).Value.Question);
        foreach (var (who, number, said, notOurs, code) in new[]
        {
            (Desk.Treasurer, question, null, true, "question_by_organisation"), (tere, question, null, false, "question_answer_needed"), (tere, question, remittance, true, "question_answer_needed"), (other, question, null, true, "question_unknown"),
            (tere, "QST-000000000001", null, true, "question_unknown"), (tere, "7", null, true, "question_unknown"), (tere, question, "REM-000000000001", false, "remittance_unknown"),
        })
        {
            Assert.That((await new AskTreasurer(desk.Database).Answer(who, new MoneyAnswer(number, said, notOurs), CancellationToken.None)).Refusal?.Code, Is.EqualTo(code), $"{who.Name} {number} {said}");
        }

        _ = (await new SetAside(desk.Database).Run(Desk.Treasurer, (third, "a fee"), CancellationToken.None)).Value;
        Assert.That((await Answer(desk, tere, over, remittance)).Refusal!.Code, Is.EqualTo("question_over"));
        _ = (await new MatchByHand(desk.Database).Run(Desk.Treasurer, new HandMatch([new HandPart(money, remittance, null)], null), CancellationToken.None)).Value;
        Assert.That((await Answer(desk, tere, question, remittance)).Refusal!.Code, Is.EqualTo("payment_not_awaited"));
        Assert.That((await Waiting(desk, tere)).Select(one => one.Question), Is.EqualTo(new[] { question }));
    }

    [Test]
    public async Task Money_of_another_currency_is_for_no_remittance_in_colones()
    {
        await using var desk = await Remitted();
        _ = await desk.Statement(Statements.In("USD", Coffee.FundAccount, [("DEP 7001", "100.00")], ("S1", "2021-02-10")));
        var question = (await Ask(desk, await Entry(desk, 0))).Value.Question;
        var tere = await Tere(desk);
        Assert.That((await Waiting(desk, tere)).Single().Remittances, Is.Empty);
        Assert.That((await Answer(desk, tere, question, await Remittance(desk))).Refusal?.Code, Is.EqualTo("payment_not_awaited"));
        Assert.That((await Answer(desk, tere, question, null)).Value.Answer, Is.EqualTo("not_ours"));
    }

    [Test]
    public async Task A_part_of_a_batched_entry_is_asked_about_by_itself()
    {
        await using var desk = await Remitted();
        const string parts = "<NtryDtls><TxDtls><Amt Ccy=\"CRC\">1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></TxDtls><TxDtls><Amt Ccy=\"CRC\">2000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></TxDtls></NtryDtls>";
        var one = Encoding.UTF8.GetString(Statements.Camt053(Coffee.FundAccount, [("DEP 9001", "3000.00")], "S1", "2021-02-10"));
        _ = await desk.Statement(Encoding.UTF8.GetBytes(Regex.Replace(one, "<NtryDtls>.*</NtryDtls>", parts, RegexOptions.Singleline)));
        var (entry, remittance) = (await Entry(desk, 0), await Remittance(desk));
        var question = (await Ask(desk, $"{entry} part 2")).Value;
        Assert.That(((await Ask(desk, entry)).Refusal?.Code, question.Money, question.Amount.ToMajor()), Is.EqualTo(("bank_entry_not_open", $"{entry} part 2", "2000.00")));
        Assert.That(((await View(desk, entry)).Pieces.Select(piece => piece.Questions.Count), await Tag(desk, entry)), Is.EqualTo((new[] { 0, 1 }, "asked")));
        _ = (await new MatchByHand(desk.Database).Run(Desk.Treasurer, new HandMatch([new HandPart($"{entry} part 1", remittance, null)], "short"), CancellationToken.None)).Value;
        Assert.That((await Answer(desk, await Tere(desk), question.Question, remittance)).Value.Remittance, Is.EqualTo(remittance), "the other part is gone, and this one is open");
        _ = (await new MatchByHand(desk.Database).Run(Desk.Treasurer, new HandMatch([new HandPart($"{entry} part 2", remittance, null)], "short"), CancellationToken.None)).Value;
        Assert.That((await All(desk), await desk.Breaks()), Is.EqualTo((Array.Empty<KnownQuestion>(), Array.Empty<Break>())));
    }

    [Test]
    public async Task The_desk_offers_first_whom_something_speaks_for_and_nobody_twice()
    {
        await using var desk = await Paid("1001.00");
        await Import(desk, "ZERO");
        var money = await Entry(desk, 0);
        Assert.That((await Look(desk, money)).Organisations.Select(one => one.Code), Is.EqualTo(new[] { "COOP" }), "the other awaits no money");
        _ = (await Ask(desk, money)).Value;
        var after = await Look(desk, money);
        Assert.That((after.Organisations, after.Asked.Single().Organisation), Is.EqualTo((Array.Empty<AskableOrganisation>(), "COOP")));
    }

    // One remittance of 38,600.00 that the fund has accepted, and a statement with these payments, which carry no reference of it.
    private static async Task<Desk> Paid(params string[] amounts)
    {
        var desk = await Remitted();
        _ = await desk.Statement(Statements.Camt053(Coffee.FundAccount, amounts.Select((amount, i) => ($"DEP {7001 + i}", amount)), "S1", "2021-02-10"));
        return desk;
    }

    private static async Task<Desk> Remitted()
    {
        var fund = new ScriptedFund { Answer = [new AcknowledgementEvent(AcknowledgementLevel.File, null, AcknowledgementOutcome.Accepted, "", "", null)] };
        var desk = await Desk.With(Coffee, [Members.Pickers[0]]);
        _ = (await desk.Submit(Coffee.Number, Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "38600.00")), "2021-01-31")).Value;
        await Drain(desk, fund);
        _ = (await new RunSettlement(desk.Database).Begin(Desk.Treasurer, new SettlementRequest(Coffee.Number, "2021-01-31"), CancellationToken.None)).Value;
        await Drain(desk, fund);
        return desk;
    }

    private static async Task Drain(Desk desk, ScriptedFund fund) =>
        Assert.That(await new DirectDispatcher(desk.Database, MessageMap.Of(new FundChannels(_ => Outcome<IFundChannel>.Of(fund)))).Drain(Desk.Treasurer, CancellationToken.None), Is.Empty);

    private static async Task<long> Import(Desk desk, string organisation)
    {
        var draft = Coffee with { Number = $"CR-{organisation}", OrganisationCode = organisation, OrganisationName = organisation };
        _ = (await new ImportAgreement(desk.Database).Run(Desk.Treasurer, draft.Json, CancellationToken.None)).Value;
        return (await desk.Agreement(draft.Number)).OrganisationId;
    }

    private static async Task<Actor> Tere(Desk desk) => new("tere", (await desk.Agreement(Coffee.Number)).OrganisationId);

    private static async Task<Actor> Other(Desk desk) => new("tomas", await Import(desk, "OTRACOOP"));

    // The name of what is open on the statement, by its place.
    private static async Task<string> Entry(Desk desk, int place) => Numbers.BankEntry((await desk.Read(work => work.Matches.Open()))[place].Id);

    private static async Task<StoredRemittance> Only(Desk desk)
    {
        var agreement = await desk.Agreement(Coffee.Number);
        return (await desk.Read(work => work.Remittances.Of(agreement.Id))).Single();
    }

    private static async Task<string> Remittance(Desk desk) => (await Only(desk)).Number;

    private static async Task<string> State(Desk desk) => (await Only(desk)).State.Shown;

    private static Task<Outcome<KnownQuestion>> Ask(Desk desk, string money, string organisation = "COOP") => new AskTreasurer(desk.Database).Ask(Desk.Treasurer, (money, organisation), CancellationToken.None);

    private static Task<Outcome<string>> Withdraw(Desk desk, string question) => new AskTreasurer(desk.Database).Withdraw(Desk.Treasurer, question, CancellationToken.None);

    private static Task<Outcome<KnownQuestion>> Answer(Desk desk, Actor who, string question, string? remittance) =>
        new AskTreasurer(desk.Database).Answer(who, new MoneyAnswer(question, remittance, remittance is null), CancellationToken.None);

    private static Task<IReadOnlyList<KnownQuestion>> Waiting(Desk desk, Actor who) => new AskTreasurer(desk.Database).Waiting(who, CancellationToken.None);

    private static Task<IReadOnlyList<KnownQuestion>> All(Desk desk) => new AskTreasurer(desk.Database).List(Desk.Treasurer, CancellationToken.None);

    private static async Task<AskableMoney> Look(Desk desk, string money) => (await new AskTreasurer(desk.Database).Look(Desk.Treasurer, money, CancellationToken.None)).Value;

    // What the bank's desk shows beside the money.
    private static async Task<string> Shown(Desk desk, string money)
    {
        var question = (await View(desk, money)).Pieces.Single().Questions.Single();
        return question.Answer is null ? "no answer" : $"{question.Answer} {question.Remittance}";
    }

    private static async Task<string?> Tag(Desk desk, string money) => (await View(desk, null)).Asked.GetValueOrDefault(money);

    private static async Task<DeskView> View(Desk desk, string? entry) => (await new BankDesk(desk.Database).Look(Desk.Treasurer, entry, CancellationToken.None)).Value;

    private static async Task<string> Noted(Desk desk) =>
        string.Join(", ", (await desk.Read(work => work.Audit.List(null))).Where(note => note.UseCase.StartsWith("treasurer-", StringComparison.Ordinal)).OrderBy(note => note.Id).Select(note => $"{note.Chain} {note.UseCase}"));
}
