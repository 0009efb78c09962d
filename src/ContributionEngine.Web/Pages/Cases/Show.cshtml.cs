using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>One case: what happened, why it matters, what may be done, and what has been done.</summary>
[Allows(Access.Fund)]
public sealed class CaseModel : Screen
{
    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    /// <summary>The action that was carried out just now, or <c>asked</c>: a second person decides.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Done { get; set; }

    public KnownCase Case { get; private set; } = null!;

    public IReadOnlyList<ListedEvent> History { get; private set; } = [];

    public bool MayAct => May(Access.Officers);

    /// <summary>Where what the case is about can be looked at.</summary>
    public string? Place => Case.Subject.Split(' ')[0] switch
    {
        ['U', 'P', 'L', '-', ..] and var upload => $"/uploads/{upload}",
        ['R', 'E', 'M', '-', ..] and var remittance => $"/remittances/{remittance}",
        ['B', 'N', 'K', '-', ..] and var entry => $"/bank?entry={entry}",
        _ => null,
    };

    public async Task<IActionResult> OnGet()
    {
        if (!(await new CaseDesk(Database).Show(Actor, Number, null, Stop)).Ok(out var found, out var refusal)) return Gone(refusal);
        Case = found;
        if (!(await Database.Read(Actor, work => work.Lists.AuditEvents(new EventsWhere { Subject = found.Case }, new Slice(Slice.LimitMax)), Stop)).Ok(out var events, out refusal)) return Gone(refusal);
        History = events.Rows;
        return Page();
    }
}
