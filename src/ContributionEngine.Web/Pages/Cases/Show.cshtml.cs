using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>One case: what happened, why it matters, what may be done, and what has been done.</summary>
[Allows(Access.Fund)]
public sealed class CaseModel : Screen
{
    /// <summary>Reason of a case whose subject is a receipt as the treasurer numbered it.</summary>
    private const string ReversalReported = "reversal_reported";

    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    /// <summary>The action that was carried out just now, or <c>asked</c>: a second person decides.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Done { get; set; }

    public KnownCase Case { get; private set; } = null!;

    public IReadOnlyList<ListedEvent> History { get; private set; } = [];

    public bool MayAct => May(Access.Officers);

    /// <summary>Where what the case is about can be looked at.</summary>
    public string? Place => Case is { Reason: ReversalReported, Agreement: { } agreement } ? $"/receipts?agreement={Uri.EscapeDataString(agreement)}&receipt_no={Uri.EscapeDataString(Case.Subject)}"
        : Case.Subject.Split(' ').Select(Of).FirstOrDefault(place => place is not null);

    public async Task<IActionResult> OnGet()
    {
        if (!(await new CaseDesk(Database).Show(Actor, Number, null, Stop)).Ok(out var found, out var refusal)) return Gone(refusal);
        Case = found;
        if (!(await Database.Read(Actor, work => work.Lists.AuditEvents(new EventsWhere { Subject = found.Case }, new Slice(Slice.LimitMax)), Stop)).Ok(out var events, out refusal)) return Gone(refusal);
        History = events.Rows;
        return Page();
    }

    private static string? Of(string named) => named switch
    {
        ['U', 'P', 'L', '-', ..] => $"/uploads/{named}",
        ['R', 'C', 'P', '-', ..] => $"/receipts/{named}",
        ['R', 'E', 'M', '-', ..] => $"/remittances/{named}",
        ['B', 'N', 'K', '-', ..] => $"/bank?entry={named}",
        _ => null,
    };
}
