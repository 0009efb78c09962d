using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Where a treasurer begins: what is to do under each agreement, and the sheets that came last.</summary>
[Allows(Access.Users)]
public sealed class HomeModel : Screen
{
    public IReadOnlyList<HomeAgreement> Agreements { get; private set; } = [];

    public IReadOnlyList<UploadEntry> Recent { get; private set; } = [];

    public async Task<IActionResult> OnGet()
    {
        var home = new TreasurerHome(Database);
        if (!(await home.Of(Actor, Stop)).Ok(out var agreements, out var refusal)) return Gone(refusal);
        (Agreements, Recent) = (agreements, await home.Recent(Actor, Stop));
        return Page();
    }
}
