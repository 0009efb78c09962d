using System.Globalization;

namespace ContributionEngine.Core;

/// <summary>What a pack asks about members, groups and events, and who may not belong.</summary>
internal static class FactRows
{
    public static IReadOnlyList<PackRow> Of(PackFile file) =>
    [
        .. file.MemberFlags.Count == 0 ? [] : new[] { new PackRow("flags", string.Join(", ", file.MemberFlags)) },
        .. file.Inputs.Select(Input),
        .. file.Eligibility.SelectMany(Eligibility),
        .. Declarations(file),
        .. file.Seasons.Select(season => PackRow.Of($"season {season.Zone}", $"due in {string.Join(", ", season.Months.Select(month => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month)))}; the other months are not due", (season.Source, season.Confidence))),
        .. Events(file),
    ];

    private static PackRow Input(InputRule rule)
    {
        var kind = rule.Kind == "word" ? $"one of {string.Join(", ", rule.Words)}" : $"{rule.Kind}{(rule.Least is { } least ? $" from {least}" : "")}{(rule.Most is { } most ? $" to {most}" : "")}";
        var fallback = rule.Default is { } word ? $"; {word} unless given" : "";
        var found = rule.ByAnnualIncome is { } income ? $"; not given: the first row whose {income} is not below the income of twelve months" : "";
        var main = rule.MainByWorkers is { } workers ? $"; of a group with several, the one with most workers, a tie to the highest {workers}" : "";
        return new PackRow($"input {rule.Name}", $"of the {(rule.OfAgreement ? "group" : "member")}: " + kind + fallback + found + main);
    }

    private static IEnumerable<PackRow> Eligibility(EligibilityRule rule)
    {
        var by = (rule.Source, rule.Confidence);
        if (rule.NotTogether.Count > 0) yield return PackRow.Of("eligibility", $"no member with flags {string.Join(" and ", rule.NotTogether)} together", by);
        if (rule.LeastMembers is { } least) yield return PackRow.Of("eligibility", $"a group has at least {least} members", by);
        if (rule.MostMembers is { } most) yield return PackRow.Of("eligibility", $"a group has at most {most} members", by);
    }

    private static IEnumerable<PackRow> Declarations(PackFile file)
    {
        if (file.Declarations is { } rule) yield return PackRow.Of("declarations", $"a new income may be declared {rule.ChangesPerYear} times in a calendar year", (rule.Source, rule.Confidence));
        if (file.Tenure is { } tenure) yield return PackRow.Of("tenure", $"months since first registration, its calendar month being month 1{(tenure.Pauses ? "; paused months are not counted and owe nothing" : "")}", (tenure.Source, tenure.Confidence));
    }

    private static IEnumerable<PackRow> Events(PackFile file)
    {
        if (file.Events is { } events)
        {
            var head = PackRow.Of("events", $"{string.Join(", ", events.Plus)} added{(events.Minus.Count > 0 ? $", {string.Join(", ", events.Minus)} taken away" : "")}", (events.Source, events.Confidence));
            yield return head;
            if (events.Dated) yield return head.Further("date", "within the period");
            if (events.QuantityDecimals is { } decimals) yield return head.Further("quantity", $"with {decimals} decimals{(events.LeastQuantity is { } least ? $"; an event below {new Wording(file).Number(least)} gives nothing" : "")}");
            if (events.Prints is { } prints) yield return head.Further("printed", prints == "net_to_member" ? "net_to_member: the events less all lines" : "budget_left: the events less fees and what was solved for");
            foreach (var (kind, component) in events.Deposits) yield return head.Further("deposit", $"money of {kind} is owed to the fund as {component}");
        }

        if (file.Withholding is { } rule) yield return PackRow.Of("withholding", $"from one {rule.Event}: whole months since January that have fallen due by {rule.DueItem} and are not proven paid, oldest first; in a month {string.Join(", ", rule.Order)}", (rule.Source, rule.Confidence));
    }
}
