using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;

namespace ContributionEngine.Host;

/// <summary><c>upload fix | leave-out | send | tasks</c>: single rows put right without the file, and what still waits.</summary>
internal static class UploadRowCommands
{
    private const int StillFaulty = 3;

    private static readonly Option<long> Row = new("--row") { Description = "Row of the file, its first line being 1", Required = true };

    public static Command Fix()
    {
        var set = new Option<string[]>("--set") { Description = "field=value, as a cell of the file would say it; may stand several times" };
        var clear = Make.Flag("--clear", "Take back what was said of the row: it reads as the file has it");
        return new Command("fix", "Put a row right without sending the file again") { UploadCommands.Id, Row, set, clear }.Writes(Access.Treasurers, async (run, stop) =>
        {
            var cells = (run.Line.GetValue(set) ?? []).Select(word => word.Split('=', 2)).ToList();
            if (cells.Find(cell => cell.Length < 2) is { } bare) return Refusal.Usage("set_malformed", $"--set «{bare[0]}» has no value.") with { Help = "Write --set field=value; an empty value empties the cell." };
            if (cells.Count > 0 == run.Line.GetValue(clear)) return Refusal.Usage("set_or_clear", "Nothing is said of the row, or two things at once.") with { Help = "Write either --set field=value or --clear." };
            var request = new FixRequest(run.Line.GetRequiredValue(UploadCommands.Id), run.Line.GetValue(Row), [.. cells.Select(cell => KeyValuePair.Create(cell[0].Trim(), cell[1]))], run.AsOf);
            if (!(await new FixRow(run.Session.Database).Fix(run.Session.Actor, request, stop)).Ok(out var row, out var refusal)) return refusal;
            return new Reply(Reads(row), row.IsReady ? 0 : StillFaulty);
        });
    }

    public static Command LeaveOut()
    {
        var reason = Make.Needed("--reason", "Why");
        return new Command("leave-out", "Leave a row out for good; nobody is asked about it any more") { UploadCommands.Id, Row, reason }.Writes(Access.Treasurers, async (run, stop) =>
        {
            var request = new LeaveOutRequest(run.Line.GetRequiredValue(UploadCommands.Id), run.Line.GetValue(Row), run.Line.GetRequiredValue(reason), run.AsOf);
            if (!(await new FixRow(run.Session.Database).LeaveOut(run.Session.Actor, request, stop)).Ok(out var row, out var refusal)) return refusal;
            return new Reply(new { row.Upload, row = row.Row.Row, left_out = true, request.Reason, row.Amount, row.State });
        });
    }

    public static Command Send()
    {
        var onlyReady = Make.Flag("--only-ready", "Post the ready rows and leave the others out");
        var expectTotal = Make.Maybe("--expect-total", "Control total; another sum of the ready rows is refused");
        var reason = Make.Maybe("--reason", "Why, where it corrects a sheet that was sent");
        return new Command("send", "Check an upload that needs fixes again, as its rows were put right, and post it") { UploadCommands.Id, onlyReady, expectTotal, reason }.Writes(Access.Treasurers, async (run, stop) =>
        {
            await run.Session.Drain(stop);
            if (run.Line.GetValue(reason) is { } why) return await UploadCorrectCommand.Finish(run, (run.Line.GetRequiredValue(UploadCommands.Id), why), stop);
            var request = new SendRequest(run.Line.GetRequiredValue(UploadCommands.Id), run.Line.GetValue(onlyReady), run.Line.GetValue(expectTotal), run.AsOf);
            return (await new SendUpload(run.Session.Database).Run(run.Session.Actor, request, stop)).Ok(out var report, out var refusal) ? await UploadCommands.Ended(run, report, stop) : refusal;
        });
    }

    public static Command Tasks()
    {
        var agreement = Make.Needed("--agreement", "Number of the agreement");
        return new Command("tasks", "Left-out rows that still wait, over all uploads of an agreement") { agreement }.Reads(async (run, stop) =>
            await run.Session.Database.Read<Outcome<Reply>>(run.Session.Actor, async work =>
            {
                if (!(await work.Agreements.Find(run.Line.GetRequiredValue(agreement))).Ok(out var found, out var refusal)) return refusal;
                var now = run.Session.Database.Clock.GetUtcNow();
                return new Reply((await work.UploadTasks.List(found.Id)).Select(row => Task(row, found.Currency, now)).ToList());
            }, stop));
    }

    /// <summary>An upload in the list, with what still waits of it.</summary>
    internal static object Listed(StoredUpload upload, WaitingRows? waiting, (Currency Currency, DateTimeOffset Now) seen) => Beside(upload, new
    {
        waiting_rows = waiting?.Waiting ?? 0,
        waiting_amount = new Money(waiting?.Amount ?? 0, seen.Currency),
        waiting_days = waiting is null ? (int?)null : (seen.Now - (upload.CommittedAt ?? upload.SubmittedAt)).Days,
    });

    /// <summary>One upload, with what people have put right in it.</summary>
    internal static object Shown(StoredUpload upload, IReadOnlyList<StoredFix> fixes) =>
        Beside(upload, new { fixes = fixes.Select(fix => new { row = fix.RowNo, fix.Field, fix.Value, by = fix.FixedBy, at = fix.FixedAt }) });

    private static JsonObject Beside(StoredUpload upload, object further)
    {
        var all = JsonSerializer.SerializeToNode(UploadCommands.Listed(upload), Printer.Json)!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(further, Printer.Json)!.AsObject()) all[name] = value?.DeepClone();
        return all;
    }

    private static object Task(WaitingRow row, Currency currency, DateTimeOffset now) => new
    {
        row.Upload, row = row.RowNo, row.Code, row.Field, row.Value, amount = row.Amount is { } amount ? new Money(amount, currency) : (Money?)null, days = (now - row.LeftOutAt).Days, row.Detail,
        what_to_do = row.Code == "ready" ? $"upload recheck {row.Upload}" : $"upload fix {row.Upload} --row {row.RowNo} --set {row.Field}=VALUE, or upload leave-out {row.Upload} --row {row.RowNo} --reason T",
    };

    // A field that cannot be read is empty here; its problem says what the cell holds.
    private static object Reads(FixedRow row) => new
    {
        row.Upload, row = row.Row.Row, ready = row.IsReady, row.State, row.Row.MemberNo, row.Row.NationalId, row.Row.MemberName, row.Amount,
        received_on = row.Row.IsFaulty("received_on") ? (DateOnly?)null : row.Row.ReceivedOn,
        row.Row.ReceiptNo, period = row.Row.Period?.ToString(), row.Row.Component, row.Row.Method, row.Row.Reference, row.Row.EventKind, row.Problems,
    };
}
