using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A file held against what was to be collected.</summary>
/// <param name="Members">Members who owe something at the as-of date.</param>
/// <param name="InFile">How many of them have a ready row in the file.</param>
/// <param name="Expected">What they owe in all.</param>
/// <param name="Short">What they will still owe when the file is posted.</param>
public sealed record ScheduleTotals(long Members, long InFile, Money Expected, Money Short);

/// <summary>Ready money by member, to be held against what each owes: eight bytes a member, and one query for a file.</summary>
internal sealed class ReadySums(MemberDirectory members)
{
    private readonly long[] ready = new long[members.Places];

    public void Add(MemberDirectory.Payer payer, long amount) => ready[payer.Place] += amount;

    /// <summary>Compares with what is open now. Credit that waits pays first: it will meet what has opened when something is written.</summary>
    public async Task<ScheduleTotals> Against(Work work, StoredAgreement agreement, DateOnly asOf)
    {
        var (count, inFile, expected, missing) = (0L, 0L, 0L, 0L);
        await foreach (var sum in work.Standings.Open(agreement.Id, asOf))
        {
            var open = sum.Owed - Math.Min(sum.Owed, sum.Credit);
            if (open == 0) continue;
            var paid = members.PlaceOf(sum.MemberId) is { } place ? ready[place] : 0;
            count++;
            if (paid > 0) inFile++;
            expected += open;
            missing += open - Math.Min(open, paid);
        }

        return new ScheduleTotals(count, inFile, new Money(expected, agreement.Currency), new Money(missing, agreement.Currency));
    }
}
