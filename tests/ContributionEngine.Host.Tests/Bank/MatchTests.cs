using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Bank;

/// <summary>Bank money and the remittance of January, of which the fund accepted 38,600.00: proposed, accepted, undone, sent back.</summary>
internal sealed class MatchTests
{
    [Test]
    public async Task A_payment_without_a_reference_is_proposed_and_waits_for_a_person()
    {
        using var place = await Prepared.Remitted();
        await Camt.Import(place, "S1", "2021-02-10", new Booking("38600.00"));
        var shown = (await place.Run("bank match run --dry-run -o json")).Exits(3).Json;
        Assert.That((shown.At("matched"), shown.At("proposed"), shown.At("matches.0.score"), shown.At("matches.0.cues.0"), shown.At("matches.0.cues.1"), shown.At("dry_run")), Is.EqualTo(("0", "1", "30", "amount_exact", "date_in_window", "true")));
        Assert.That((shown.At("matches.0.books.0.account"), shown.At("matches.0.books.0.debit"), shown.At("matches.0.books.1.account"), shown.At("matches.0.books.1.credit")), Is.EqualTo(("in_transit", "38600.00", "cash", "38600.00")));
        Assert.That(await State(place), Is.EqualTo("acknowledged unpaid 0.00"));
        Assert.That((await place.Export("cases")).Where("reason", "match_proposed").Of("amount", "state"), Is.EqualTo(new[] { "38600.00 open" }));
    }

    [Test]
    public async Task What_was_proposed_is_booked_when_a_person_accepts_it()
    {
        using var place = await Prepared.Remitted();
        await Camt.Import(place, "S1", "2021-02-10", new Booking("38600.00"));
        var proposal = (await place.Run("bank match run --dry-run -o json")).Exits(3).Json.At("matches.0.proposal");
        await place.Ok($"bank match accept {proposal}");
        Assert.That(await State(place), Is.EqualTo("settled paid 38600.00"));
        Assert.That((await place.Export("cases")).Where("reason", "match_proposed").Of("state"), Is.EqualTo(new[] { "resolved" }));
        Assert.That((await place.Run($"bank match accept {proposal}")).Exit, Is.EqualTo(5), "once");
        await place.Ok("verify");
    }

    [Test]
    public async Task A_match_that_was_undone_leaves_all_as_before_and_comes_back_only_by_a_person()
    {
        using var place = await Prepared.Remitted();
        var before = await Figures(place);
        var reference = await Reference(place);
        await Camt.Import(place, "S1", "2021-02-10", new Booking("38600.00", reference));
        var match = (await place.Json("bank match list")).At("0.match");
        await place.Ok($"bank match undo {match} --reason mistaken");
        Assert.That(await Figures(place), Is.EqualTo(before));
        await place.Ok("verify");
        Assert.That((await place.Run($"bank match undo {match} --reason again")).Exit, Is.EqualTo(6), "once");

        await Camt.Import(place, "S2", "2021-02-11", new Booking("1.00"));
        Assert.That(await Figures(place), Is.EqualTo(before), "the import matched nothing again");
        var proposal = (await place.Run("bank match run -o json")).Exits(3).Json.At("matches.0.proposal");
        await place.Ok($"bank match accept {proposal}");
        Assert.That(await State(place), Is.EqualTo("settled paid 38600.00"));
    }

    [Test]
    public async Task Undoing_a_run_undoes_all_that_stands_of_it()
    {
        using var place = await Prepared.Remitted();
        var before = await Figures(place);
        var reference = await Reference(place);
        await Camt.Import(place, "S1", "2021-02-10", new Booking("30000.00", reference), new Booking("8700.00", reference));
        Assert.That(await State(place), Is.EqualTo("settled over_paid 38700.00"));
        var run = (await place.Json("bank match list")).At("0.run");
        var undone = await place.Json($"bank match undo {run} --reason mistaken");
        Assert.That((undone.At("matches"), await Figures(place)), Is.EqualTo(("2", before)));
        Assert.That((await place.Export("cases")).Where("reason", "paid_above").Of("state"), Is.EqualTo(new[] { "resolved" }));
        await place.Ok("verify");
    }

    [Test]
    public async Task A_dry_run_of_an_undo_writes_nothing()
    {
        using var place = await Prepared.Settled();
        var match = (await place.Json("bank match list")).At("0.match");
        var before = StoredFacts.Dump(place.Database);
        await place.Ok($"bank match undo {match} --reason mistaken --dry-run");
        Assert.That(StoredFacts.Dump(place.Database), Is.EqualTo(before));
    }

    [Test]
    public async Task A_run_decided_again_by_its_own_rules_comes_to_the_same()
    {
        using var place = await Prepared.Settled();
        var run = (await place.Json("bank match list")).At("0.run");
        await Camt.Import(place, "S2", "2021-02-11", new Booking("500.00"));
        await place.Ok($"bank match undo {run} --reason mistaken");
        var replayed = await place.Json($"bank match run --replay {run}");
        Assert.That((replayed.At("same"), replayed.At("decisions")), Is.EqualTo(("true", "1")));
    }

    [Test]
    public async Task What_is_short_and_what_is_over_are_named_and_flagged_alike()
    {
        using var place = await Prepared.Remitted();
        var reference = await Reference(place);
        await Camt.Import(place, "S1", "2021-02-10", new Booking("38000.00", reference));
        Assert.That((await place.Export("cases")).Where("reason", "paid_short").Of("amount", "state"), Is.EqualTo(new[] { "600.00 open" }));
        await Camt.Import(place, "S2", "2021-02-11", new Booking("650.00", reference));
        var cases = await place.Export("cases");
        Assert.That((cases.Where("reason", "paid_short").Of("state"), cases.Where("reason", "paid_above").Of("amount", "state")), Is.EqualTo((new[] { "resolved" }, new[] { "50.00 open" })));
        var list = await place.Json("bank match list");
        Assert.That((list.At("0.difference"), list.At("0.difference_amount"), list.At("1.difference"), list.At("1.difference_amount")), Is.EqualTo(("short", "600.00", "over", "50.00")));
        await place.Ok("verify");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_payment_that_comes_back_is_to_be_made_again_with_the_same_lines(bool isMarked)
    {
        using var place = await Prepared.Settled();
        var lines = (await place.Export("remittance-lines")).Of("line", "amount", "outcome");
        var reference = await Reference(place);
        await Camt.Import(place, "S2", "2021-02-12", new Booking("-38600.00", reference, isMarked));
        Assert.That(await State(place), Is.EqualTo("returned returned 0.00"));
        Assert.That((await place.Export("cases")).Where("reason", "payment_returned").Of("amount", "state"), Is.EqualTo(new[] { "38600.00 open" }));
        await place.Ok("verify");

        await Camt.Import(place, "S3", "2021-02-16", new Booking("38600.00", reference));
        Assert.That(await State(place), Is.EqualTo("settled paid 38600.00"));
        Assert.That((await place.Export("remittance-lines")).Of("line", "amount", "outcome"), Is.EqualTo(lines));
        Assert.That((await place.Export("cases")).Where("reason", "payment_returned").Of("state"), Is.EqualTo(new[] { "resolved" }));
        await place.Ok("verify");
    }

    [Test]
    public async Task A_payment_is_not_undone_while_its_return_stands()
    {
        using var place = await Prepared.Settled();
        await Camt.Import(place, "S2", "2021-02-12", new Booking("-38600.00", await Reference(place), true));
        var list = await place.Json("bank match list");
        Assert.That((await place.Run($"bank match undo {list.At("0.match")} --reason mistaken")).Exit, Is.EqualTo(6));
        await place.Ok($"bank match undo {list.At("1.match")} --reason mistaken");
        Assert.That(await State(place), Is.EqualTo("settled paid 38600.00"));
        await place.Ok("verify");
    }

    [Test]
    public async Task What_the_fund_sends_back_of_a_surplus_ends_what_is_due_from_it()
    {
        using var place = await Prepared.Remitted();
        var reference = await Reference(place);
        await Camt.Import(place, "S1", "2021-02-10", new Booking("38650.00", reference));
        await Camt.Import(place, "S2", "2021-02-12", new Booking("-50.00", reference));
        Assert.That(await State(place), Is.EqualTo("settled paid 38600.00"));
        Assert.That((await place.Export("cases")).Where("reason", "paid_above").Of("state"), Is.EqualTo(new[] { "resolved" }));
        Assert.That((await place.Json("bank match list")).At("1.kind"), Is.EqualTo("refunded"));
        await place.Ok("verify");
    }

    [Test]
    public async Task An_entry_that_is_not_ours_is_set_aside_and_may_come_back()
    {
        using var place = await Prepared.Remitted();
        await Camt.Import(place, "S1", "2021-02-10", new Booking("38600.00"));
        var entry = (await place.Run("bank match run --dry-run -o json")).Exits(3).Json.At("matches.0.parts.0.entry");
        var aside = await place.Json($"bank match not-ours {entry} --reason salaries");
        Assert.That((aside.At("state"), (await place.Json("bank match run")).At("open")), Is.EqualTo(("not_ours", "0")));
        await place.Ok("verify");
        await place.Ok($"bank match undo {aside.At("match")} --reason mistaken");
        Assert.That((await place.Run("bank match run --dry-run -o json")).Exits(3).Json.At("open"), Is.EqualTo("1"));
        await place.Ok("verify");
    }

    [TestCase("bank match accept BNK-000000000001-abcdef", 5, "proposal_unknown")]
    [TestCase("bank match undo MAT-000000000001 --reason x", 5, "match_unknown")]
    [TestCase("bank match undo MRN-000000000001 --reason x", 5, "match_run_unknown")]
    [TestCase("bank match not-ours BNK-000000000001 --reason x", 5, "bank_entry_unknown")]
    [TestCase("bank match run --agreement NO-1", 5, "agreement_unknown")]
    [TestCase("bank match run --replay MRN-000000000001", 5, "match_run_unknown")]
    public async Task What_is_not_there_is_refused_by_name(string command, int exit, string code)
    {
        using var place = await Prepared.Harvest();
        var answer = await place.Run(command);
        Assert.That((answer.Exit, answer.Error.Contains($"error[{code}]", StringComparison.Ordinal)), Is.EqualTo((exit, true)), answer.Error);
    }

    private static async Task<string> Reference(Workplace place) => (await place.Export("remittances")).Rows[0]["reference"];

    private static async Task<string> State(Workplace place)
    {
        var shown = await place.Json($"remittance show {await Reference(place)}");
        return $"{shown.At("state")} {shown.At("money")} {shown.At("paid")}";
    }

    // What the books come to, account by account, and what the remittance says.
    private static async Task<string> Figures(Workplace place)
    {
        var sums = (await place.Export("journal")).Rows.GroupBy(row => row["account"]).OrderBy(of => of.Key, StringComparer.Ordinal).Select(of => $"{of.Key} {of.Sum(row => Amount(row["debit"]) - Amount(row["credit"]))}").Where(text => !text.EndsWith(" 0.00", StringComparison.Ordinal));
        return string.Join('\n', sums.Append(await State(place)).Append((await place.Export("remittances")).Rows[0]["settled_at"]));
    }

    private static decimal Amount(string text) => text.Length == 0 ? 0.00m : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
