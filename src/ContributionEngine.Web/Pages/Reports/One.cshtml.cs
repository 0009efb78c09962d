using System.Globalization;
using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>One report with its drawing and its table, and the same rows as a file.</summary>
[Allows(Access.Users)]
public sealed class ReportModel : ReportScreen
{
    internal ShownReport? Shown { get; private set; }

    /// <param name="after">So many rows are on the pages before.</param>
    public async Task<IActionResult> OnGet(string name, string? after)
    {
        if (!Reports.Names.Contains(name)) return NotFound();
        HasTarget = name == Reports.CollectionRate;
        await Choose();
        if (!int.TryParse(after ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var before)) return Refuse(Refusal.Usage("cursor_malformed", $"«{after}» is no place in a list."));
        if (!(await Reports.Run(Database, Actor, (name, Question), Stop)).Ok(out var report, out var refusal)) return Refuse(OfField(refusal));
        Shown = Show(name, report, isAlone: true) with { Before = before };
        return Page();
    }

    public async Task<IActionResult> OnGetCsv(string name) =>
        (await Reports.Run(Database, Actor, (name, Question), Stop)).Ok(out var report, out var refusal)
            ? File(Encoding.UTF8.GetBytes(ReportCsv.Of(report.Table)), "text/csv; charset=utf-8", $"{name}.csv")
            : Gone(refusal);
}
