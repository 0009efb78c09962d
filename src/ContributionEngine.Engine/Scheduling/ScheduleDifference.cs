using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// What must change so that the stored schedule says what the rules say now: owed now minus owed before. What is unchanged
/// stays; what has no money on it is replaced; otherwise there is a further obligation or a reduction.
/// </summary>
internal sealed class ScheduleDifference(IReadOnlySet<long> paidBefore)
{
    public const string Cause = "schedule";

    public List<long> Replaced { get; } = [];

    public List<AddedObligation> Added { get; } = [];

    /// <summary>Minor units to take off each obligation.</summary>
    public Dictionary<long, long> Reduced { get; } = [];

    /// <summary>Every amount that was there and is another one now.</summary>
    public List<ChangedAmount> Changed { get; } = [];

    /// <summary>Obligations that the plan was compared with.</summary>
    public HashSet<long> Compared { get; } = [];

    /// <summary>Minor units of what is replaced.</summary>
    public long ReplacedTotal { get; private set; }

    public int Kept { get; private set; }

    /// <summary>Compares a plan with the scheduled principal that is stored.</summary>
    /// <param name="paidBefore">Stored obligations that bear no money now and did before.</param>
    public static ScheduleDifference Of(IReadOnlyList<PlannedObligation> planned, IEnumerable<StoredObligation> stored, IEnumerable<long> paidBefore)
    {
        var difference = new ScheduleDifference(paidBefore.ToHashSet());
        var before = stored.GroupBy(row => (row.EnrolmentId, row.Period, row.Component, row.Payer)).ToDictionary(group => group.Key, group => group.ToList());
        for (var i = 0; i < planned.Count; i++)
        {
            var owed = planned[i];
            if (before.Count == 0) difference.Add(owed, 0, owed.Line.Amount);
            else difference.Compare(owed, before.Remove((owed.EnrolmentId, owed.Period.ToString(), owed.Line.Component, owed.Line.Payer), out var rows) ? rows : []);
        }

        foreach (var gone in before.Values)
        {
            var net = gone.Sum(Net);
            difference.Note(gone, net, 0);
            difference.Lower(gone, net);
        }

        return difference;
    }

    private bool IsUntouched(StoredObligation row) => row is { Allocated: 0, Reduced: 0 } && !paidBefore.Contains(row.Id);

    private static long Net(StoredObligation row) => row.Amount - row.Reduced;

    private void Compare(PlannedObligation owed, List<StoredObligation> rows)
    {
        var net = rows.Sum(Net);
        Note(rows, net, owed.Line.Amount);
        if (rows.Count > 0 && net == owed.Line.Amount && rows[0].DueOn == owed.DueOn)
        {
            Kept += rows.Count;
        }
        else if (rows.TrueForAll(IsUntouched))
        {
            Replace(rows);
            Add(owed, 0, owed.Line.Amount);
        }
        else if (owed.Line.Amount > net)
        {
            Add(owed, rows.Count, owed.Line.Amount - net);
        }
        else
        {
            Lower(rows, net - owed.Line.Amount);
        }
    }

    // What is not there yet is the last that was planned.
    private void Add(PlannedObligation owed, int standing, long amount)
    {
        if (owed.Parts is null)
        {
            Added.Add(new AddedObligation(owed, CauseOf(standing), amount));
            return;
        }

        var before = owed.Line.Amount - amount;
        foreach (var part in owed.Parts)
        {
            var there = Math.Min(before, part.Amount);
            before -= there;
            if (part.Amount > there) Added.Add(new AddedObligation(owed with { DueOn = part.DueOn }, CauseOf(standing++), part.Amount - there));
        }
    }

    private static string CauseOf(int standing) => standing == 0 ? Cause : $"{Cause}-{(standing + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    private void Replace(List<StoredObligation> rows)
    {
        Replaced.AddRange(rows.Select(row => row.Id));
        ReplacedTotal += rows.Sum(row => row.Amount);
    }

    private void Note(List<StoredObligation> rows, long before, long now)
    {
        foreach (var row in rows) Compared.Add(row.Id);
        if (rows.Count > 0 && before != now) Changed.Add(new ChangedAmount(rows[0], before, now));
    }

    // The youngest row gives first; what is allocated above the new amount is freed by whoever applies this.
    private void Lower(List<StoredObligation> rows, long by)
    {
        if (rows.TrueForAll(IsUntouched) && by == rows.Sum(Net))
        {
            Replace(rows);
            return;
        }

        foreach (var row in rows.OrderByDescending(row => row.Id))
        {
            var take = Math.Min(by, Net(row));
            if (take > 0) Reduced[row.Id] = take;
            by -= take;
        }
    }
}

/// <summary>An amount owed before and now, in minor units.</summary>
/// <param name="Of">A row of the schedule before, for its enrolment, period, component and payer.</param>
internal readonly record struct ChangedAmount(StoredObligation Of, long Before, long Now);

/// <summary>An obligation that is new: all of what is planned, or what is missing to it.</summary>
internal readonly record struct AddedObligation(PlannedObligation Planned, string Cause, long Amount);
