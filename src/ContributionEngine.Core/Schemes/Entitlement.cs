namespace ContributionEngine.Core;

/// <summary>A row of a member's history.</summary>
public sealed record HistoryRow(Period? Period, DateOnly? Due, DateOnly? PaidOn);

/// <summary>What entitlement is asked for: the day, the history, the agreement's parameters.</summary>
public sealed record EntitlementInput(DateOnly Day, IReadOnlyList<HistoryRow> History, IReadOnlyDictionary<string, string> Parameters);

/// <summary>Whether a member is covered, and what was counted for it.</summary>
public sealed record Entitled(string Status, int? Counted);

public sealed partial class Pack
{
    /// <summary>The name of the input that gives the day: <c>as_of</c> or <c>event_date</c>.</summary>
    public string EntitlementDay => File.Entitlement?.Kind == "k_of_n" ? "event_date" : "as_of";

    /// <summary>True when the rule that the parameters choose looks at the history.</summary>
    public bool EntitlementNeedsDay(IReadOnlyDictionary<string, string> parameters) =>
        File.Entitlement is { Kind: "k_of_n", RuleParameter: { } name } rule ? parameters.GetValueOrDefault(name, rule.ImmediateValue!) != rule.ImmediateValue : true;

    /// <summary>Whether a member is covered on a day; a refusal when the pack has no rule for it.</summary>
    public Outcome<Entitled> Entitlement(EntitlementInput input)
    {
        if (File.Entitlement is not { } rule) return Fault("unsupported", "entitlement");
        return rule.Kind == "k_of_n" ? Counted(rule, input) : UnpaidAge(rule, input);
    }

    private static Entitled UnpaidAge(EntitlementRule rule, EntitlementInput input)
    {
        var unpaid = input.History.Where(row => row.Due < input.Day && (row.PaidOn is null || row.PaidOn > input.Day)).Select(row => row.Due!.Value).ToList();
        var beyond = unpaid.Count > 0 && input.Day > unpaid.Min().AddMonths(rule.Months!.Value);
        return new Entitled(beyond ? rule.Beyond! : "covered", null);
    }

    private static Outcome<Entitled> Counted(EntitlementRule rule, EntitlementInput input)
    {
        var chosen = input.Parameters.GetValueOrDefault(rule.RuleParameter!, rule.ImmediateValue!);
        if (chosen == rule.ImmediateValue) return new Entitled("covered", null);
        if (chosen != rule.CountedValue) return Fault("invalid_input", $"parameters.{rule.RuleParameter}");
        var last = Period.MonthOf(input.Day);
        var first = last.First.AddMonths(1 - rule.Window!.Value);
        var counted = input.History.Where(row => row.PaidOn < input.Day && row.Period is { } month && month.First >= first && month.First <= last.First).Select(row => row.Period!.Value.First).Distinct().Count();
        return new Entitled(counted >= rule.Needed ? "covered" : "not_covered", counted);
    }
}
