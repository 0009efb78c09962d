using System.Text;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>One report with its drawing and its table, and the same rows as a file.</summary>
[Allows(Access.Users)]
public sealed class ReportModel : ReportScreen
{
    internal ShownReport? Shown { get; private set; }

    public async Task<IActionResult> OnGet(string name)
    {
        if (!Reports.Names.Contains(name)) return NotFound();
        HasTarget = name == Reports.CollectionRate;
        await Choose();
        if (!(await Reports.Run(Database, Actor, (name, Question), Stop)).Ok(out var report, out var refusal)) return Refuse(OfField(refusal));
        Shown = Show(name, report, isAlone: true);
        return Page();
    }

    public async Task<IActionResult> OnGetCsv(string name) =>
        (await Reports.Run(Database, Actor, (name, Question), Stop)).Ok(out var report, out var refusal)
            ? File(Encoding.UTF8.GetBytes(ReportCsv.Of(report.Table)), "text/csv; charset=utf-8", $"{name}.csv")
            : Gone(refusal);
}
