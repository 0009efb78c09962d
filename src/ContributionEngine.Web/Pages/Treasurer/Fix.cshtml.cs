using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Rows with one problem, one card each, put right without the file.</summary>
[Allows(Access.Treasurers)]
public sealed class FixModel : Screen
{
    /// <summary>Fields of a card, by our names.</summary>
    private const string Cell = "cell.";

    public KnownUpload Sheet { get; private set; } = null!;

    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true)]
    public long After { get; set; }

    /// <summary>A row that was saved and is not right yet.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Still { get; set; }

    public async Task<IActionResult> OnGet() => await Show() ?? Page();

    /// <summary>Takes what was typed on a card; an empty choice of a member is none.</summary>
    public async Task<IActionResult> OnPostSave([FromForm] long row)
    {
        var typed = Request.Form.Where(pair => pair.Key.StartsWith(Cell, StringComparison.Ordinal)).Select(pair => KeyValuePair.Create(pair.Key[Cell.Length..], pair.Value.LastOrDefault(value => !string.IsNullOrWhiteSpace(value)) ?? "")).ToList();
        return await Done(row, (await new FixRow(Database).Fix(Actor, new FixRequest(Number, row, typed, null), Stop)).Ok(out var read, out var refusal) ? read.IsReady : refusal);
    }

    public async Task<IActionResult> OnPostLeaveOut([FromForm] long row) =>
        await Done(row, (await new FixRow(Database).LeaveOut(Actor, new LeaveOutRequest(Number, row, T["fix.left_out_reason"], null), Stop)).Ok(out _, out var refusal) ? true : refusal);

    /// <summary>The fields that a card asks for: those at fault, each once.</summary>
    public static IEnumerable<FoundProblem> Asked(ProblemRow row) => row.Problems.DistinctBy(problem => problem.Field);

    private async Task<IActionResult> Done(long row, Outcome<bool> isRight)
    {
        if (!isRight.Ok(out var right, out var refusal)) return await Show() ?? Refuse(refusal);
        if (await Show() is { } gone) return gone;
        if (Sheet.Rows.Count > 0) return LocalRedirect($"/uploads/{Number}/fix?code={Uri.EscapeDataString(Code ?? "")}&after={After}{(right ? "" : $"&still={row}")}");
        if (Sheet.CommittedAt is null) await new ReviseUpload(Database).Run(Actor, Number, new Revision(), Stop);
        return LocalRedirect($"/uploads/{Number}");
    }

    private async Task<IActionResult?> Show()
    {
        var view = new UploadView(Number, string.IsNullOrEmpty(Code) ? null : Code, string.IsNullOrEmpty(Code) ? "error" : null, After);
        if (!(await new ShowUpload(Database).Run(Actor, view, Stop)).Ok(out var sheet, out var refusal)) return Gone(refusal);
        Sheet = sheet;
        return null;
    }
}
