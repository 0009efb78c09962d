using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Every scheme pack in every version, and a way to add one.</summary>
[Allows(Access.Fund, Access.Officers)]
public sealed class PacksModel : Screen
{
    public IReadOnlyList<(KnownPack Known, Pack Pack)> Packs { get; private set; } = [];

    /// <summary>What was added just now, and which agreements it rates anew.</summary>
    public AddedPack? Added { get; private set; }

    public async Task<IActionResult> OnGet()
    {
        Packs = await Database.Read(Actor, async work =>
        {
            var packs = new List<(KnownPack, Pack)>();
            foreach (var known in await SchemePacks.Known(work, null)) packs.Add((known, (await SchemePacks.Load(work, known)).Value));
            return packs;
        }, Stop);
        return Page();
    }

    public async Task<IActionResult> OnPost(IFormFile? file)
    {
        Refusal? refused = null;
        if ((await Text(file)).Ok(out var json, out var refusal) && (await new AddPack(Database).Run(Actor, Encoding.UTF8.GetBytes(json), Stop)).Ok(out var added, out refusal)) Added = added;
        else refused = refusal;
        await OnGet();
        return refused is null ? Page() : Refuse(refused with { Field = "file" });
    }
}
