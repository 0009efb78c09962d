using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>A scheme pack: every figure and rule with its source and mark, to hold against the law.</summary>
[Allows(Access.Users)]
public sealed class PackModel : Screen
{
    public KnownPack Known { get; private set; } = null!;

    public Pack Pack { get; private set; } = null!;

    public IEnumerable<PackBlock> Blocks => PackFigures.Of(Pack).Where(block => block.Rows.Count > 0);

    public async Task<IActionResult> OnGet(string id, string? version)
    {
        var found = await Database.Read<Outcome<(KnownPack, Pack)>>(Actor, async work =>
        {
            if (!(await SchemePacks.Find(work, id, Given(version))).Ok(out var known, out var refusal)) return refusal;
            return (await SchemePacks.Load(work, known)).Ok(out var pack, out refusal) ? (known, pack) : refusal;
        }, Stop);
        if (!found.Ok(out var one, out var gone)) return Gone(gone);
        (Known, Pack) = one;
        return Page();
    }
}
