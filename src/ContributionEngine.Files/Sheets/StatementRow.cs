using System.Globalization;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>What a row of a statement is.</summary>
internal enum StatementKind
{
    /// <summary>Money that somebody paid in.</summary>
    Payment,

    /// <summary>Money that a payment brought and that is taken back.</summary>
    Reversal,

    /// <summary>No member's payment: a charge, a transfer to the bank, a payment that failed.</summary>
    Other,

    /// <summary>It cannot be told what it is: a person must look.</summary>
    Doubtful,
}

/// <summary>What a row of a statement is and what it moved.</summary>
/// <param name="Word">What to call a row that is no payment; why a row is in doubt.</param>
internal readonly record struct StatementRow(StatementKind Kind, string Word, long PaidIn = 0, long Withdrawn = 0)
{
    private static readonly HashSet<string> NotDone = ["failed", "cancelled", "canceled", "pending", "declined", "expired", "rejected", "timed out"];

    private static readonly string[] Days = ["yyyy-MM-dd", "dd-MM-yyyy", "dd/MM/yyyy", "dd.MM.yyyy", "yyyyMMdd"];

    public static StatementRow Of(SheetRecord record, StatementColumns columns, AmountColumn amounts)
    {
        var status = columns.IsCallback ? "completed" : PlainLetters.Folded(record[columns.Status]);
        if (status.Length == 0 && record.Span(columns.PaidIn).IsEmpty && record.Span(columns.Withdrawn).IsEmpty) return new StatementRow(StatementKind.Other, "without a payment");
        if (NotDone.Contains(status)) return new StatementRow(StatementKind.Other, record[columns.Status]);
        if (status != "completed") return new StatementRow(StatementKind.Doubtful, $"the status “{record[columns.Status]}” is not known. Was the money paid? Correct the row or leave it out.");
        if (!Moved(record, columns.PaidIn, amounts, out var paidIn) || !Moved(record, columns.Withdrawn, amounts, out var withdrawn) || (paidIn > 0 && withdrawn > 0))
        {
            return new StatementRow(StatementKind.Doubtful, "what was paid in or withdrawn cannot be read. Ask for the statement again and send it as it came.");
        }

        if (paidIn + withdrawn == 0) return new StatementRow(StatementKind.Other, "without a payment");
        var (reason, details) = (record[columns.Reason], record[columns.Details]);
        return (IsReversal(reason, details), paidIn > 0) switch
        {
            (false, true) => new StatementRow(StatementKind.Payment, "payment", paidIn, withdrawn),
            (true, false) => new StatementRow(StatementKind.Reversal, "reversal", paidIn, withdrawn),
            (true, true) => new StatementRow(StatementKind.Other, "reversal of a payment out", paidIn, withdrawn),
            (false, false) => new StatementRow(StatementKind.Other, Name(reason, details), paidIn, withdrawn),
        };
    }

    /// <summary>True for a folded status of a payment that never came about.</summary>
    public static bool IsNotDone(string status) => NotDone.Contains(status);

    public static bool IsReversal(string reason, string details) =>
        details.StartsWith("Reversal", StringComparison.OrdinalIgnoreCase) || reason.Contains("Reversal", StringComparison.OrdinalIgnoreCase);

    /// <summary>The day of a local time as statements write it, day before month.</summary>
    public static bool Day(string time, out DateOnly day)
    {
        var end = time.AsSpan().IndexOfAny(' ', 'T');
        var part = end < 0 ? time : time[..end];
        if (part.Length == "yyyyMMddHHmmss".Length && !part.AsSpan().ContainsAnyExceptInRange('0', '9')) part = part[..8];
        return DateOnly.TryParseExact(part, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }

    /// <summary>Some variants write what was withdrawn with a minus, others without.</summary>
    public static bool Moved(SheetRecord record, int column, AmountColumn amounts, out long minor)
    {
        minor = 0;
        var cell = record.Span(column);
        if (cell is ['-', ..]) cell = cell[1..];
        return cell.IsEmpty || (record.Kind(column) == CellKind.Number ? amounts.ReadNumber(cell, out minor) : amounts.Read(cell, out minor)) == AmountReading.Fine;
    }

    private static string Name(string reason, string details) =>
        reason.Length > 0 ? reason : details.Contains("charge", StringComparison.OrdinalIgnoreCase) ? "charge" : "payment out";
}
