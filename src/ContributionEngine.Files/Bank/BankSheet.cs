using System.Globalization;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Reads statements that are tables, from CSV, text or a workbook: an M-Pesa organisation's statement, or the CSV that docs/bank.md describes.</summary>
internal sealed class BankSheet(Func<Stream> open, BankTerms terms)
{
    /// <summary>Refusals, thrown: <c>bank_not_a_statement</c>, <c>bank_no_statement</c>, <c>bank_no_currency</c>, <c>bank_figure</c>, <c>bank_unreadable</c>.</summary>
    public IEnumerable<BankRecord> Records()
    {
        if (!SheetFile.Open(open, terms.FileName).Ok(out var opened, out var unreadable)) throw BankProblem.Of(unreadable).Thrown();
        using var file = opened;
        if (!file.Find<BankColumns>(null, BankColumns.Fit).Ok(out var found, out var refusal)) throw BankProblem.Of(refusal).Thrown();
        var rows = found.Header.Columns.Mpesa is { } columns ? new MpesaRows(columns, terms, found).Records() : new BankRows(found.Header.Columns, terms, found).Records();
        foreach (var record in rows) yield return record;
    }
}

/// <summary>Which columns a bank's table has; -1 for one that it has not.</summary>
internal sealed class BankColumns(IReadOnlyList<string> header)
{
    private readonly List<string> folded = [.. header.Select(PlainLetters.Folded)];

    /// <summary>The columns of a mobile-money statement, when it is one.</summary>
    public StatementColumns? Mpesa { get; } = StatementColumns.Of(header) is { IsCallback: false } columns ? columns : null;

    public int At(string field) => folded.IndexOf(PlainLetters.Folded(field));

    public static HeaderFit<BankColumns> Fit(IReadOnlyList<string> header)
    {
        var columns = new BankColumns(header);
        var isWhole = columns.Mpesa is not null || (columns.At("booked_on") >= 0 && columns.At("amount") >= 0);
        return new HeaderFit<BankColumns>(isWhole ? 2 : 0, isWhole ? columns : null, isWhole ? null : BankProblem.NotAStatement("no row names the columns of one"));
    }
}

/// <summary>What the rows of a table come to as a statement.</summary>
internal sealed class SheetStatement
{
    private DateOnly? from;
    private DateOnly? to;

    public WarningList Warnings { get; } = new();

    public RunningBalance Running { get; } = new();

    public void See(BankEntry entry)
    {
        if (entry.BookedOn is not { } day) return;
        if (from is null || day < from) from = day;
        if (to is null || day > to) to = day;
    }

    public StatementEnded End()
    {
        if (Running.Broken > 0) Warnings.Doubt("balance_breaks", $"{Running.Broken} rows do not continue the balance of the row beside them", Particulars.Of(null, ("rows", $"{Running.Broken}")));
        var name = string.Create(CultureInfo.InvariantCulture, $"{from:yyyy-MM-dd}..{to:yyyy-MM-dd}");
        return new StatementEnded(name, new BankBalances(Running.Ends?.Opening, Running.Ends?.Closing, from, to), Warnings);
    }
}
