using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Says of the rows of a corrected sheet which stand already, which cannot be so any more, and what is to be posted of the others.</summary>
internal sealed class CorrectionCheck(CorrectedSheet sheet, Currency currency)
{
    private SheetDifference difference = new(new HashSet<long>(), new Dictionary<long, Raise>(), new Dictionary<long, StandingReceipt>(), []);

    /// <summary>Receipts of the sheet that are taken back.</summary>
    public IReadOnlyList<StoredReceipt> TakenBack { get; private set; } = [];

    /// <summary>What of them has gone to the fund, in minor units.</summary>
    public long SentOfTakenBack => difference.TakenBack.Sum(receipt => receipt.Sent);

    public CorrectionCounts Counts => new(difference.Unchanged.Count, difference.Raised.Count, difference.TakenBack.Count, new Money(TakenBack.Sum(receipt => receipt.Amount), currency));

    /// <summary>Takes in all rows that can be read.</summary>
    public void Look(IEnumerable<StagedRow> rows)
    {
        difference = sheet.Against(rows);
        TakenBack = [.. difference.TakenBack.Select(receipt => sheet.Receipts[receipt.Id])];
    }

    /// <summary>True when the row is posted as it is.</summary>
    public bool Stands(ReceiptRow row) => difference.Unchanged.Contains(row.Row);

    /// <summary>What comes on top of what has gone to the fund; null: the whole row is new.</summary>
    public Raise? Raised(long row) => difference.Raised.TryGetValue(row, out var raise) ? raise : null;

    /// <summary>R20 where money of the row's receipt has gone to the fund and the row says less or otherwise.</summary>
    public FoundProblem? Gone(ReceiptRow row)
    {
        if (!difference.Stuck.TryGetValue(row.Row, out var stuck)) return null;
        var sent = sheet.Receipts[stuck.Id];
        var (day, amount) = (Values.Text(sent.ReceivedOn), Money.ToMajor(sent.Amount, currency.Digits));
        var detail = $"Row {row.Row}: {sent.Number} of {day}, {amount}, has gone to the fund. It can become more, and nothing else. Write the row as it was; the fund puts the rest right.";
        return new FoundProblem(row.Row, "R20", "error", "amount", Money.ToMajor(row.AmountMinor, currency.Digits), detail) { Particulars = Particulars.Of(null, ("receipt", sent.Number), ("date", day), ("amount", amount)) };
    }

    /// <summary>What other sheets have posted: only that can be repeated.</summary>
    public List<KnownReceipt> OfOthers(List<KnownReceipt> known) => known.FindAll(receipt => !sheet.Uploads.Contains(receipt.UploadId));

    /// <summary>The row as it is posted beside what stays under its key.</summary>
    public StagedRow Beside(StagedRow ready, List<KnownReceipt> known) => ready with
    {
        Occurrence = known.Count == 0 ? ready.Occurrence : known.Max(receipt => receipt.Occurrence) + ready.Occurrence, Amount = Raised(ready.Row)?.By ?? ready.Amount,
    };
}
