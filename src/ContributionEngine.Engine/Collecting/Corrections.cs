using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// An errors file that comes back may use the receipt numbers of the upload that it corrects: once for each row that was left
/// out there because its number stood in the file twice.
/// </summary>
internal sealed class Corrections(bool isCorrection)
{
    private readonly Dictionary<string, Queue<(long Upload, long Row)>> leftOut = [];
    private readonly HashSet<long> looked = [];

    /// <summary>Rows that were corrected here and are no longer left out there.</summary>
    public List<(long Upload, long Row)> Made { get; } = [];

    /// <summary>Looks up what was left out of the uploads that these receipts came with.</summary>
    public async Task Look(Work work, IEnumerable<KnownReceipt> known)
    {
        if (!isCorrection) return;
        var fresh = known.Select(receipt => receipt.UploadId).Where(looked.Add).ToList();
        if (fresh.Count == 0) return;
        foreach (var row in await work.Uploads.RepeatsLeftOut(fresh))
        {
            var number = Folded(row.Value);
            if (!leftOut.TryGetValue(number, out var waiting)) leftOut[number] = waiting = [];
            waiting.Enqueue((row.UploadId, row.RowNo));
        }
    }

    /// <summary>True when a row with this number was left out and has not been corrected yet; it is now.</summary>
    public bool Take(string receiptNo)
    {
        if (!leftOut.TryGetValue(Folded(receiptNo), out var waiting) || !waiting.TryDequeue(out var row)) return false;
        Made.Add(row);
        return true;
    }

    private static string Folded(string number) => number.Trim().ToUpperInvariant();
}
