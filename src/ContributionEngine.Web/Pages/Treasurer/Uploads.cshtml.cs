using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Every sheet that has come, the newest first.</summary>
[Allows(Access.Users)]
public sealed class UploadsModel : Screen
{
    private const int PerPage = 50;

    public IReadOnlyList<UploadEntry> Entries { get; private set; } = [];

    [BindProperty(SupportsGet = true)]
    public string? Agreement { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public string? Next { get; private set; }

    public bool MayUpload => May(Access.Treasurers);

    public async Task OnGet()
    {
        var found = await new TreasurerHome(Database).History(Actor, (Agreement, After, PerPage + 1), Stop);
        (Entries, Next) = ([.. found.Take(PerPage)], found.Count > PerPage ? found[PerPage - 1].Number : null);
    }
}
