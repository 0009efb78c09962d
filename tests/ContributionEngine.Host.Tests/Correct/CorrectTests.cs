using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Correct;

/// <summary>Putting money right from the command line: previews, exit codes, two persons, and what other programs hold on to.</summary>
internal sealed class CorrectTests
{
    private const int WithCase = 3;
    private const int NotAllowed = 4;

    private const string By = "--agreement CR-2021-014 --reason bounced --as-of 2021-01-31";

    [Test]
    public async Task A_dry_run_shows_what_would_follow_and_changes_nothing()
    {
        using var place = await Prepared.Collected();
        var preview = (await place.Ok($"receipt reverse R3 {By} --dry-run -o json")).Json;
        Assert.That((preview.At("dry_run"), preview.At("state"), preview.At("next_remittance.total_before"), preview.At("next_remittance.total_after"), preview.At("obligations.0.member_no"), preview.At("cover.0.after")),
            Is.EqualTo(("true", "done", "77200.00", "38600.00", "A003", "unpaid")));
        Assert.That(await place.Balances(), Is.EqualTo(await Prepared.CollectedBalances()));
    }

    [Test]
    public async Task What_is_done_is_what_the_preview_said()
    {
        using var place = await Prepared.Collected();
        var preview = (await place.Ok($"receipt reverse R3 {By} --dry-run -o json")).Json;
        var done = (await place.Ok($"receipt reverse R3 {By} -o json")).Json;
        preview.AsObject().Remove("dry_run");
        Assert.That(done.ToJsonString(), Is.EqualTo(preview.ToJsonString()));
    }

    [Test]
    public async Task A_sent_sheet_is_put_right_by_the_whole_sheet_as_a_dry_run_says_and_what_is_in_doubt_is_put_right_first()
    {
        using var place = await Prepared.Collected();
        var sheet = (await place.Export("receipts")).Rows[0]["upload"];
        place.Write("right.csv", Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "38600.00"), new Paid("R2", "A002", "2021-01-16", "25000.00"), new Paid("R3", "A009", "2021-01-20", "50000.00")));
        var preview = await place.Run($"upload correct {sheet} right.csv --reason mistyped --as-of 2021-01-31 -o json");
        var waiting = (await place.Json("upload list --agreement CR-2021-014")).AsArray().Single(row => row.At("state") == "needs_fixes").At("upload");
        Assert.That((preview.Exit, preview.Json.At("problems.0.code"), (await place.Export("receipts")).Sum("amount")), Is.EqualTo((7, "R02", 108_600m)));

        Assert.That((preview.Json.At("rows"), preview.Json.At("ready"), preview.Json.At("left_out"), preview.Json.At("errors"), preview.Json.At("unchanged")), Is.EqualTo(("3", "1", "2", "1", "1")), "what stands already is told apart from what waits");

        await place.Ok($"upload fix {waiting} --row 4 --set member_no=A003");
        var rehearsed = (await place.Ok($"upload send {waiting} --reason mistyped --as-of 2021-01-31 --dry-run -o json")).Json;
        var done = (await place.Ok($"upload send {waiting} --reason mistyped --as-of 2021-01-31 -o json")).Json;
        rehearsed.AsObject().Remove("dry_run");
        Assert.That(done.ToJsonString(), Is.EqualTo(rehearsed.ToJsonString()));
        Assert.That((done.At("action"), done.At("sheet.unchanged"), done.At("sheet.changes_total"), done.At("sheet.changes.0.before"), done.At("sheet.changes.0.after")), Is.EqualTo(("correct", "2", "1", "20000.00", "25000.00")));
        await place.Ok("verify");
    }

    [Test]
    public async Task Exports_show_what_was_reversed_and_what_was_moved()
    {
        using var place = await Prepared.Corrected();
        var receipts = (await place.Export("receipts")).Of("receipt_no", "member_no", "allocated", "credit", "refunded", "reversed", "state").Order(StringComparer.Ordinal);
        Assert.That(receipts, Is.EqualTo(new[]
        {
            "R1 A001 38600.00 0.00 0.00 0.00 reversed", "R2 A002 0.00 0.00 0.00 20000.00 moved", "R2 A003 20000.00 0.00 0.00 0.00 posted",
            "R3 A003 50000.00 0.00 0.00 0.00 posted", "R9 A001 38600.00 0.00 61400.00 0.00 posted",
        }));
    }

    [Test]
    public async Task A_receipt_is_shown_and_explained_after_it_was_taken_back()
    {
        using var place = await Prepared.Corrected();
        var shown = await place.Json("receipt show R1 --agreement CR-2021-014");
        Assert.That((shown.At("state"), shown.At("reversals.0.kind"), shown.At("claims.0.debtor"), shown.At("allocations.0.line").StartsWith("REM-", StringComparison.Ordinal)), Is.EqualTo(("reversed", "reversed", "organisation", true)));
        var steps = (await place.Json($"explain receipt {shown.At("receipt")}")).AsArray().Select(step => step.At("step")).ToList();
        Assert.That(steps, Is.SupersetOf(new[] { "remitted", "reversed", "claimed" }));
    }

    [Test]
    public async Task A_receipt_number_without_its_agreement_is_asked_for()
    {
        using var place = await Prepared.Collected();
        var (bare, unknown) = (await place.Run("receipt show R1 -o json"), await place.Run("receipt show R77 --agreement CR-2021-014 -o json"));
        Assert.That((bare.Exit, bare.Problem.At("code"), unknown.Exit, unknown.Problem.At("code")), Is.EqualTo((2, "agreement_needed", 5, "receipt_unknown")));
    }

    [Test]
    public async Task A_refund_needs_a_second_person_with_her_own_key()
    {
        using var place = await Prepared.Collected();
        var (olga, pablo) = await TwoPersons(place);
        var asked = (await place.Run($"receipt refund R3 {By} --key {olga} -o json")).Exits(WithCase).Json;
        Assert.That((asked.At("state"), asked.At("needs_approval"), await place.Balances()), Is.EqualTo(("approval_needed", "true", await Prepared.CollectedBalances())));
        var resolve = $"case resolve {asked.At("case")} --action approve --reason seen --approve --as-of 2021-01-31 -o json";
        var same = await place.Run($"{resolve} --key {olga}");
        Assert.That((same.Exit, same.Problem.At("code")), Is.EqualTo((NotAllowed, "second_person_needed")));
        var other = (await place.Ok($"{resolve} --key {pablo}")).Json;
        Assert.That((other.At("case.state"), other.At("case.resolved_by"), other.At("case.asked_by"), other.At("correction.state"), (await place.Export("receipts")).Sum("refunded")), Is.EqualTo(("resolved", "pablo", "olga", "done", 11_400m)));
    }

    [Test]
    public async Task A_treasurer_looks_and_an_officer_acts()
    {
        using var place = await Prepared.Collected();
        var (olga, pablo) = await TwoPersons(place);
        await place.Ok($"user add maria --role treasurer --organisation COOP --key {olga}");
        var maria = (await place.Ok($"key create --user maria --key {olga} -o json")).Json.At("key");
        var (seen, tried) = (await place.Run($"receipt show R1 --agreement CR-2021-014 --key {maria}"), await place.Run($"receipt reverse R1 {By} --key {maria} -o json"));
        Assert.That((seen.Exit, tried.Exit, tried.Problem.At("code"), (await place.Run($"receipt reverse R1 {By} --key {pablo}")).Exit), Is.EqualTo((0, NotAllowed, "role_may_not", 0)));
    }

    [Test]
    public async Task The_limit_above_which_two_persons_decide_is_a_setting()
    {
        using var place = await Prepared.Collected();
        place.Settings = [.. place.Settings, KeyValuePair.Create("CONTRIBUTION_ENGINE_FOUR_EYES_ABOVE", "38599.99")];
        var asked = (await place.Run($"receipt reverse R1 {By} -o json")).Exits(WithCase).Json;
        Assert.That((asked.At("state"), asked.At("amount"), (await place.Ok($"receipt reverse R2 {By} -o json")).Json.At("state")), Is.EqualTo(("approval_needed", "38600.00", "done")));
    }

    [Test]
    public async Task A_limit_that_is_no_amount_is_refused()
    {
        using var place = await Prepared.Collected();
        place.Settings = [.. place.Settings, KeyValuePair.Create("CONTRIBUTION_ENGINE_FOUR_EYES_ABOVE", "much")];
        var refused = await place.Run($"receipt reverse R1 {By} -o json");
        Assert.That((refused.Exit, refused.Problem.At("code")), Is.EqualTo((2, "setting_invalid")));
    }

    [Test]
    public async Task Undoing_an_upload_can_be_looked_at_first()
    {
        using var place = await Prepared.Collected();
        var upload = (await place.Export("receipts")).Rows[0]["upload"];
        var preview = (await place.Ok($"upload undo {upload} --reason wrong --as-of 2021-01-31 --dry-run -o json")).Json;
        Assert.That((preview.At("action"), preview.At("receipts"), preview.At("amount"), preview.At("next_remittance.lines_after"), await place.Balances()), Is.EqualTo(("undo", "3", "108600.00", "0", await Prepared.CollectedBalances())));
    }

    [Test]
    public async Task Cases_are_listed_by_reason_and_age_with_what_may_be_done()
    {
        using var place = await Prepared.Remitted();
        var all = (await place.Json("case list --as-of 2021-02-25")).AsArray();
        var today = DateTime.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        Assert.That((all.Count, all[0].At("reason"), all[0].At("actions.0"), all[0].At("amount")), Is.EqualTo((2, "line_rejected", "resolve", "17320.00")));
        Assert.That(((await place.Json("case list --reason refund_due")).AsArray().Count, (await place.Json($"case list --older-than 3 --as-of {today}")).AsArray().Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_case_is_taken_and_resolved_with_a_reason()
    {
        using var place = await Prepared.Remitted();
        var number = (await place.Json("case list")).At("0.case");
        Assert.That((await place.Ok($"case assign {number} -o json")).Json.At("state"), Is.EqualTo("assigned"));
        var resolved = (await place.Ok($"case resolve {number} --action resolve --reason \"agreed by telephone\" -o json")).Json;
        Assert.That((resolved.At("case.state"), resolved.At("case.resolution"), (await place.Run($"case resolve {number} --action resolve --reason again -o json")).Exit), Is.EqualTo(("resolved", "resolve: agreed by telephone", 6)));
    }

    private static async Task<(string Olga, string Pablo)> TwoPersons(Workplace place)
    {
        var olga = (await place.Json("user add olga --role operator")).At("key");
        await place.Ok($"user add pablo --role officer --key {olga}");
        return (olga, (await place.Ok($"key create --user pablo --key {olga} -o json")).Json.At("key"));
    }
}
