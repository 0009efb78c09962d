using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Finds a receipt by its own id, which always works, or by the number on the paper where that names one alone.</summary>
internal static class FindReceipt
{
    /// <summary>Refusals: <c>receipt_unknown</c>, <c>receipt_ambiguous</c>, <c>agreement_needed</c>.</summary>
    public static async Task<Outcome<StoredReceipt>> Named(Work work, string name, string? agreement)
    {
        if (Numbers.Id("RCP", name) is { } id) return await work.Reversals.Find(id) is { } one ? one : Unknown(name);
        if (agreement is null) return Refusal.Usage("agreement_needed", $"«{name}» is no id of a receipt, and a receipt number belongs to an agreement.") with { Help = "Add --agreement NO, or name the receipt as 'export receipts' does." };
        if ((await work.Agreements.Find(agreement)).Refusal is { } unknown) return unknown;
        var found = await work.Reversals.WithKey(agreement, ReceiptKeys.OfNumber(name));
        if (found.Count == 0) return await work.Reversals.EndedWithKey(agreement, ReceiptKeys.OfNumber(name)) is [var latest, ..] ? latest : Unknown(name);
        return found is [var only] ? only : Refusal.Usage("receipt_ambiguous", $"«{name}» stands on {found.Count} receipts: {string.Join(", ", found.Select(row => $"{row.Number} (row {row.RowNo})"))}.") with
        {
            Help = "Name one of them by its id.",
        };
    }

    /// <summary>The same, live. Refusals also: <c>receipt_taken_back</c>.</summary>
    public static async Task<Outcome<StoredReceipt>> Live(Work work, string name, string? agreement)
    {
        if (!(await Named(work, name, agreement)).Ok(out var found, out var refusal)) return refusal;
        if (found.Live == 1) return (await work.Advances.Among([found.Id])).Count == 0 ? found : Advanced(found);
        var how = (await work.Reversals.Parts([found.Id]))[0];
        return Refusal.Conflict("receipt_taken_back", $"{found.Number} was {how.Kind} on {Values.Text(how.ReversedOn)}: {how.Reason}") with
        {
            Help = how.ReplacedBy is { } next ? $"{Numbers.Receipt(next)} stands in its place." : "What was taken back stays so; a new payment is a new receipt.",
        };
    }

    private static Refusal Advanced(StoredReceipt found) => Refusal.Conflict("receipt_is_advance", $"{found.Number} is no payment of the member: the organisation paid it for her.") with
    {
        Help = "It comes back by her next payments. What it had paid is lowered by the schedule, never here.",
    };

    private static Refusal Unknown(string name) => Refusal.NotFound("receipt_unknown", $"There is no receipt «{name}».") with { Help = "'export receipts' lists them." };
}
