using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What a chunk of rows becomes: receipts with their sums, allocations, and one balanced entry.</summary>
internal sealed class ReceiptPosting
{
    public List<NewReceipt> Receipts { get; } = [];

    public PlacedMoney Placed { get; } = new();

    public JournalEntry? Entry => Placed.From(LedgerEvent.Collected,
        (Account.Cash, Receipts.Sum(row => row.Amount)),
        (Account.Suspense, -Receipts.Sum(row => row.Suspense)),
        (Account.MemberCredit, -Receipts.Sum(row => row.Credit)));

    /// <summary>Decides a chunk. <paramref name="open"/> holds each enrolment's open obligations in the order of payment.</summary>
    public static ReceiptPosting Of(IReadOnlyList<StagedRow> rows, IReadOnlyDictionary<long, List<OpenObligation>> open, Func<long> nextId)
    {
        var posting = new ReceiptPosting();
        var parts = new List<AllocatedPart>();
        foreach (var row in rows)
        {
            var receipt = Receipt(row, nextId());
            parts.Clear();
            if (row.Enrolment is not { } enrolment) receipt.Suspense = row.Amount;
            else receipt.Credit = Allocation.Place(row.Amount, Named(row.Period, row.Component), open.GetValueOrDefault(enrolment) ?? [], parts);
            receipt.Allocated = row.Amount - receipt.Suspense - receipt.Credit;
            posting.Receipts.Add(receipt);
            posting.Placed.Add(receipt.Id, parts);
        }

        return posting;
    }

    public static Designation Named(string? period, string? component) =>
        new(Period.TryParse(period, out var month) ? month : null, component);

    public string Summary(long chunk) => JsonSerializer.Serialize(new
    {
        chunk,
        receipts = Receipts.Count,
        received = Receipts.Sum(row => row.Amount),
        allocated = Receipts.Sum(row => row.Allocated),
        suspense = Receipts.Sum(row => row.Suspense),
        credit = Receipts.Sum(row => row.Credit),
    });

    private static NewReceipt Receipt(StagedRow row, long id) => new()
    {
        Id = id,
        RowNo = row.Row,
        ReceiptNo = row.ReceiptNo,
        EnrolmentId = row.Enrolment,
        ReceivedOn = row.ReceivedOn,
        Amount = row.Amount,
        NamedPeriod = row.Period,
        NamedComponent = row.Component,
        Method = row.Method,
        Reference = row.Reference,
        Key = ReceiptKeys.Text(row.Key),
        Occurrence = row.Occurrence,
    };
}
