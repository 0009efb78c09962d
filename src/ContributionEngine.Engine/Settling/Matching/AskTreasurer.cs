using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// «Is this yours?»: the desk asks an organisation about bank money that says too little, and a treasurer of it answers.
/// Asking moves no money and the answer moves none: a person on the desk gives it to a remittance, or does not.
/// </summary>
public sealed class AskTreasurer(Database database)
{
    /// <summary>Organisations that are asked about one piece of money at a time.</summary>
    public const int AskedMax = 5;

    /// <summary>What is open under that name, and who may be asked about it. Refusals: <c>bank_entry_unknown</c>, <c>bank_entry_not_open</c>, <c>money_came_back</c>.</summary>
    public Task<Outcome<AskableMoney>> Look(Actor actor, string money, CancellationToken stop) => database.Read<Outcome<AskableMoney>>(actor, async work =>
    {
        if (!(await Piece(work, money)).Ok(out var piece, out var refusal)) return refusal;
        var rules = new MatchingRules();
        if (!(await MatchFacts.Load(work, rules)).Ok(out var facts, out refusal)) return refusal;
        var asked = await work.MoneyQuestions.About(piece.Entry, piece.Part);
        var organisations = from candidate in ByPerson.Candidates(rules, piece, facts.Remittances)
                            where facts.Stored[candidate.Remittance.Id].State.AwaitsMoney
                            let agreement = facts.Agreements[candidate.Remittance.Agreement]
                            where asked.All(row => row.OrganisationId != agreement.OrganisationId)
                            select new AskableOrganisation(agreement.Agreement.Organisation.Code, agreement.Agreement.Organisation.Name, candidate.Cues.Count > 0);
        return new AskableMoney(
            MatchCases.Subject(piece), piece.BookedOn, MatchReport.In(piece.Currency, piece.Minor), [.. asked.Select(row => KnownQuestion.Of(work, row, piece))], [.. organisations.DistinctBy(one => one.Code)]);
    }, stop);

    /// <summary>
    /// Asks an organisation by its code. Refusals: those of looking, <c>organisation_unknown</c>, <c>money_asked_already</c>, <c>money_asked_too_often</c>.
    /// </summary>
    public Task<Outcome<KnownQuestion>> Ask(Actor actor, (string Money, string Organisation) asked, CancellationToken stop) => database.Attempt<KnownQuestion>(actor, async work =>
    {
        if (!(await Piece(work, asked.Money)).Ok(out var piece, out var refusal)) return refusal;
        if (!(await work.SheetMaps.Organisation(asked.Organisation)).Ok(out var organisation, out refusal)) return refusal with { Field = "organisation", Value = asked.Organisation };
        var before = await work.MoneyQuestions.About(piece.Entry, piece.Part);
        if (before.FirstOrDefault(row => row.OrganisationId == organisation) is { } known) return Already(known);
        if (before.Count >= AskedMax) return Refusal.Conflict("money_asked_too_often", $"{AskedMax} organisations are asked about {asked.Money} already.") with { Value = $"{AskedMax}", Help = "Withdraw a question first." };
        var question = (await work.MoneyQuestions.Find(Numbers.Question(await work.MoneyQuestions.Add(piece.Entry, piece.Part, organisation)))).Value;
        await Note(work, Audit.Administration, "treasurer-asked", question);
        return KnownQuestion.Of(work, question, piece);
    }, stop);

    /// <summary>Takes a question back, answered or not; the organisation may be asked again. Refusals: <c>question_unknown</c>.</summary>
    public Task<Outcome<string>> Withdraw(Actor actor, string question, CancellationToken stop) => database.Attempt<string>(actor, async work =>
    {
        if (!(await work.MoneyQuestions.Find(question)).Ok(out var found, out var refusal)) return refusal;
        if (!await work.MoneyQuestions.Withdraw(found.Id)) throw new BusyException(found.Number);
        await Note(work, Audit.Administration, "treasurer-question-withdrawn", found);
        return found.Number;
    }, stop);

    /// <summary>Questions about money that is still open, answered or not, as far as the acting user may see them; oldest first.</summary>
    public Task<IReadOnlyList<KnownQuestion>> List(Actor actor, CancellationToken stop) => database.Read(actor, Open, stop);

    /// <summary>Those of them that nobody has answered.</summary>
    public async Task<IReadOnlyList<KnownQuestion>> Waiting(Actor actor, CancellationToken stop) => [.. (await List(actor, stop)).Where(question => question.Answer is null)];

    /// <summary>
    /// Keeps what the organisation says; the same again is harmless. Refusals: <c>question_by_organisation</c>, <c>question_answer_needed</c>, <c>question_unknown</c>, <c>question_answered</c>,
    /// <c>question_over</c>, <c>remittance_unknown</c>, <c>payment_not_awaited</c>.
    /// </summary>
    public Task<Outcome<KnownQuestion>> Answer(Actor actor, MoneyAnswer said, CancellationToken stop) => database.Attempt<KnownQuestion>(actor, async work =>
    {
        // Whoever speaks for the fund cannot say whose money somebody else's is.
        if (actor.OrganisationId is null) return new Refusal(RefusalKind.NotAllowed, "question_by_organisation", "Only the organisation that is asked says whether money is its own.");
        if (said.NotOurs == (said.Remittance is not null)) return Refusal.Usage("question_answer_needed", "Nothing is said of whose money it is.") with { Field = "remittance", Help = "Name the remittance that it pays, or say that it is not yours." };
        if (!(await work.MoneyQuestions.Find(said.Question)).Ok(out var question, out var refusal)) return refusal;
        StoredRemittance? remittance = null;
        if (said.Remittance is { } number && !(await work.Remittances.FindToChange(number)).Ok(out remittance, out refusal)) return refusal with { Field = "remittance", Value = number };
        var money = MatchFacts.MoneyOf(await work.Matches.Among([question.EntryId]), await work.Matches.Transactions([question.EntryId]), alsoTaken: true).First(piece => IsAbout(question, piece));
        if (question.Answer is not null) return question.RemittanceId == remittance?.Id ? KnownQuestion.Of(work, question, money) : Answered();
        if (!(await OpenMoney(work, [question.EntryId])).Any(piece => IsAbout(question, piece))) return Refusal.Conflict("question_over", "That money has found its place meanwhile.") with { Help = "Nothing is left to answer." };
        if (remittance is not null && !(remittance.State.AwaitsMoney && remittance.Currency == money.Currency)) return NotAwaited(remittance, money);
        await work.MoneyQuestions.Answer(question, remittance?.Id);
        question = (await work.MoneyQuestions.Find(question.Number)).Value;
        await Note(work, remittance is null ? Audit.Administration : (await work.Agreements.Get(remittance.AgreementId)).Number, "treasurer-answered", question);
        return KnownQuestion.Of(work, question, money);
    }, stop);

    /// <summary>The same as the list, for whoever has a unit of work.</summary>
    internal static async Task<IReadOnlyList<KnownQuestion>> Open(Work work)
    {
        var rows = await work.MoneyQuestions.Open();
        if (rows.Count == 0) return [];
        var open = await OpenMoney(work, [.. rows.Select(row => row.EntryId).Distinct()]);
        var awaiting = work.Actor.OrganisationId is { } own ? await work.MoneyQuestions.Awaiting([own]) : [];
        return [.. from row in rows from money in open where IsAbout(row, money) select KnownQuestion.Of(work, row, money) with { Remittances = row.Answer is null ? Nearest(money, awaiting) : [] }];
    }

    private static IReadOnlyList<NamedRemittance> Nearest(BankMoney money, IEnumerable<AwaitingRemittance> awaiting) =>
    [
        .. from one in awaiting
           where one.Currency == money.Currency
           orderby Math.Abs(one.Unpaid - money.Minor)
           select new NamedRemittance(one.Number, one.Reference, MatchReport.In(one.Currency, one.Unpaid)),
    ];

    private static bool IsAbout(StoredQuestion question, BankMoney money) => (question.EntryId, question.Part) == (money.Entry, money.Part);

    private static async Task<Outcome<BankMoney>> Piece(Work work, string money)
    {
        var (entry, part) = MatchCases.Read(money);
        if (entry is not { } id || (await OpenMoney(work, [id])).FirstOrDefault(piece => piece.Part == part) is not { } piece) return await MatchCases.NotOpen(work, money);
        return piece.Minor > 0 ? piece : Refusal.Conflict("money_came_back", $"{money} came back, so nobody has paid it.") with { Help = "Ask about payments only." };
    }

    private static async Task<IReadOnlyList<BankMoney>> OpenMoney(Work work, IReadOnlyCollection<long> entries) => MatchFacts.MoneyOf(await work.Matches.OpenAmong(entries), await work.Matches.Transactions(entries));

    private static Refusal Already(StoredQuestion known) =>
        Refusal.Conflict("money_asked_already", $"{known.OrganisationName} is asked about it already: {known.Number}.") with { Field = "organisation", Value = known.OrganisationName, Help = "Withdraw that question first." };

    private static Refusal Answered() => Refusal.Conflict("question_answered", "Another answer was given already.") with { Help = "Tell the fund; it can withdraw the question and ask again." };

    private static Refusal NotAwaited(StoredRemittance remittance, BankMoney money) =>
        Refusal.Conflict("payment_not_awaited", $"{remittance.Number} awaits no money in {money.Currency}.") with { Field = "remittance", Value = remittance.Number, Help = "Choose the remittance that you have paid." };

    private static Task Note(Work work, string chain, string step, StoredQuestion question) => work.Audit.Record(
        chain, step, question.Number, JsonSerializer.Serialize(new { entry = Numbers.BankEntry(question.EntryId), part = question.Part, organisation = question.Organisation, answer = question.Answer, remittance = question.Remittance }));
}
