using System.Data.Common;

namespace ContributionEngine.Storage.Tests;

// Single rows of uploads: what people say of them, and what is left of those that were not posted.
public abstract partial class StorageSuite
{
    [Test]
    public async Task The_last_word_on_a_field_counts_and_none_takes_it_back()
    {
        await using var store = await Open();
        var (_, upload) = await Committed(store);
        foreach (var (field, value) in new (string, string?)[] { ("amount", "1"), ("member_no", "A1"), ("amount", "2"), ("member_no", null), ("period", "") })
        {
            await store.Write(work => work.RowFixes.Add(upload, 7, [KeyValuePair.Create(field, value)]));
        }

        Assert.That((await store.Read(work => work.RowFixes.Of(upload))).Select(fix => (fix.RowNo, fix.Field, fix.Value, fix.FixedBy)), Is.EqualTo(new[] { (7L, "amount", "2", "os:operator"), (7L, "period", "", "os:operator") }));
    }

    [Test]
    public async Task What_was_said_of_a_row_is_a_fact()
    {
        await using var store = await Open();
        var (_, upload) = await Committed(store);
        await store.Write(work => work.RowFixes.Add(upload, 7, [KeyValuePair.Create("amount", (string?)"1")]));
        foreach (var statement in new[] { "update row_fix set value = '2'", "delete from row_fix" }) Assert.That(() => Do(store, statement), Throws.InstanceOf<DbException>().With.Message.Contains("is a fact"), statement);
    }

    [Test]
    public async Task Left_out_rows_wait_until_they_are_settled_and_their_problems_with_them()
    {
        await using var store = await Open();
        var (agreement, upload) = await Committed(store);
        var before = await Waiting(store, agreement, upload);
        await store.Write(async work =>
        {
            await work.LeftOut.Settle(upload, [2], "left_out");
            await work.LeftOut.Settle(upload, [3], "corrected", by: 42);
        });
        var settled = await Waiting(store, agreement, upload);
        await store.Write(async work => await work.LeftOut.Reopen(42));
        Assert.That((before, settled, await Waiting(store, agreement, upload)), Is.EqualTo((
            "open 2 3 4, tasks 2 3, list 2 rows 1.50, errors 2 warnings 1, problems 2 3 4",
            "open 4, tasks , list , errors 0 warnings 1, problems 4",
            "open 3 4, tasks 3, list 1 rows 0.00, errors 1 warnings 1, problems 3 4")));
    }

    [Test]
    public async Task A_correction_looks_only_at_open_rows_with_errors()
    {
        await using var store = await Open();
        var (agreement, upload) = await Committed(store);
        await store.Write(work => work.LeftOut.Forget(upload, [2]));
        Assert.That((await store.Read(work => work.LeftOut.OpenUnder(agreement))).Select(row => (row.UploadId, row.RowNo, row.Amount)), Is.EqualTo(new[] { (upload, 3L, (long?)null) }));
    }

    [Test]
    public async Task It_is_known_whether_there_ever_was_a_case_about_something()
    {
        await using var store = await Open();
        var (agreement, _) = await Committed(store);
        await store.Write(async work =>
        {
            await work.Cases.Open(agreement, new DateOnly(2021, 2, 1), [new NewCase("reversal_reported", "QK1", 100, $"")]);
            await work.Cases.Close(agreement, "reversal_reported", ["QK1"], new CaseEnd("dismissed", $"dismissed"));
        });
        Assert.That(await store.Read(work => work.Cases.EverAbout(agreement, "reversal_reported", ["QK1", "QK2"])), Is.EqualTo(new[] { "QK1" }));
    }

    // A committed upload whose row 2 has an error and 1.50, row 3 an error and no amount that can be read, and row 4 only a warning.
    private static Task<(long Agreement, long Upload)> Committed(EmptyStore store) => store.Write(async work =>
    {
        var (agreement, _) = await Enrolled(work);
        var upload = work.NextId();
        await work.Uploads.Add(new NewUpload(upload, $"{Draft}-{upload}", agreement, "a.csv", "00", 1, new DateOnly(2021, 1, 31), "{}"));
        await work.Uploads.Conclude(upload, "committed", "{}", work.Now);
        LeftOutRow[] rows = [Row(2, "R02", "error", 150), Row(3, "R07", "error", null), Row(4, "R06", "warning", 100)];
        await work.LeftOut.Add(upload, rows);
        await work.Uploads.AddProblems(upload, rows.Select(row => new StoredProblem { RowNo = row.RowNo, Code = row.Code, Severity = row.Severity, Field = row.Field, Detail = row.Detail }));
        return (agreement, upload);
    });

    private static LeftOutRow Row(long row, string code, string severity, long? amount) => new() { RowNo = row, Code = code, Severity = severity, Field = "amount", Detail = "no", Amount = amount };

    private static Task<string> Waiting(EmptyStore store, long agreement, long upload) => store.Read(async work =>
    {
        var counts = await work.Uploads.ProblemRows(upload);
        var list = (await work.UploadTasks.Of(agreement)).Select(row => $"{row.Waiting} rows {row.Amount / 100}.{row.Amount % 100:D2}");
        return $"open {string.Join(' ', await work.LeftOut.Open(upload))}, tasks {string.Join(' ', (await work.UploadTasks.List(agreement)).Select(row => row.RowNo))}, list {string.Concat(list)}, "
            + $"errors {counts.Errors} warnings {counts.Warnings}, problems {string.Join(' ', (await work.Uploads.Problems(upload)).Select(row => row.RowNo))}";
    });
}
