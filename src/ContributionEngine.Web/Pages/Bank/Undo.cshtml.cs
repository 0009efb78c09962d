using ContributionEngine.Core;
using ContributionEngine.Engine;
using Microsoft.AspNetCore.Mvc;

namespace ContributionEngine.Web.Pages;

/// <summary>
/// Takes back one match or all of a run. What it comes to is shown first, by doing it and rolling it back. What is settled is not undone but
/// corrected: opposite entries are booked, and the page says so.
/// </summary>
[Allows(Access.Officers)]
public sealed class BankUndoModel : Screen
{
    private const string NotSaidYet = "-";

    /// <summary>Of a match (MAT-...) or a run (MRN-...).</summary>
    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>What it would come to; null when nothing stands of it.</summary>
    public Rehearsed<UndoneMatches>? Effect { get; private set; }

    public bool IsRun => Number.StartsWith("MRN-", StringComparison.OrdinalIgnoreCase);

    public bool IsSettled => Effect?.Result.Settled.Count > 0;

    /// <summary>Which of the words of the page: undo, undo_run or correct.</summary>
    public string Way => IsSettled ? "correct" : IsRun ? "undo_run" : "undo";

    public async Task<IActionResult> OnGet()
    {
        var refusal = await Rehearse();
        return refusal is null ? Page() : refusal.Kind == RefusalKind.NotFound ? Gone(refusal) : Refuse(refusal);
    }

    public async Task<IActionResult> OnPost()
    {
        if (Reasons.Missing(Reason) is { } missing)
        {
            await Rehearse();
            return Refuse(missing);
        }

        return (await new UndoMatch(Database).Run(Actor, new UndoRequest(Number, Reason!, null), Stop)).Ok(out var undone, out var refusal)
            ? RedirectToPage("/Bank/Index", new { entry = undone.Entries is [var only] ? only : null, undone = undone.Number })
            : Refuse(refusal);
    }

    private async Task<Refusal?> Rehearse()
    {
        if (!(await Rehearsal.Of(Database, Actor, () => new UndoMatch(Database).Run(Actor, new UndoRequest(Number, NotSaidYet, null), Stop), Stop)).Ok(out var effect, out var refusal)) return refusal;
        Effect = effect;
        return null;
    }
}
