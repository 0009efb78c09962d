namespace ContributionEngine.Core;

/// <summary>An open item that a payment of many members, or of one organisation, may pay.</summary>
/// <param name="Minor">Minor units.</param>
public sealed record OpenItem(string Id, long Minor)
{
    public string? Member { get; init; }

    public OpenKind Kind { get; init; }

    public string? Component { get; init; }

    public Payer? Payer { get; init; }

    public DateOnly Due { get; init; }

    public Period? Period { get; init; }
}

/// <summary>How a payment was spread: amounts by item id, and what is left of it, in minor units.</summary>
public sealed record SpreadPayment(IReadOnlyList<(string Id, long Minor)> Parts, long LeftOver);

public sealed partial class Pack
{
    /// <summary>Spreads one payment by the scheme's rule; refusals: <c>unsupported</c>, <c>not_accepted</c>.</summary>
    /// <param name="named">The period that the payment names, where the rule looks at it.</param>
    public Outcome<SpreadPayment> Allocate(long payment, Period? named, IReadOnlyList<OpenItem> open)
    {
        if (File.Allocation is not { } rule) return new CaseFault("unsupported", "allocate").Refusal;
        if (rule.Accept == Acceptance.ExactOnly && payment != open.Sum(item => item.Minor)) return new CaseFault("not_accepted", "payment.amount").Refusal;
        var owed = open.ToDictionary(item => item.Id, item => item.Minor);
        var left = payment;
        foreach (var step in rule.Steps)
        {
            var items = open.Where(item => owed[item.Id] > 0 && Fits(step, item, named)).ToList();
            items.Sort((one, other) => InOrder(step, one, other));
            left -= step.Spread switch
            {
                Spread.Fill => Fill(items, owed, left),
                Spread.ProRata => ProRata(items, owed, left),
                _ => WholeMembers(items, owed, left),
            };
        }

        var parts = open.Where(item => item.Minor > owed[item.Id]).Select(item => (item.Id, item.Minor - owed[item.Id]));
        return new SpreadPayment([.. parts.OrderBy(part => part.Id, StringComparer.Ordinal)], left);
    }

    private static bool Fits(SpreadStep step, OpenItem item, Period? named) =>
        (step.Kinds.Count == 0 || step.Kinds.Contains(item.Kind)) && (step.Payer is null || step.Payer == item.Payer) && (!step.NamedPeriod || item.Period == named);

    private int InOrder(SpreadStep step, OpenItem one, OpenItem other)
    {
        foreach (var key in step.Order)
        {
            var order = key switch
            {
                SpreadKey.Due => one.Due.CompareTo(other.Due),
                SpreadKey.Kind => one.Kind.CompareTo(other.Kind),
                _ => Place(one).CompareTo(Place(other)),
            };
            if (order != 0) return order;
        }

        return string.CompareOrdinal(one.Id, other.Id);
    }

    private int Place(OpenItem item)
    {
        var components = File.Allocation!.Components;
        for (var i = 0; i < components.Count; i++)
        {
            if (components[i] == item.Component) return i;
        }

        return components.Count;
    }

    private static long Fill(List<OpenItem> items, Dictionary<string, long> owed, long money)
    {
        var spent = 0L;
        foreach (var item in items)
        {
            var part = Math.Min(money - spent, owed[item.Id]);
            owed[item.Id] -= part;
            spent += part;
        }

        return spent;
    }

    private static long ProRata(List<OpenItem> items, Dictionary<string, long> owed, long money)
    {
        var total = items.Sum(item => owed[item.Id]);
        if (total <= money) return Fill(items, owed, money);
        var parts = Split.ByWeights(money, [.. items.Select(item => owed[item.Id])]);
        for (var i = 0; i < items.Count; i++) owed[items[i].Id] -= parts[i];
        return money;
    }

    private static long WholeMembers(List<OpenItem> items, Dictionary<string, long> owed, long money)
    {
        var spent = 0L;
        foreach (var member in items.GroupBy(item => item.Member, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var sum = member.Sum(item => owed[item.Id]);
            if (sum > money - spent) continue;
            spent += sum;
            foreach (var item in member) owed[item.Id] = 0;
        }

        return spent;
    }
}
