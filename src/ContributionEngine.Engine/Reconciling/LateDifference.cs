using ContributionEngine.Storage;
using ContributionEngine.Core;

namespace ContributionEngine.Engine;

/// <summary>A late charge that is to be booked.</summary>
/// <param name="Before">What stands of it already, in minor units.</param>
/// <param name="No">1 for the first of its principal and kind.</param>
internal sealed record MissingCharge(StoredObligation Principal, LateCharge Charge, long Before, int No)
{
    public long Amount => Charge.Amount.Minor - Before;

    public string Cause => $"{LateDifference.Cause(Charge.Kind, Principal.Id)}{(No == 1 ? "" : $":{No}")}";
}

/// <summary>
/// What must change so that the charges that stand are those that should: more takes the place of what no money has touched, or is a
/// further obligation; less is a reduction.
/// </summary>
internal sealed class LateDifference
{
    public List<MissingCharge> Added { get; } = [];

    /// <summary>Charges without money that a higher one takes the place of.</summary>
    public List<StoredObligation> Replaced { get; } = [];

    /// <summary>Minor units to take off each charge.</summary>
    public Dictionary<long, long> Reduced { get; } = [];

    public static string Cause(string kind, long principal) => $"late:{kind}:{principal}";

    /// <summary>Compares; a charge whose principal is not among <paramref name="principals"/> goes whole.</summary>
    /// <param name="paidBefore">Charges that bear no money now and did before.</param>
    public static LateDifference Of(IReadOnlyList<StoredObligation> principals, LateTargets targets, IEnumerable<StoredObligation> charges, IReadOnlySet<long> paidBefore)
    {
        var difference = new LateDifference();
        var standing = charges.GroupBy(row => (Principal: row.PrincipalId!.Value, Kind: row.Cause.Split(':')[1])).ToDictionary(group => group.Key, group => group.ToList());
        var known = principals.ToDictionary(row => row.Id);
        foreach (var (key, charge) in targets.Charges.OrderBy(item => item.Key.Principal).ThenBy(item => item.Key.Kind, StringComparer.Ordinal))
        {
            if (!standing.Remove(key, out var rows)) rows = [];
            var net = rows.Sum(Net);
            if (charge.Amount.Minor > net) difference.Raise(known[key.Principal], charge, rows.ToLookup(row => row is { Allocated: 0, Reduced: 0 } && !paidBefore.Contains(row.Id)));
            else difference.Lower(rows, net - charge.Amount.Minor);
        }

        foreach (var (key, rows) in standing.Where(item => !targets.Unknown.Contains(item.Key))) difference.Lower(rows, rows.Sum(Net));
        return difference;
    }

    private static long Net(StoredObligation row) => row.Amount - row.Reduced;

    private void Raise(StoredObligation principal, LateCharge charge, ILookup<bool, StoredObligation> rows)
    {
        Replaced.AddRange(rows[true]);
        Added.Add(new MissingCharge(principal, charge, rows[false].Sum(Net), rows[false].Select(No).DefaultIfEmpty().Max() + 1));
    }

    private static int No(StoredObligation row) => row.Cause.Split(':') is [_, _, _, var no] ? int.Parse(no, System.Globalization.CultureInfo.InvariantCulture) : 1;

    // What nobody has paid gives first, then the youngest.
    private void Lower(List<StoredObligation> rows, long by)
    {
        foreach (var row in rows.OrderByDescending(row => row.Outstanding > 0).ThenByDescending(row => row.Id))
        {
            var take = Math.Min(by, Net(row));
            if (take > 0) Reduced[row.Id] = take;
            by -= take;
        }
    }
}
