
namespace ContributionEngine.Core;

/// <summary>What being late costs.</summary>
internal static class LateRows
{
    public static IReadOnlyList<PackRow> Of(PackFile file) => [.. file.Late.SelectMany(rule => Rule(file, rule))];

    private static IEnumerable<PackRow> Rule(PackFile file, LateRule rule)
    {
        var wording = new Wording(file);
        var head = PackRow.Of($"late {rule.Kind}", $"{Pack.Word(rule.Class)}: {Rate(rule, wording)}{(rule.Cap is { } cap ? $", at most {wording.Number(cap)}" : "")}{(rule.EvenOnTime ? ", even on time" : "")}", (rule.Source, rule.Confidence));
        yield return head;
        if (rule.DueFrom is not null || rule.DueTo is not null) yield return head.Further("due dates", $"{(rule.DueFrom is { } from ? $"from {PackRow.Day(from)} " : "")}{(rule.DueTo is { } to ? $"to {PackRow.Day(to)}" : "")}".TrimEnd());
        if (rule.Components.Count > 0) yield return head.Further("on", string.Join(", ", rule.Components));
        if (rule.WhenFlag is { } flag) yield return head.Further("only if", $"flag {flag}");
        if (rule.Waiver is { } waiver) yield return PackRow.Of(head.What, $"with flag {waiver.Flag}, when paid by the end of calendar month {waiver.WithinMonths} after that of due", (waiver.Source, waiver.Confidence)) with { Part = "waived" };
        if (rule.Rounding is { } rounding) yield return PackRow.Of(head.What, Wording.Rounded(rounding), (rounding.Source, rounding.Confidence)) with { Part = "rounding" };
    }

    private static string Rate(LateRule rule, Wording wording)
    {
        var plus = rule.Plus is { } name ? wording.Number(name) : null;
        if (rule is { Series: { } series, Count: LateCount.StartedMonths }) return $"published percents {series} of the calendar month before each started month{(plus is null ? "" : $", each with {plus} more")}, added up";
        if (rule.Series is { } between) return $"published percents {between} of the months between due and payment, added up{(plus is null ? "" : $", with {plus} once for the month of payment")}";
        var rate = rule.RateParameter is { } parameter ? $"the agreement's {parameter} in percent, none if not given," : wording.Number(rule.Rate!);
        var count = rule.Count switch
        {
            LateCount.Once => "once",
            LateCount.Days => rule.Divisor == 1 ? "for each day late" : $"for each {rule.Divisor} days late, day by day",
            LateCount.WholeMonths => "for each whole month late",
            LateCount.StartedMonths => "for each started month late",
            _ => "for each month between",
        };
        var months = rule.Count != LateCount.Days && rule.Divisor != 1 ? $", divided by {rule.Divisor}" : "";
        return $"{rate} {count}{months}{(rule.Compound ? ", compounded" : "")}{(rule.Sliced ? ", each day with the percent in force on it" : "")}";
    }
}
