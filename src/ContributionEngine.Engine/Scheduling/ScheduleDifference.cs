using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// What must change so that the stored schedule says what the rules say now: owed now minus owed before. What is unchanged
/// stays; what has no money on it is replaced; otherwise there is a further obligation or a reduction.
/// </summary>
internal sealed class ScheduleDifference
{
    public const string Cause = "schedule";

    public List<long> Replaced { get; } = [];

    public List<AddedObligation> Added { get; } = [];

    /// <summary>Minor units to take off each obligation.</summary>
    public Dictionary<long, long> Reduced { get; } = [];

    public int Kept { get; private set; }

    /// <summary>How much more is owed now, in minor units.</summary>
    public long Change { get; private set; }

    /// <summary>Compares a plan with the scheduled principal that is stored.</summary>
    public static ScheduleDifference Of(IReadOnlyList<PlannedObligation> planned, IEnumerable<StoredObligation> stored)
    {
        var difference = new ScheduleDifference();
        var before = stored.GroupBy(row => (row.EnrolmentId, row.Period, row.Component, row.Payer)).ToDictionary(group => group.Key, group => group.ToList());
        for (var i = 0; i < planned.Count; i++)
        {
            var owed = planned[i];
            if (before.Count == 0) difference.Add(owed, Cause, owed.Line.Amount);
            else difference.Compare(owed, before.Remove((owed.EnrolmentId, owed.Period.ToString(), owed.Line.Component, owed.Line.Payer), out var rows) ? rows : []);
        }

        foreach (var gone in before.Values) difference.Lower(gone, gone.Sum(Net));
        return difference;
    }

    private static long Net(StoredObligation row) => row.Amount - row.Reduced;

    private void Compare(PlannedObligation owed, List<StoredObligation> rows)
    {
        var net = rows.Sum(Net);
        if (rows.Count > 0 && net == owed.Line.Amount && rows[0].DueOn == owed.DueOn)
        {
            Kept += rows.Count;
        }
        else if (rows.TrueForAll(IsUntouched))
        {
            Replace(rows, net);
            Add(owed, Cause, owed.Line.Amount);
        }
        else if (owed.Line.Amount > net)
        {
            Add(owed, $"{Cause}-{rows.Count + 1}", owed.Line.Amount - net);
        }
        else
        {
            Lower(rows, net - owed.Line.Amount);
        }
    }

    // The youngest row gives first; what is allocated above the new amount is freed by whoever applies this.
    private void Lower(List<StoredObligation> rows, long by)
    {
        if (rows.TrueForAll(IsUntouched) && by == rows.Sum(Net))
        {
            Replace(rows, by);
            return;
        }

        Change -= by;
        foreach (var row in rows.OrderByDescending(row => row.Id))
        {
            var take = Math.Min(by, Net(row));
            if (take > 0) Reduced[row.Id] = take;
            by -= take;
        }
    }

    private static bool IsUntouched(StoredObligation row) => row is { Allocated: 0, Reduced: 0 };

    private void Add(PlannedObligation owed, string cause, long amount)
    {
        Added.Add(new AddedObligation(owed, cause, amount));
        Change += amount;
    }

    private void Replace(List<StoredObligation> rows, long net)
    {
        Replaced.AddRange(rows.Select(row => row.Id));
        Change -= net;
    }
}

/// <summary>An obligation that is new: all of what is planned, or what is missing to it.</summary>
internal readonly record struct AddedObligation(PlannedObligation Planned, string Cause, long Amount);
