using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// What a row is to the receipts that are posted: a new payment, one more line or occurrence, or one that stands already. What
/// stands on a live posted receipt is never posted again; with other content it is a clash for a person.
/// </summary>
/// <param name="own">Id of the upload that is read; what it has posted itself are other rows of it. 0 when nothing is stored.</param>
internal sealed class PostedRepeats(UploadRequest request, UploadReport report, long own)
{
    private readonly HashSet<(UInt128 Key, long Occurrence)> given = [];

    /// <summary>The row as it is to be posted, or null with an R06 when it is not.</summary>
    /// <param name="known">Live receipts that have its key.</param>
    /// <param name="corrected">The left-out row that this row of an errors file puts right.</param>
    public StagedRow? Meet((ReceiptRow Row, StagedRow Staged) of, IReadOnlyList<KnownReceipt> known, LeftOutRow? corrected, List<FoundProblem> problems)
    {
        var (row, staged) = of;
        if (known.Count == 0) return staged;
        var others = known.Where(receipt => receipt.UploadId != own).ToList();
        var found = staged.ReceiptNo is null ? Unnumbered(staged, known, others) : Numbered(staged, known, others, corrected);
        if (found is null) problems.Add(Problem(staged, others, row.MemberNo ?? row.NationalId));
        return found;
    }

    private StagedRow? Unnumbered(StagedRow staged, IReadOnlyList<KnownReceipt> known, List<KnownReceipt> others)
    {
        if (request.AcceptRepeats)
        {
            report.AcceptedRepeats++;
            return Further(staged, known);
        }

        // Equal rows of this file that are posted have taken their occurrences; this one is the next beside them.
        var mine = known.Where(receipt => receipt.UploadId == own).Select(receipt => receipt.Occurrence).ToHashSet();
        var occurrence = staged.Occurrence;
        if (mine.Count > 0)
        {
            for (occurrence = 1; mine.Contains(occurrence) || given.Contains((staged.Key, occurrence));) occurrence++;
            given.Add((staged.Key, occurrence));
        }

        return others.Exists(receipt => receipt.Occurrence == occurrence) ? null : staged with { Occurrence = occurrence };
    }

    private static StagedRow? Numbered(StagedRow staged, IReadOnlyList<KnownReceipt> known, List<KnownReceipt> others, LeftOutRow? corrected)
    {
        var mayUse = others.Count == 0 || (corrected is not null && others.Exists(receipt => receipt.UploadId == corrected.UploadId));
        return mayUse ? Further(staged, known) : null;
    }

    private static StagedRow Further(StagedRow staged, IReadOnlyList<KnownReceipt> known) => staged with { Occurrence = known.Max(receipt => receipt.Occurrence) + staged.Occurrence };

    /// <summary>The R06 of a row that stands on one of these receipts already.</summary>
    /// <param name="member">What the row calls its member; null where it names none.</param>
    public static FoundProblem Problem(StagedRow staged, List<KnownReceipt> others, string? member)
    {
        var same = staged.ReceiptNo is null || IsInParts(others, staged) ? others[0] : others.Find(receipt => IsSame(receipt, staged));
        var variant = same is null ? "clash" : same.EnrolmentId is null && staged.Enrolment is not null ? "held" : null;
        var detail = variant == "clash" ? $"Row {staged.Row}: receipt “{staged.ReceiptNo}” is already posted with another member, day or amount. Check the receipt."
            : variant == "held" ? $"Row {staged.Row}: this receipt is already posted and held, because it came without its member; this row names “{member}”. Nothing was counted twice. Give it to her with 'suspense assign'."
            : $"Row {staged.Row}: this receipt is already posted. Nothing was counted twice.";
        return new FoundProblem(staged.Row, "R06", same is null ? "error" : "warning", staged.ReceiptNo is null ? "amount" : "receipt_no", staged.ReceiptNo, detail)
        {
            Particulars = Particulars.Of(variant, ("member", member)),
        };
    }

    // A receipt that was raised after it had gone to the fund stands as what it was and what came on top.
    private static bool IsInParts(List<KnownReceipt> others, StagedRow staged) =>
        others.Count > 1 && others.Sum(receipt => receipt.Amount) == staged.Amount && others.TrueForAll(receipt => receipt.ReceivedOn == staged.ReceivedOn && receipt.EnrolmentId == staged.Enrolment);

    // One payment may be seen with its member by one source and without by another: a held one is the same as a known one.
    private static bool IsSame(KnownReceipt receipt, StagedRow staged) =>
        receipt.Amount == staged.Amount && receipt.ReceivedOn == staged.ReceivedOn
        && (receipt.EnrolmentId is null || staged.Enrolment is null || receipt.EnrolmentId == staged.Enrolment);
}
