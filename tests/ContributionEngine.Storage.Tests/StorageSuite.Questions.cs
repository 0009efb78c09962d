using System.Data.Common;
using ContributionEngine.Core;

namespace ContributionEngine.Storage.Tests;

// What organisations are asked about bank money.
public abstract partial class StorageSuite
{
    [Test]
    public async Task A_question_stands_until_it_is_withdrawn_and_only_the_fund_and_whoever_is_asked_see_it()
    {
        await using var store = await Open();
        var asked = await Asked(store, 1_000);
        var row = (await store.Read(work => work.MoneyQuestions.Find(Numbers.Question(asked.Question)))).Value;
        Assert.That((row.EntryId, row.Part, row.OrganisationId, row.Organisation, row.Account, row.AskedBy, row.Answer), Is.EqualTo((Entry, 0L, asked.Organisation, "COOP", "CR1", "os:operator", (string?)null)));
        Assert.That((await Questions(store, new Actor("maria", asked.Organisation)), await Questions(store, new Actor("pedro", asked.Organisation + 1))), Is.EqualTo(($"{asked.Question}; found; asked", "; question_unknown; ")));

        Assert.That((await Withdraw(store, asked.Question), await Withdraw(store, asked.Question), await Questions(store, Operator)), Is.EqualTo((true, false, "; question_unknown; ")));
        var again = await store.Write(work => work.MoneyQuestions.Add(Entry, 0, asked.Organisation));
        Assert.That((await store.Read(work => work.MoneyQuestions.Open())).Single().Id, Is.EqualTo(again));
    }

    [Test]
    public async Task An_answer_is_given_once_counts_for_the_fund_and_is_over_when_the_money_has_found_its_place()
    {
        await using var store = await Open();
        var asked = await Asked(store, 1_000);
        var question = (await store.Read(work => work.MoneyQuestions.Open())).Single();
        await store.Write(work => work.MoneyQuestions.Answer(question, Proven));
        Assert.That(() => store.Write(work => work.MoneyQuestions.Answer(question, null)), Throws.InstanceOf<BusyException>());
        var row = (await store.Read(work => work.MoneyQuestions.Open())).Single();
        Assert.That((row.Answer, row.Remittance, row.Reference, row.AnsweredBy, row.AnsweredAt is not null), Is.EqualTo(("ours", "REM-900", "RF-900", "os:operator", true)));
        Assert.That((await Questions(store, Operator), await Answers(store, Operator), await Answers(store, new Actor("maria", asked.Organisation))), Is.EqualTo(($"{asked.Question}; found; answered", 1, 0)));

        await Took(store, 1_000);
        Assert.That((await Questions(store, Operator), await Answers(store, Operator)), Is.EqualTo(("; found; answered", 0)));
        await Took(store, -1_000);
        Assert.That(await Questions(store, Operator), Is.EqualTo($"{asked.Question}; found; answered"), "undone");
    }

    [Test]
    public async Task Of_an_entry_with_parts_one_is_asked_about_until_that_part_is_taken()
    {
        await using var store = await Open();
        var asked = await Asked(store, 1_000);
        var about = await store.Write(work => work.MoneyQuestions.Add(Entry, 2, asked.Organisation));
        await store.Write(work => work.Matches.Add([new StoredMatch { Id = 90, Number = "MAT-90", EntryId = Entry, TxNo = 2, Kind = "not_ours", Taken = 400, MatchedBy = "person", Cues = "{}", MatchedOn = new DateOnly(2021, 2, 10), AcceptedBy = "os:operator" }]));
        Assert.That((await store.Read(work => work.MoneyQuestions.Open())).Select(row => row.Id), Is.EqualTo(new[] { asked.Question }));
        Assert.That((await store.Read(work => work.MoneyQuestions.About(Entry, 2))).Select(row => row.Id), Is.EqualTo(new[] { about }));
    }

    [Test]
    public async Task An_organisation_chooses_among_its_own_remittances_that_await_money()
    {
        await using var store = await Open();
        var own = (await Remit(store)).OrganisationId;
        var seen = new List<string>();
        foreach (var state in new[] { "paid = 1, rejected = 2", "paid = 6, rejected = 0", "paid = 0, delivery = 'refused'", "delivery = 'cancelled'", "delivery = 'delivered'" })
        {
            await Do(store, $"update remittance set {state} where id = {Proven}");
            seen.Add(await Awaiting(store, Operator, own));
        }

        Assert.That(seen, Is.EqualTo(new[] { "REM-900 RF-900 CRC 3", "", "", "", "REM-900 RF-900 CRC 6" }));
        Assert.That((await Awaiting(store, Operator, own + 1), await Awaiting(store, new Actor("pedro", own + 1), own)), Is.EqualTo(("", "")));
    }

    [Test]
    public async Task The_database_refuses_the_same_question_twice_and_half_an_answer()
    {
        await using var store = await Open();
        var asked = await Asked(store, 1_000);
        Assert.That(() => Do(store, $"insert into money_question (id, entry_id, part, organisation_id, asked_by, asked_at) select id + 1, entry_id, part, organisation_id, asked_by, asked_at from money_question"), Throws.InstanceOf<DbException>());
        foreach (var half in new[] { "answer = 'ours'", "answered_by = 'maria'", "answer = 'not_ours', answered_by = 'maria'", "answer = 'ours', answered_by = 'maria', answered_at = asked_at", "withdrawn_by = 'omar'", "withdrawn_at = asked_at",
            $"answer = 'not_ours', remittance_id = {Proven}, answered_by = 'maria', answered_at = asked_at", $"answer = 'perhaps', remittance_id = {Proven}, answered_by = 'maria', answered_at = asked_at", $"remittance_id = {Proven}" })
        {
            Assert.That(() => Do(store, $"update money_question set {half} where id = {asked.Question}"), Throws.InstanceOf<DbException>(), half);
        }

        await Do(store, $"update money_question set answer = 'not_ours', answered_by = 'maria', answered_at = asked_at where id = {asked.Question}");
    }

    private static async Task<(long Question, long Organisation)> Asked(EmptyStore store, long amount)
    {
        var agreement = await Remit(store);
        await Booked(store, amount);
        return (await store.Write(work => work.MoneyQuestions.Add(Entry, 0, agreement.OrganisationId)), agreement.OrganisationId);
    }

    private static Task<bool> Withdraw(EmptyStore store, long question) => store.Write(work => work.MoneyQuestions.Withdraw(question));

    // About open money; whether the first of all is found; how the list of entries can be asked for it.
    private static Task<string> Questions(EmptyStore store, Actor actor) => store.Database.Read(actor, async work =>
    {
        var first = (await work.MoneyQuestions.About(Entry, 0)).FirstOrDefault();
        var found = await work.MoneyQuestions.Find(first?.Number ?? "QST-000000000000");
        var open = (await work.MoneyQuestions.Open()).Select(row => row.Id);
        return $"{string.Join(' ', open)}; {found.Refusal?.Code ?? "found"}; {(first is null ? "" : first.Answer is null ? "asked" : "answered")}";
    }, CancellationToken.None);

    private static Task<long> Answers(EmptyStore store, Actor actor) => store.Database.Read(actor, async work =>
    {
        var counted = (await work.WorkCounts.Of()).Where(count => count.Kind == "answers").Sum(count => count.Count);
        var listed = (await work.Lists.BankEntries(new BookingsWhere { Question = "answered", State = "open" }, new Slice())).Value.Rows.Count + (await work.Lists.BankEntries(new BookingsWhere { Question = "asked" }, new Slice())).Value.Rows.Count;
        Assert.That(listed, Is.EqualTo(counted), "the counter leads to what it counts");
        return counted;
    }, CancellationToken.None);

    private static Task<string> Awaiting(EmptyStore store, Actor actor, long organisation) => store.Database.Read(actor, async work =>
        string.Join("; ", (await work.MoneyQuestions.Awaiting([organisation])).Select(row => $"{row.Number} {row.Reference} {row.Currency} {row.Unpaid}")), CancellationToken.None);
}
