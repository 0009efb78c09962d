using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// What members usually pay, from their own live receipts under the agreement: an amount many times as high is asked about
/// (R10). The other rows of the same upload do not count.
/// </summary>
/// <param name="upload">Id of the upload; 0 when nothing is stored.</param>
internal sealed class UsualAmounts(long upload)
{
    /// <summary>Receipts that make a habit.</summary>
    private const long FewestReceipts = 2;

    /// <summary>How many times the average is unusual.</summary>
    private const long Unusual = 5;

    private Dictionary<long, PaidSum> paid = [];

    /// <summary>Looks up the members of some rows as a set.</summary>
    public async Task Look(Work work, IEnumerable<MemberDirectory.Payer> payers) =>
        paid = (await work.Standings.Paid(payers.SelectMany(payer => payer.Enrolments).Distinct(), upload)).ToDictionary(sum => sum.EnrolmentId);

    /// <summary>How many times her average the amount is, cut to a whole number; null when it is not unusual.</summary>
    public long? Times(MemberDirectory.Payer payer, long amount)
    {
        var (receipts, sum) = (0L, 0L);
        foreach (var enrolment in payer.Enrolments)
        {
            if (!paid.TryGetValue(enrolment, out var before)) continue;
            receipts += before.Receipts;
            sum += before.Amount;
        }

        if (receipts < FewestReceipts) return null;
        var times = (long)((Int128)amount * receipts / sum);
        return times >= Unusual ? times : null;
    }
}
