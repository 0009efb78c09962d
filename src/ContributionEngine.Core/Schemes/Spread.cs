namespace ContributionEngine.Core;

/// <summary>An open item that a payment of many members may pay.</summary>
/// <param name="Minor">Minor units.</param>
public sealed record OpenItem(string Id, string? Member, long Minor);

/// <summary>How a payment was spread: amounts by item id, and what is left of it, in minor units.</summary>
public sealed record SpreadPayment(IReadOnlyList<(string Id, long Minor)> Parts, long LeftOver);

public sealed partial class Pack
{
    /// <summary>Spreads one payment of many members by the scheme's rule; a refusal when the pack has none.</summary>
    public Outcome<SpreadPayment> Allocate(long payment, IReadOnlyList<OpenItem> open)
    {
        if (File.Allocation is null) return Fault("unsupported", "allocate");
        var parts = new List<(string, long)>();
        var left = payment;
        foreach (var member in open.GroupBy(item => item.Member, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var owed = member.Sum(item => item.Minor);
            if (owed > left) continue;
            left -= owed;
            parts.AddRange(member.Where(item => item.Minor > 0).Select(item => (item.Id, item.Minor)));
        }

        return new SpreadPayment([.. parts.OrderBy(part => part.Item1, StringComparer.Ordinal)], left);
    }
}
