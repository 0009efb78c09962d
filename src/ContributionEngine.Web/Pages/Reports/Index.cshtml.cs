using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Every report at a glance: of one agreement, or of all that the reader may see.</summary>
[Allows(Access.Users)]
public sealed class ReportsModel : ReportScreen
{
    internal IReadOnlyList<ShownReport> Shown { get; private set; } = [];

    public async Task<IActionResult> OnGet()
    {
        await Choose();
        var shown = new List<ShownReport>();
        foreach (var name in Reports.Names)
        {
            if (!(await Reports.Run(Database, Actor, (name, Question), Stop)).Ok(out var report, out var refusal)) return Refuse(OfField(refusal));
            shown.Add(Show(name, report, isAlone: false));
        }

        Shown = shown;
        return Page();
    }
}
