namespace ContributionEngine.Storage;

/// <summary>A part of a receipt that was given up, in minor units; below zero where that was taken back.</summary>
public sealed record StoredWriteOff
{
    public long Amount { get; init; }

    public DateOnly WrittenOffOn { get; init; }

    public string Reason { get; init; } = "";
}

/// <summary>What was given up of receipts.</summary>
public sealed class WriteOffs(Work work)
{
    private static readonly BulkTarget Table = new("write_off", "id", "agreement_id", "receipt_id", "amount", "written_off_on", "reason");

    private static readonly Sql GiveUp = new(dialect => $"""
        update receipt set written_off = written_off + credit + suspense, credit = 0, suspense = 0 where id in {dialect.AnyOf("@receipts")}
        """);

    private static readonly Sql OfReceipt = "select amount, written_off_on, reason from write_off where receipt_id = @id order by id";

    /// <summary>Gives up what these receipts hold as credit or in suspense.</summary>
    public async Task Add(IReadOnlyCollection<StoredReceipt> receipts, DateOnly on, string reason)
    {
        await work.Bulk(Table, receipts.Select(row => Row(row, row.Credit + row.Suspense, on, reason)));
        await work.Do(GiveUp, new { receipts = work.Dialect.Array(receipts.Select(row => row.Id)) });
    }

    /// <summary>The opposite rows of receipts that are being taken back; their sums are set by whoever ends them.</summary>
    public Task Undo(IEnumerable<StoredReceipt> receipts, DateOnly on, string reason) =>
        work.Bulk(Table, receipts.Where(row => row.WrittenOff > 0).Select(row => Row(row, -row.WrittenOff, on, reason)));

    public Task<IReadOnlyList<StoredWriteOff>> Of(long receiptId) => work.Rows<StoredWriteOff>(OfReceipt, new { id = receiptId });

    private object?[] Row(StoredReceipt receipt, long amount, DateOnly on, string reason) => [work.NextId(), receipt.AgreementId, receipt.Id, amount, on, reason];
}
