using System.Globalization;

namespace ContributionEngine.Core;

/// <summary>A published due date of a span.</summary>
public sealed record DueItem(string Item, DateOnly Date);

public sealed partial class Pack
{
    /// <summary>The scheme's due dates for a span, by date and then item; a refusal when the pack has none.</summary>
    public Outcome<IReadOnlyList<DueItem>> Due(Period period, SpanMode mode)
    {
        if (File.Due.Count == 0) return Fault("unsupported", "due");
        if (!File.Modes.Contains(mode)) return Fault("invalid_input", "mode");
        if ((period.First.Month - 1) % (int)mode != 0) return Fault("invalid_input", "period");
        return File.Due.Select(rule => new DueItem(rule.Item, On(rule, period, mode))).OrderBy(item => item.Date).ThenBy(item => item.Item, StringComparer.Ordinal).ToList();
    }

    /// <summary>The day on which collected contributions of a span fall due under an agreement with these parameters.</summary>
    public Outcome<DateOnly> ObligationDue(Period period, IReadOnlyDictionary<string, string> parameters)
    {
        if (File.ObligationDue.Item is { } item) return On(File.Due.First(rule => rule.Item == item), period, (SpanMode)period.Months);
        var name = File.ObligationDue.DayParameter!;
        if (!parameters.TryGetValue(name, out var text)) return Fault("missing_parameter", $"parameters.{name}");
        var next = period.Last.AddDays(1);
        return Calendar.Rolled(new DateOnly(next.Year, next.Month, int.Parse(text, CultureInfo.InvariantCulture)), Roll.Next);
    }

    private DateOnly On(DueRule rule, Period period, SpanMode mode)
    {
        var anchor = period.First.AddMonths(rule.AnchorMonth[Word(mode)]).AddDays(-1);
        return rule.Day == "last_working_day" ? Calendar.LastWorkingDay(anchor) : Calendar.NthWorkingDayAfter(anchor, rule.Nth!.Value);
    }
}
