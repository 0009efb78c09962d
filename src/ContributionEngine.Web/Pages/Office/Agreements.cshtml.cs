using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Every agreement that the user may see, and a way to take in another.</summary>
[Allows(Access.Users, Access.Officers)]
public sealed class AgreementsModel : Screen
{
    public static readonly string[] States = ["active", "notice", "ended", "closed"];

    [BindProperty(SupportsGet = true)]
    public string? Organisation { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    public Page<ListedAgreement>? Found { get; private set; }

    public bool MayChange => May(Access.Officers);

    public async Task<IActionResult> OnGet(string? after)
    {
        var where = new AgreementsWhere { Organisation = Given(Organisation), State = Given(State) };
        if (!(await Listed(after, (lists, slice) => lists.Agreements(where, slice))).Ok(out var found, out var refusal)) return Refuse(refusal);
        Found = found;
        return Page();
    }

    public async Task<IActionResult> OnPost(IFormFile? file)
    {
        if (!(await Text(file)).Ok(out var json, out var refusal)) return await Again(refusal);
        return (await new ShowAgreement(Database).Import(Actor, json, Stop)).Ok(out var taken, out refusal) ? RedirectToPage("/Office/Agreement", new { number = taken.Agreement.Number, taken = true }) : await Again(refusal);
    }

    private async Task<IActionResult> Again(Refusal refusal)
    {
        await OnGet(null);
        // Each fault says itself where in the file it is; all of them lead to the file.
        return Refuse(refusal with { Field = "file", Errors = [.. refusal.Errors.Select(error => error with { Field = "file" })] });
    }
}
