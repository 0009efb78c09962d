using System.Globalization;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Reads the cells of one row and notes what is wrong with them: the R codes that need no database, and their words.</summary>
internal sealed class ReceiptCells(SheetRecord record, SheetTerms terms)
{
    private const int ExponentDigitsMax = 3;

    private static readonly HashSet<string> SpreadsheetErrors = ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"];

    private readonly long row = record.Row;
    private List<RowProblem>? problems;

    public IReadOnlyList<RowProblem> Problems => problems ?? (IReadOnlyList<RowProblem>)[];

    /// <summary>A number that names someone or something; a spreadsheet's exponent form or error is R13.</summary>
    public string? Identity(string field, int column) => Identity(field, record[column]);

    /// <summary>The same for one that stands within a text.</summary>
    public string? Identity(string field, string cell)
    {
        if (cell.Length == 0) return null;
        if (IsExponent(cell)) Add("R13", field, cell, $"Row {row}: Excel changed the number to “{cell}”. Set the column to Text or use the template.");
        else if (SpreadsheetErrors.Contains(cell)) Add(new RowProblem("R13", field, cell, $"Row {row}: the cell holds Excel's error “{cell}” and no number. Write the number itself.") { Particulars = Particulars.Of("error") });
        return cell;
    }

    public void Member(string? memberNo, string? nationalId)
    {
        if (memberNo is null && nationalId is null) Add("R01", "member_no", null, $"Row {row}: the member number is missing.");
    }

    public string? Text(int column) => record[column] is { Length: > 0 } text ? text : null;

    public long Amount(AmountColumn amounts, int column, bool mayBeZero)
    {
        var cell = record.Span(column);
        if (mayBeZero && cell.IsEmpty) return 0;
        switch (record.Kind(column) == CellKind.Number ? amounts.ReadNumber(cell, out var minor) : amounts.Read(cell, out minor))
        {
            case AmountReading.NotAnAmount:
                Add(new RowProblem("R07", "amount", cell.ToString(), $"Row {row}: “{cell}” is not an amount. Write numbers only, for example {Example}.") { Particulars = Particulars.Of(null, ("example", Example)) });
                break;
            case AmountReading.TooManyDecimals:
                Add(new RowProblem("R09", "amount", cell.ToString(), $"Row {row}: {terms.Currency.Code} has {terms.Currency.Digits} decimals; “{cell}” has more.")
                {
                    Particulars = Particulars.Of(null, ("cur", terms.Currency.Code), ("n", terms.Currency.Digits.ToString(CultureInfo.InvariantCulture))),
                });
                break;
            default:
                if (minor == 0 && !mayBeZero) Add("R08", "amount", cell.ToString(), $"Row {row}: the amount must be more than zero. If nothing was paid, leave the row out.");
                break;
        }

        return minor;
    }

    /// <summary>Says that an amount cannot be relied on, unless that is said already.</summary>
    public void Doubt(int column, string why)
    {
        if (problems?.Exists(problem => problem.Field == "amount") != true) Add(new RowProblem("R07", "amount", record[column], $"Row {row}: {why}") { Particulars = Particulars.Of("doubt", ("why", why)) });
    }

    /// <summary>A number of an event, zero or more; null when the cell is empty or holds none.</summary>
    public long? Number(AmountColumn numbers, string field, int column)
    {
        var cell = record.Span(column);
        if (cell.IsEmpty) return null;
        var reading = record.Kind(column) == CellKind.Number ? numbers.ReadNumber(cell, out var number) : numbers.Read(cell, out number);
        if (reading == AmountReading.NotAnAmount) Add(new RowProblem("R07", field, cell.ToString(), $"Row {row}: “{cell}” is not a number. Write numbers only, for example {Example}.") { Particulars = Particulars.Of("number", ("example", Example)) });
        if (reading == AmountReading.TooManyDecimals) Add(new RowProblem("R09", field, cell.ToString(), $"Row {row}: “{cell}” has too many decimals.") { Particulars = Particulars.Of("number") });
        return reading == AmountReading.Fine ? number : null;
    }

    public DateOnly ReceivedOn(DateColumn dates, int column)
    {
        var cell = record.Span(column);
        if (record.Kind(column) == CellKind.Number)
        {
            Add(new RowProblem("R14", "received_on", cell.ToString(), $"Row {row}: “{cell}” is a number and not a date. Give the column a date format, or write for example 2026-10-31.") { Particulars = Particulars.Of("number") });
            return default;
        }

        if (!dates.Read(cell, out var day)) Add("R14", "received_on", cell.ToString(), $"Row {row}: “{cell}” is not a date. Write for example 2026-10-31.");
        else NotLater(day, cell);
        return day;
    }

    /// <summary>Says so when a day is after the as-of date.</summary>
    public void NotLater(DateOnly day, ReadOnlySpan<char> cell)
    {
        if (day <= terms.LatestDay) return;
        var latest = terms.LatestDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Add(new RowProblem("R14", "received_on", cell.ToString(), $"Row {row}: “{cell}” is after {latest}. Check the day.") { Particulars = Particulars.Of("later", ("day", latest)) });
    }

    public Period? Period(int column)
    {
        if (record[column] is not { Length: > 0 } cell) return null;
        if (PeriodText.TryRead(record.Kind(column) == CellKind.Date ? cell[..7] : cell, out var month)) return month;
        Add("R11", "period", cell, $"Row {row}: “{cell}” is not a month. Write for example 2026-10 or October 2026.");
        return null;
    }

    public void Currency(int column)
    {
        var cell = record.Span(column);
        if (cell.IsEmpty || cell.Equals(terms.Currency.Code, StringComparison.OrdinalIgnoreCase)) return;
        Add(new RowProblem("R16", "currency", cell.ToString(), $"Row {row}: the agreement is in {terms.Currency.Code}; “{cell}” is another currency. Leave the row out or correct it.") { Particulars = Particulars.Of(null, ("cur", terms.Currency.Code)) });
    }

    public void Add(string code, string field, string? value, string detail) => Add(new RowProblem(code, field, value, detail));

    private void Add(RowProblem problem) => (problems ??= []).Add(problem);

    private string Example => Money.ToMajor(1250 * terms.Currency.MinorPerMajor, terms.Currency.Digits);

    // 2.54722E+11, 2,54722E+11, 1E5.
    private static bool IsExponent(ReadOnlySpan<char> cell)
    {
        var at = cell.IndexOfAny('E', 'e');
        if (at <= 0 || !char.IsAsciiDigit(cell[0]) || cell[..at].ContainsAnyExcept("0123456789.,")) return false;
        var exponent = cell[(at + 1)..];
        if (exponent is ['+' or '-', ..]) exponent = exponent[1..];
        return exponent.Length is > 0 and <= ExponentDigitsMax && !exponent.ContainsAnyExceptInRange('0', '9');
    }
}
