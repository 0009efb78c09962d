using System.Text.Json.Serialization;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>One payment that a corrected sheet changes.</summary>
/// <param name="Row">Of the correcting sheet; null: no row tells of it any more.</param>
/// <param name="Before">What was posted; zero: nothing was.</param>
/// <param name="After">What is posted now; zero: nothing is.</param>
public sealed record SheetChange(long? Row, string? ReceiptNo, string? MemberNo, DateOnly ReceivedOn, Money Before, Money After);

/// <summary>What a sheet changes of the one that it corrects.</summary>
/// <param name="Unchanged">Rows that stand as they are.</param>
/// <param name="TakenBack">What is taken back, and <paramref name="Posted"/> what is posted, of all changes.</param>
/// <param name="Changes">The first thousand, by row.</param>
/// <param name="Print">Tells these changes from any others.</param>
public sealed record SheetCorrection(long Unchanged, Money TakenBack, Money Posted, IReadOnlyList<SheetChange> Changes, int ChangesTotal, [property: JsonIgnore] string Print);

/// <summary>Tells the changes as a person sees them: what was of a payment, and what is.</summary>
internal static class SheetChanges
{
    private const int ListedMax = 1_000;

    public static async Task<SheetCorrection> Of(Ground ground, CheckedSheet sheet)
    {
        var (ready, correction) = (sheet.Chunk.Ready, sheet.Check.Correction!);
        var counts = correction.Counts;
        var back = correction.TakenBack.GroupBy(row => Of(row.ReceiptNo, row.EnrolmentId)).ToDictionary(of => of.Key, of => of.ToList());
        var enrolments = correction.TakenBack.Select(row => row.EnrolmentId).Concat(ready.Select(row => row.Enrolment)).OfType<long>().Distinct();
        var members = (await ground.Work.Members.Enrolments(enrolments)).ToDictionary(member => member.EnrolmentId, member => member.MemberNo);
        List<SheetChange> changes = [.. ready.Select(row => OfRow(row, correction.Raised(row.Row)?.Before ?? TakeOut(back, row)))];
        changes.AddRange(back.Values.SelectMany(left => left).OrderBy(receipt => receipt.RowNo).Select(receipt => new SheetChange(null, receipt.ReceiptNo, No(receipt.EnrolmentId), receipt.ReceivedOn, In(receipt.Amount), In(0))));
        return new SheetCorrection(
            counts.Unchanged, counts.SumTakenBack, In(ready.Sum(row => row.Amount)), [.. changes.Take(ListedMax)], changes.Count, Print(correction, ready));

        SheetChange OfRow(StagedRow row, long before) => new(row.Row, row.ReceiptNo, No(row.Enrolment), row.ReceivedOn, In(before), In(correction.Raised(row.Row) is { } raise ? raise.Before + raise.By : row.Amount));
        string? No(long? enrolment) => enrolment is { } id ? members.GetValueOrDefault(id) : null;
        Money In(long minor) => new(minor, ground.Agreement.Currency);
    }

    // The receipt in whose place a row comes: of its number and member, where there are several of the same day if one is.
    private static long TakeOut(Dictionary<(string? Number, long? Enrolment), List<StoredReceipt>> back, StagedRow row)
    {
        if (back.GetValueOrDefault(Of(row.ReceiptNo, row.Enrolment)) is not { Count: > 0 } left) return 0;
        var found = left.Find(receipt => receipt.ReceivedOn == row.ReceivedOn) ?? left[0];
        left.Remove(found);
        return found.Amount;
    }

    private static (string? Number, long? Enrolment) Of(string? number, long? enrolment) => (number is null ? null : ReceiptKeys.Folded(number), enrolment);

    private static string Print(CorrectionCheck correction, IEnumerable<StagedRow> ready) => ShownPrint.Of(new
    {
        back = correction.TakenBack.Select(row => row.Id), posted = ready.Select(row => new { row.Row, row.Enrolment, row.ReceivedOn, row.Amount, row.ReceiptNo, row.Period, row.Component, row.EventKind, row.EventValue, row.EventQuantity }),
    });
}
