using System.Globalization;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Slips of an upload as a page lists them.</summary>
/// <param name="Count">How many there are in all.</param>
/// <param name="Unknown">Payments without a slip, because their member is not known.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
public sealed record SlipPage(string Upload, string FileName, string Agreement, long Count, Money Sum, long Unknown, IReadOnlyList<ReceiptSlip> Slips, string? Next);

/// <summary>Lists the slips of an upload, page by page.</summary>
public sealed class ListSlips(Database database)
{
    public const int PageSize = 50;

    /// <summary>The slips after a place that the page before named; null: the first. Refusals: <c>upload_unknown</c>.</summary>
    /// <param name="wanted">The upload, and how its slips are written.</param>
    public Task<Outcome<SlipPage>> Run(Actor actor, SlipsWanted wanted, string? after, CancellationToken stop) => database.Read<Outcome<SlipPage>>(actor, async work =>
    {
        if (!(await work.Uploads.Find(wanted.Upload ?? "")).Ok(out var upload, out var refusal)) return refusal;
        var (agreement, totals) = (await work.Agreements.Get(upload.AgreementId), await work.ReceiptSlips.Totals(upload.Id));
        var rows = await work.ReceiptSlips.Of(upload.Id, Place(after), PageSize + 1);
        var page = rows.Take(PageSize).ToList();
        var next = rows.Count > PageSize ? string.Create(CultureInfo.InvariantCulture, $"{page[^1].RowNo}-{page[^1].Id}") : null;
        var slips = page.Count == 0 ? [] : await PrintReceipts.Written(work, agreement, page, wanted);
        return new SlipPage(upload.Number, upload.FileName, agreement.Number, totals.Slips, new Money(totals.Amount, agreement.Currency), totals.Unknown, [.. slips], next);
    }, stop);

    private static (long Row, long Id) Place(string? after) =>
        after?.Split('-') is [var row, var id] && long.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? (at, last) : (0, 0);
}
