
namespace ContributionEngine.Core;

/// <summary>How one payment of many members is spread.</summary>
internal static class PaymentRows
{
    public static IReadOnlyList<PackRow> Of(PackFile file)
    {
        if (file.Allocation is not { } rule) return [];
        var head = PackRow.Of("payment", rule.Accept == Acceptance.ExactOnly ? "only the exact sum of all that is open is taken" : "any amount is taken", (rule.Source, rule.Confidence));
        IReadOnlyList<PackRow> components = rule.Components.Count == 0 ? [] : [head.Further("components", string.Join(", ", rule.Components))];
        return [head, .. components, .. rule.Steps.Select((step, i) => head.Further($"step {i + 1}", Step(step)))];
    }

    private static string Step(SpreadStep step)
    {
        var spread = step.Spread switch
        {
            Spread.Fill => "one is filled before the next",
            Spread.ProRata => "in proportion to what is owed, by largest remainder",
            _ => "members in order; one whose items do not fit together is passed over",
        };
        var only = new List<string>();
        if (step.Kinds.Count > 0) only.Add(Wording.Words(step.Kinds.Cast<Enum>()));
        if (step.Payer is { } payer) only.Add($"of the {Pack.Word(payer)}");
        if (step.NamedPeriod) only.Add("of the period that the payment names");
        return $"{(only.Count == 0 ? "all" : string.Join(" ", only))}: {spread}; in the order of {string.Join(", ", step.Order.Select(key => Pack.Word(key)).Append("id"))}";
    }
}
