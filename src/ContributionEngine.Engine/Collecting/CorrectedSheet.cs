using System.Globalization;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A sheet that is posted, with what later ones have corrected of it, as another is held against it.</summary>
internal sealed class CorrectedSheet
{
    /// <summary>Rows of a sheet that is corrected as a whole, and of the sheet as it should be: both are held in memory and posted in one transaction.</summary>
    public const int RowsMax = 20_000;

    private readonly IReadOnlyList<StandingReceipt> standing;

    private CorrectedSheet(IReadOnlyList<StoredUpload> uploads, IReadOnlyList<StoredReceipt> receipts, IReadOnlyList<StandingReceipt> standing)
    {
        this.standing = standing;
        Uploads = uploads.Select(upload => upload.Id).ToHashSet();
        Receipts = receipts.ToDictionary(receipt => receipt.Id);
    }

    /// <summary>Ids of the first upload and of those that have corrected it.</summary>
    public IReadOnlySet<long> Uploads { get; }

    /// <summary>Its live receipts by id.</summary>
    public IReadOnlyDictionary<long, StoredReceipt> Receipts { get; }

    /// <summary>Refusals: <c>correction_too_large</c>, <c>upload_posting</c>.</summary>
    public static async Task<Outcome<CorrectedSheet>> Of(Work work, long root)
    {
        var uploads = await work.Uploads.Sheet(root);
        if (!(await Extent(work, uploads)).Ok(out _, out var refusal)) return refusal;
        var receipts = await work.Reversals.Posted(uploads.Select(upload => upload.Id), RowsMax);
        var ids = receipts.Select(receipt => receipt.Id).ToList();
        var names = (await work.Reversals.Aliases(ids)).ToLookup(alias => alias.ReceiptId, alias => new PaymentName(alias.BusinessKey, alias.EnrolmentId));
        var sent = (await work.Reversals.Allocations(ids)).Where(row => row.LineId is not null).GroupBy(row => row.ReceiptId).ToDictionary(of => of.Key, of => of.Sum(row => row.Amount));
        var events = (await work.MemberEvents.With(ids)).ToLookup(one => one.ReceiptId);
        return new CorrectedSheet(uploads, receipts, [.. receipts.Select(receipt => new StandingReceipt(
            receipt.Id, Told(receipt, events[receipt.Id]), [new PaymentName(receipt.BusinessKey, receipt.EnrolmentId), .. names[receipt.Id]], sent.GetValueOrDefault(receipt.Id)))]);
    }

    /// <summary>How much there is to hold another sheet against, found out without loading it. Refusals: as of the whole.</summary>
    public static async Task<Outcome<PostedExtent>> Extent(Work work, IReadOnlyList<StoredUpload> uploads)
    {
        if (uploads.FirstOrDefault(upload => upload.State == "committed") is { } posting) return Refusal.Conflict("upload_posting", $"{posting.Number} is still being posted.") with { Value = posting.Number, Help = "Wait a moment, and look again." };
        var extent = await work.Reversals.Extent(uploads.Select(upload => upload.Id));
        return extent.Receipts > RowsMax ? TooLarge(extent.Receipts) : extent;
    }

    public static Refusal TooLarge(long rows) => Refusal.Input("correction_too_large", $"A sheet of more than {RowsMax} rows is not corrected as a whole; this one has {rows}.") with
    {
        Value = $"{RowsMax}", Help = "Correct its receipts singly, or undo the upload while nothing of it is remitted.",
    };

    /// <summary>How the rows, all of the file that can be read, differ from what is posted.</summary>
    public SheetDifference Against(IEnumerable<StagedRow> rows) => SheetDifference.Of(standing, [.. rows.Select(row => new SheetRow(row.Row, ReceiptKeys.Text(row.Key), Told(row)))]);

    private static SheetPayment Told(StoredReceipt receipt, IEnumerable<StoredEvent> events) => new()
    {
        Number = receipt.ReceiptNo is { } number ? ReceiptKeys.Folded(number) : null, Payer = receipt.EnrolmentId, Day = receipt.ReceivedOn, Minor = receipt.Amount,
        Purpose = Purpose(receipt.NamedPeriod, receipt.NamedComponent), Event = string.Join(' ', events.Select(one => Event(one.Kind, one.Amount, one.Quantity))),
    };

    private static SheetPayment Told(StagedRow row) => new()
    {
        Number = row.ReceiptNo is { } number ? ReceiptKeys.Folded(number) : null, Payer = row.Enrolment, Day = row.ReceivedOn, Minor = row.Amount,
        Purpose = Purpose(row.Period, row.Component), Event = row.EventKind is { } kind ? Event(kind, row.EventValue, row.EventQuantity) : "",
    };

    private static string Purpose(string? period, string? component) => $"{period} {component}".Trim();

    private static string Event(string kind, long minor, long? quantity) => string.Create(CultureInfo.InvariantCulture, $"{kind} {minor} {quantity}");
}

/// <summary>How a sheet differs from the one that it corrects.</summary>
/// <param name="Unchanged">Rows that stand already.</param>
/// <param name="Raised">Rows whose receipt has gone to the fund and gets something on top.</param>
/// <param name="TakenBack">Receipts that are taken back.</param>
public sealed record CorrectionCounts(long Unchanged, long Raised, long TakenBack, Money SumTakenBack);
