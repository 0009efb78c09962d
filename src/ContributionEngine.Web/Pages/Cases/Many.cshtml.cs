using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>One decision about the chosen cases: their count and sum first, then the decision.</summary>
[Allows(Access.Officers)]
public sealed class CasesManyModel : Screen
{
    private const string Assign = "assign";

    [BindProperty(SupportsGet = true, Name = "case")]
    public List<string> Numbers { get; set; } = [];

    /// <summary>assign or resolve.</summary>
    [BindProperty(SupportsGet = true)]
    public string Ask { get; set; } = "resolve";

    /// <summary>Name of the user who gets them; without one the acting user does.</summary>
    [BindProperty]
    public string? To { get; set; }

    [BindProperty(Name = "do")]
    public string? Action { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public IReadOnlyList<KnownCase> Cases { get; private set; } = [];

    public bool IsAssigning => Ask == Assign;

    public IReadOnlyList<string> Actions => DecideCases.Actions(Cases);

    public IEnumerable<Money> Sums => Cases.Where(one => one.Amount is not null).GroupBy(one => one.Amount!.Value.Currency).Select(of => of.Select(one => one.Amount!.Value).Aggregate((sum, next) => sum + next));

    private DecideCases Decide => new(Database, SecondPerson);

    public async Task<IActionResult> OnGet() => await Look() is { } refusal ? Refuse(refusal) : Page();

    public async Task<IActionResult> OnPost()
    {
        if (await Look() is { } gone) return Refuse(gone);
        if (!IsAssigning && Missing() is { } missing) return Refuse(missing);
        var asked = IsAssigning ? await Decide.Assign(Actor, (Numbers, string.IsNullOrWhiteSpace(To) ? null : To.Trim()), Stop) : await Decide.Resolve(Actor, (Numbers, Action!, Reason!), Stop);
        return asked.Ok(out var decided, out var refusal) ? RedirectToPage("/Cases/Index", new { done = decided.Done, notDone = decided.Refused.Count }) : Refuse(IsAssigning ? refusal with { Field = "to" } : refusal);
    }

    private Refusal? Missing() => string.IsNullOrEmpty(Action) ? Refusal.Input("action_missing", "Choose what is to be done.") with { Field = "do" } : Reasons.Missing(Reason);

    private async Task<Refusal?> Look()
    {
        if (!(await Decide.Show(Actor, Numbers, Stop)).Ok(out var cases, out var refusal)) return refusal;
        Cases = cases;
        return null;
    }
}
