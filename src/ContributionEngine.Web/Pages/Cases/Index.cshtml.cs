using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>What waits for a person: filtered, counted by age, and decided one by one or many at once.</summary>
[Allows(Access.Fund)]
public sealed class CasesModel : Screen
{
    public const string Mine = "mine";
    public const string Nobody = "nobody";

    [BindProperty(SupportsGet = true)]
    public string? Reason { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Agreement { get; set; }

    /// <summary>open (whatever is not closed), assigned, resolved, written_off or all.</summary>
    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    /// <summary>mine, nobody, or the name of a user.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Owner { get; set; }

    /// <summary>Opened more than so many days ago.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Older { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>How many were decided at once just now, and how many not.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Done { get; set; }

    [BindProperty(SupportsGet = true)]
    public int NotDone { get; set; }

    public Page<ListedCase> Cases { get; private set; } = null!;

    public IReadOnlyList<CaseSum> Sums { get; private set; } = [];

    public DateOnly Today => DateOnly.FromDateTime(Database.Clock.GetUtcNow().UtcDateTime);

    public bool MayAct => May(Access.Officers);

    public static Money In(string currency, long minor) => new(minor, Currency.Of(currency).Value);

    public async Task<IActionResult> OnGet()
    {
        var where = new CasesWhere
        {
            Reason = Given(Reason), Agreement = Given(Agreement), State = Given(State), Owner = Given(Owner) switch { Mine => Actor.Name, Nobody => "", var name => name },
            OpenedBy = Older is { } days ? Today.AddDays(-days - 1) : null,
        };
        Sums = await Database.Read(Actor, work => work.CaseSums.Of(Today, null), Stop);
        if ((await Listed(After, (lists, slice) => lists.Cases(where, slice))).Ok(out var cases, out var refusal))
        {
            Cases = cases;
            return Page();
        }

        Cases = new Page<ListedCase>([], null);
        return Refuse(refusal with { Field = "agreement" });
    }
}
