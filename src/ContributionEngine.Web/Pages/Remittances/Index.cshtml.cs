using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>Remittances, newest first. A treasurer sees those of her own organisation.</summary>
[Allows(Access.Users)]
public sealed class RemittancesModel : Screen
{
    public static readonly string[] States = ["sealed", "submitting", "unknown", "delivered", "refused", "acknowledged", "rejected", "paid", "returned", "settled", "cancelled"];

    public static readonly string[] Kinds = ["regular", "supplementary", "revised"];

    [BindProperty(SupportsGet = true)]
    public string? Agreement { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public Page<ListedRemittance> Remittances { get; private set; } = null!;

    public async Task<IActionResult> OnGet()
    {
        var where = new RemittancesWhere { Agreement = Given(Agreement), State = Given(State), Kind = Given(Kind) };
        if ((await Listed(After, (lists, slice) => lists.Remittances(where, slice))).Ok(out var remittances, out var refusal))
        {
            Remittances = remittances;
            return Page();
        }

        Remittances = new Page<ListedRemittance>([], null);
        return Refuse(refusal with { Field = "agreement" });
    }
}
