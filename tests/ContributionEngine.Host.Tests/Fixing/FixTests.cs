using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Fixing;

/// <summary>Single rows put right or left out, and the rest sent, without the file coming again.</summary>
internal sealed class FixTests
{
    private const string AsOf = "--as-of 2021-01-31";
    private const string Submit = $"upload submit rows.csv --agreement CR-2021-014 {AsOf}";

    // Row 2 is good, row 3 has no amount, row 4 has no such member.
    private static readonly Paid[] Rows = [new("R1", "A001", "2021-01-15", "38600.00"), new("R2", "A002", "2021-01-16", "abc"), new("R3", "X900", "2021-01-17", "123.45")];

    [Test]
    public async Task A_row_that_is_put_right_says_how_it_reads_now()
    {
        var (place, upload) = await Kept();
        using (place)
        {
            var said = await place.Run($"upload fix {upload} --row 3 --set amount=18600.00 --set period=2021-01 {AsOf} -o json");
            Assert.That((said.Exit, said.Json.At("ready"), said.Json.At("amount"), said.Json.At("period"), said.Json["problems"]!.AsArray().Count), Is.EqualTo((0, "true", "18600.00", "2021-01", 0)), said.ToString());
        }
    }

    [Test]
    public async Task A_row_that_is_still_wrong_says_what_is_wrong_with_it_now()
    {
        var (place, upload) = await Kept();
        using (place)
        {
            var said = await place.Run($"upload fix {upload} --row 3 --set amount=1.234,5678 {AsOf} -o json");
            Assert.That((said.Exit, said.Json.At("ready"), said.Json.At("amount"), said.Json.At("problems.0.code"), said.Json.At("problems.0.value")), Is.EqualTo((3, "false", "", "R07", "1.234,5678")), said.ToString());
        }
    }

    [Test]
    public async Task An_upload_whose_rows_were_put_right_is_sent_without_the_file()
    {
        var (place, upload) = await Kept();
        using (place)
        {
            File.Delete(place.PathOf("rows.csv"));
            await place.Ok($"upload fix {upload} --row 3 --set amount=18600.00 {AsOf}");
            await place.Ok($"upload fix {upload} --row 4 --set member_no=A003 {AsOf}");
            var sent = await place.Run($"upload send {upload} --expect-total 57323.45 {AsOf} -o json");
            Assert.That((sent.Exit, sent.Json.At("rows"), sent.Json.At("ready"), sent.Json.At("left_out"), sent.Json.At("sum_ready"), (await place.Export("receipts")).Sum("amount")), Is.EqualTo((0, "3", "3", "0", "57323.45", 57_323.45m)), sent.ToString());
        }
    }

    [Test]
    public async Task Sending_with_another_control_total_posts_nothing()
    {
        var (place, upload) = await Kept();
        using (place)
        {
            var sent = await place.Run($"upload send {upload} --only-ready --expect-total 38600.01 {AsOf} -o json");
            Assert.That((sent.Exit, sent.Problem.At("code"), (await place.Export("receipts")).Rows.Count), Is.EqualTo((7, "F10", 0)), sent.ToString());
        }
    }

    [Test]
    public async Task Sending_what_still_needs_fixes_ends_with_7()
    {
        var (place, upload) = await Kept();
        using (place)
        {
            var sent = await place.Run($"upload send {upload} {AsOf} -o json");
            Assert.That((sent.Exit, sent.Json.At("state"), sent.Json.At("errors"), (await place.Export("receipts")).Rows.Count), Is.EqualTo((7, "needs_fixes", "2", 0)), sent.ToString());
        }
    }

    [Test]
    public async Task Sending_a_file_that_was_committed_meanwhile_is_F08()
    {
        var (place, upload) = await Kept();
        using (place)
        {
            (await place.Run($"{Submit} --only-ready")).Exits(3);
            var sent = await place.Run($"upload send {upload} --only-ready {AsOf} -o json");
            Assert.That((sent.Exit, sent.Problem.At("code"), (await place.Export("receipts")).Sum("amount")), Is.EqualTo((7, "F08", 38_600m)), sent.ToString());
        }
    }

    [Test]
    public async Task A_row_that_a_person_leaves_out_is_counted_and_is_no_error()
    {
        var (place, upload) = await Kept();
        using (place)
        {
            await place.Ok($"upload fix {upload} --row 3 --set amount=18600.00 {AsOf}");
            var said = await place.Json($"upload leave-out {upload} --row 4 --reason stranger {AsOf}");
            var sent = await place.Run($"upload send {upload} {AsOf} -o json");
            Assert.That((said.At("amount"), sent.Exit, sent.Json.At("rows"), sent.Json.At("ready"), sent.Json.At("left_out"), sent.Json.At("errors"), sent.Json.At("problems_total")), Is.EqualTo(("123.45", 3, "3", "2", "1", "0", "0")), sent.ToString());
        }
    }

    [Test]
    public async Task Rows_left_out_of_a_committed_upload_wait_as_tasks_and_in_the_list()
    {
        var (place, upload) = await Committed();
        using (place)
        {
            var tasks = (await place.Json("upload tasks --agreement CR-2021-014")).AsArray();
            var list = await place.Json("upload list --agreement CR-2021-014");
            Assert.That(string.Join(", ", tasks.Select(task => $"{task.At("upload") == upload} {task.At("row")} {task.At("code")} {task.At("value")} {task.At("amount")}")), Is.EqualTo("True 3 R07 abc , True 4 R02 X900 123.45"));
            Assert.That((list.At("0.waiting_rows"), list.At("0.waiting_amount")), Is.EqualTo(("2", "123.45")));
        }
    }

    [Test]
    public async Task A_recheck_posts_the_rows_that_were_put_right()
    {
        var (place, upload) = await Committed();
        using (place)
        {
            await place.Ok($"upload fix {upload} --row 3 --set amount=18600.00 {AsOf}");
            var again = await place.Run($"upload recheck {upload} {AsOf} -o json");
            Assert.That((again.Exit, again.Json.At("ready"), again.Json.At("left_out"), again.Json.At("errors"), (await place.Export("receipts")).Sum("amount")), Is.EqualTo((3, "2", "1", "1", 57_200m)), again.ToString());
        }
    }

    [Test]
    public async Task A_row_left_out_for_good_is_no_task_and_its_case_is_closed()
    {
        var (place, upload) = await Committed();
        using (place)
        {
            await place.Ok($"upload leave-out {upload} --row 4 --reason stranger {AsOf}");
            var tasks = (await place.Json("upload tasks --agreement CR-2021-014")).AsArray();
            Assert.That((string.Join(' ', tasks.Select(task => task.At("row"))), string.Join(' ', (await place.Export("cases")).Of("reason", "state"))), Is.EqualTo(("3", "row_left_out resolved")));
        }
    }

    [Test]
    public async Task What_was_said_of_a_row_can_be_taken_back()
    {
        var (place, upload) = await Committed();
        using (place)
        {
            await place.Ok($"upload leave-out {upload} --row 4 --reason stranger {AsOf}");
            var said = await place.Run($"upload fix {upload} --row 4 --clear {AsOf} -o json");
            Assert.That((said.Exit, said.Json.At("problems.0.code"), string.Join(' ', (await place.Export("cases")).Of("reason", "state")), (await place.Json($"upload show {upload}")).At("fixes")), Is.EqualTo((3, "R02", "row_left_out resolved row_left_out open", "[]")), said.ToString());
        }
    }

    [Test]
    public async Task An_upload_shows_who_put_what_right()
    {
        var (place, upload) = await Kept();
        using (place)
        {
            await place.Run($"upload fix {upload} --row 3 --set amount=1 {AsOf}");
            await place.Ok($"upload fix {upload} --row 3 --set amount=18600.00 {AsOf}");
            var shown = await place.Json($"upload show {upload}");
            Assert.That((shown["fixes"]!.AsArray().Count, shown.At("fixes.0.row"), shown.At("fixes.0.field"), shown.At("fixes.0.value")), Is.EqualTo((1, "3", "amount", "18600.00")));
            Assert.That(shown.At("fixes.0.by"), Does.StartWith("os:"));
        }
    }

    [TestCase("upload fix {0} --row 2 --set amount=1", 6, "row_not_left_out", TestName = "{m}(posted already)")]
    [TestCase("upload leave-out {0} --row 2 --reason no", 6, "row_not_left_out", TestName = "{m}(posted already, left out)")]
    [TestCase("upload fix {0} --row 3 --set monto=1", 2, "field_unknown", TestName = "{m}(no such field)")]
    [TestCase("upload fix {0} --row 3 --set amount", 2, "set_malformed", TestName = "{m}(no value)")]
    [TestCase("upload fix {0} --row 3", 2, "set_or_clear", TestName = "{m}(nothing said)")]
    [TestCase("upload send {0}", 6, "upload_sent", TestName = "{m}(committed already)")]
    [TestCase("upload fix UPL-1 --row 3 --clear", 5, "upload_unknown", TestName = "{m}(no such upload)")]
    public async Task What_cannot_be_fixed_is_refused(string command, int exit, string code)
    {
        var (place, upload) = await Committed();
        using (place)
        {
            var said = await place.Run($"{string.Format(System.Globalization.CultureInfo.InvariantCulture, command, upload)} {AsOf} -o json");
            Assert.That((said.Exit, said.Problem.At("code")), Is.EqualTo((exit, code)), said.ToString());
        }
    }

    [Test]
    public async Task A_rehearsed_fix_leaves_nothing()
    {
        var (place, upload) = await Kept();
        using (place)
        {
            var before = StoredFacts.Dump(place.Database);
            var said = await place.Run($"upload fix {upload} --row 3 --set amount=18600.00 {AsOf} --dry-run -o json");
            Assert.That((said.Exit, said.Json.At("ready"), StoredFacts.Dump(place.Database) == before), Is.EqualTo((0, "true", true)), said.ToString());
        }
    }

    // The three rows as an upload that needs fixes.
    private static async Task<(Workplace Place, string Upload)> Kept()
    {
        var place = await Prepared.Harvest();
        place.Write("rows.csv", Receipts.Csv(Rows));
        return (place, (await place.Run($"{Submit} -o json")).Exits(7).Json.At("upload"));
    }

    // The three rows with the good one posted.
    private static async Task<(Workplace Place, string Upload)> Committed()
    {
        var place = await Prepared.Harvest();
        place.Write("rows.csv", Receipts.Csv(Rows));
        return (place, (await place.Run($"{Submit} --only-ready -o json")).Exits(3).Json.At("upload"));
    }
}
