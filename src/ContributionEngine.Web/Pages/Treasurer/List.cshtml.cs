using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>The members' list with what each is expected to pay, to change only what differs.</summary>
[Allows(Access.Treasurers)]
[RequestFormLimits(ValueCountLimit = (2 * PreparedList.RowsMax) + 20)]
public sealed class ListModel : Screen
{
    /// <summary>A list is short: so long its treasurer waits for what is found, and is not shown how far the check has come.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Looks = TimeSpan.FromMilliseconds(100);

    public PreparedMembers List { get; private set; } = null!;

    [BindProperty(SupportsGet = true)]
    public string? Agreement { get; set; }

    [BindProperty]
    public List<string?> Amount { get; set; } = [];

    [BindProperty]
    public List<string?> Member { get; set; } = [];

    [BindProperty]
    public string? Day { get; set; }

    public async Task<IActionResult> OnGet()
    {
        if (!(await new PreparedList(Database).Of(Actor, Agreement ?? "", Stop)).Ok(out var list, out var refusal)) return Gone(refusal);
        (List, Amount, Day) = (list, [.. list.Rows.Select(row => row.Suggested is { } amount ? T.Amount(amount) : "")], $"{list.Today:yyyy-MM-dd}");
        return Page();
    }

    public async Task<IActionResult> OnPost()
    {
        var (member, amount, day) = (Member, Amount, Day);
        if (await OnGet() is StatusCodeResult gone) return gone;
        var typed = member.Zip(amount).ToDictionary(pair => pair.First ?? "", pair => pair.Second ?? "");
        (Amount, Day) = ([.. List.Rows.Select(row => typed.GetValueOrDefault(row.MemberNo, ""))], day);
        var rows = List.Rows.Zip(Amount).Where(pair => !string.IsNullOrWhiteSpace(pair.Second)).Select(pair => new FilledRow(pair.First.MemberNo, pair.First.FullName, pair.Second!)).ToList();
        if (rows.Count == 0) return Refuse(Refusal.Input("list_empty", "Write at least one amount.") with { Field = "amount-0" });
        await using var file = new MemoryStream(PreparedList.File(rows, day ?? ""));
        await using var spool = await FileSpool.Copy(file, SheetLimits.BytesMax, Stop);
        var request = new UploadRequest { Agreement = List.Agreement, FileName = $"{T["list.file"]} {day}.csv", Content = spool };
        var received = await new ReceiveUpload(Database).Run(Actor, request, Stop);
        return received.Ok(out var number, out var refusal) ? LocalRedirect(await Next(number))
            : refusal is { Code: "upload_waiting", Value: { } waiting } ? LocalRedirect($"/uploads/{waiting}?same=true")
            : Refuse(refusal);
    }

    // Where there is nothing to put right and nothing to look at, she goes on to send.
    private async Task<string> Next(string number)
    {
        for (var began = Database.Clock.GetTimestamp(); Database.Clock.GetElapsedTime(began) < Patience; await Task.Delay(Looks, Stop))
        {
            if (!(await new ShowUpload(Database).Run(Actor, new UploadView(number), Stop)).Ok(out var sheet, out _) || !sheet.Progress.IsOver) continue;
            if (sheet is { Progress.State: "ready", Refusal: null, Report.Warnings: 0 }) return $"/uploads/{number}/send";
            break;
        }

        return $"/uploads/{number}";
    }
}
