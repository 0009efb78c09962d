using System.Globalization;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Reads the cells of one row and notes what is wrong with them: the R codes that need no database, and their words.</summary>
internal sealed class ReceiptCells(long row, List<RowProblem> problems, SheetTerms terms)
{
    /// <summary>A number that names someone or something; a spreadsheet's exponent form is R13.</summary>
    public string? Identity(string field, string cell)
    {
        if (cell.Length == 0) return null;
        if (IsExponent(cell)) Add("R13", field, cell, $"Row {row}: Excel changed the number to “{cell}”. Set the column to Text or use the template.");
        return cell;
    }

    public void Member(ReceiptRow read)
    {
        if (!read.HasMember) Add("R01", "member_no", null, $"Row {row}: the member number is missing.");
    }

    public long Amount(AmountColumn column, string cell, bool mayBeZero)
    {
        if (mayBeZero && cell.Length == 0) return 0;
        switch (column.Read(cell, out var minor))
        {
            case AmountReading.NotAnAmount:
                Add("R07", "amount", cell, $"Row {row}: “{cell}” is not an amount. Write numbers only, for example {Example}.");
                break;
            case AmountReading.TooManyDecimals:
                Add("R09", "amount", cell, $"Row {row}: {terms.Currency.Code} has {terms.Currency.Digits} decimals; “{cell}” has more.");
                break;
            default:
                if (minor == 0 && !mayBeZero) Add("R08", "amount", cell, $"Row {row}: the amount must be more than zero. If nothing was paid, leave the row out.");
                break;
        }

        return minor;
    }

    /// <summary>A number of an event, zero or more; null when the cell is empty or holds none.</summary>
    public long? Number(AmountColumn column, string field, string cell)
    {
        if (cell.Length == 0) return null;
        var reading = column.Read(cell, out var number);
        if (reading == AmountReading.NotAnAmount) Add("R07", field, cell, $"Row {row}: “{cell}” is not a number. Write numbers only, for example {Example}.");
        if (reading == AmountReading.TooManyDecimals) Add("R09", field, cell, $"Row {row}: “{cell}” has too many decimals.");
        return reading == AmountReading.Fine ? number : null;
    }

    public DateOnly ReceivedOn(DateColumn column, string cell)
    {
        if (!column.Read(cell, out var day)) Add("R14", "received_on", cell, $"Row {row}: “{cell}” is not a date. Write for example 2026-10-31.");
        else if (day > terms.LatestDay) Add("R14", "received_on", cell, $"Row {row}: “{cell}” is after {terms.LatestDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}. Check the day.");
        return day;
    }

    public Period? Period(string cell)
    {
        if (cell.Length == 0) return null;
        if (PeriodText.TryRead(cell, out var month)) return month;
        Add("R11", "period", cell, $"Row {row}: “{cell}” is not a month. Write for example 2026-10 or October 2026.");
        return null;
    }

    public void Currency(string cell)
    {
        if (cell.Length == 0 || string.Equals(cell, terms.Currency.Code, StringComparison.OrdinalIgnoreCase)) return;
        Add("R16", "currency", cell, $"Row {row}: the agreement is in {terms.Currency.Code}; “{cell}” is another currency. Leave the row out or correct it.");
    }

    private string Example => Money.ToMajor(1250 * terms.Currency.MinorPerMajor, terms.Currency.Digits);

    private static bool IsExponent(string cell)
    {
        var at = cell.IndexOfAny(['E', 'e']);
        return at > 0 && at + 2 < cell.Length && cell[at + 1] is '+' or '-'
            && cell.AsSpan(0, at).IndexOfAnyExcept("0123456789.,") < 0 && cell.AsSpan(at + 2).IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private void Add(string code, string field, string? value, string detail) => problems.Add(new RowProblem(code, field, value, detail));
}
