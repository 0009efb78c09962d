using System.Globalization;

namespace ContributionEngine.Core;

/// <summary>A published due date of a span.</summary>
/// <param name="Amount">What falls due, where the scheme says an amount.</param>
public sealed record DueItem(string Item, DateOnly Date, Money? Amount = null);

public sealed partial class Pack
{
    /// <summary>True when due dates hang on the day of an event and not on a span.</summary>
    public bool IsDueByEvent => File.Due.Any(rule => rule.AfterHalfMonthOfEvent);

    /// <summary>Spans that the pack has due dates for; the first is the default.</summary>
    public IReadOnlyList<SpanMode> DueModes => File.DueModes ?? File.Modes;

    /// <summary>The scheme's due dates for a span, by date and then item; a refusal when the pack has none.</summary>
    public Outcome<IReadOnlyList<DueItem>> Due(Period period, CaseFacts facts)
    {
        try
        {
            if (!File.Operations.Contains(Operation.Due)) return new CaseFault("unsupported", "due").Refusal;
            var items = IsDueByEvent ? ByEvent(facts.NeededDay("event_date")) : BySpan(period, facts);
            return items.OrderBy(item => item.Date).ThenBy(item => item.Item, StringComparer.Ordinal).ToList();
        }
        catch (CaseFault fault)
        {
            return fault.Refusal;
        }
    }

    /// <summary>The day on which collected contributions of a span fall due under an agreement with these parameters.</summary>
    public Outcome<DateOnly> ObligationDue(ItemRule? rule, Period period, CaseFacts facts)
    {
        try
        {
            if (((rule as ComponentRule)?.DueItem ?? File.ObligationDue.Item) is { } item) return DueOn(item, DueSpan(period), facts);
            var name = $"parameters.{File.ObligationDue.DayParameter}";
            var day = int.Parse(facts.Word(name) ?? throw facts.Fault(name, "missing_parameter"), CultureInfo.InvariantCulture);
            var next = period.Last.AddDays(1);
            return Calendar.Rolled(new DateOnly(next.Year, next.Month, day), Roll.Next);
        }
        catch (CaseFault fault)
        {
            return fault.Refusal;
        }
    }

    /// <summary>The day of one item for a span; a fault is thrown.</summary>
    internal DateOnly DueOn(string item, Period period, CaseFacts facts)
    {
        var rule = File.Due.First(due => due.Item == item);
        return rule.AfterHalfMonthOfEvent ? AfterHalfMonth(rule, facts.Day("event_date") ?? period.Last) : On(rule, period, facts);
    }

    // A month whose scheme publishes longer spans only falls due with the span that holds it.
    private Period DueSpan(Period period)
    {
        if (DueModes.Contains((SpanMode)period.Months)) return period;
        var months = (int)DueModes[0];
        var into = (period.First.Month - (File.YearBegins ?? 1) + 12) % months;
        return new Period(period.First.AddMonths(-into), months);
    }

    private IEnumerable<DueItem> BySpan(Period period, CaseFacts facts)
    {
        CheckSpan(period, DueModes);
        var items = File.Due.Select(rule => new DueItem(rule.Item, On(rule, period, facts)));
        return File.Advances is { } advances ? WithAdvances(advances, period, facts, [.. items]) : items;
    }

    private IEnumerable<DueItem> ByEvent(DateOnly day) =>
        File.Due.Where(rule => rule.AfterHalfMonthOfEvent).Select(rule => new DueItem(rule.Item, AfterHalfMonth(rule, day)));

    private DateOnly AfterHalfMonth(DueRule rule, DateOnly day)
    {
        var half = day.Day <= 15 ? new DateOnly(day.Year, day.Month, 15) : Period.MonthOf(day).Last;
        return Calendar.NthWorkingDayAfter(half, rule.Nth!.Value);
    }

    private DateOnly On(DueRule rule, Period period, CaseFacts facts)
    {
        if (rule.Choice is { } choice) return Chosen(choice, (rule, period), facts);
        var month = Anchor(rule, period);
        return rule.Day switch
        {
            DueDay.NthWorkingDay => Calendar.NthWorkingDayAfter(month.Last, rule.Nth!.Value),
            DueDay.LastWorkingDay => Calendar.LastWorkingDay(month.Last),
            DueDay.LastDay => Calendar.Rolled(month.Last, rule.Roll),
            _ => Calendar.Rolled(month.First.AddDays(rule.Number!.Value - 1), rule.Roll),
        };
    }

    private static Period Anchor(DueRule rule, Period period) => Period.MonthOf(period.First.AddMonths(rule.AnchorMonth[Word((SpanMode)period.Months)] - 1));

    private DateOnly Chosen(DueChoice choice, (DueRule Rule, Period Period) of, CaseFacts facts)
    {
        var number = choice.By.StartsWith("identifiers.", StringComparison.Ordinal) ? LastDigit(choice, facts) : CountOf(choice, facts);
        var mode = (SpanMode)of.Period.Months;
        var fitting = choice.Rows.Where(row => number >= row.From && !(number > row.To) && (row.Mode is null || row.Mode == mode)).ToList();
        if (fitting.Count == 0) throw new CaseFault("invalid_input", "mode");
        if (fitting.Find(row => row.Number is not null) is { } day) return Calendar.Rolled(Anchor(of.Rule, of.Period).First.AddDays(day.Number!.Value - 1), of.Rule.Roll);
        return fitting.Find(row => row.Date!.Value.Year == of.Period.First.Year)?.Date ?? throw new CaseFault("not_in_force", "period");
    }

    private static int LastDigit(DueChoice choice, CaseFacts facts)
    {
        var text = facts.NeededWord(choice.By);
        if (!char.IsAsciiDigit(text[^1]) || !text.All(letter => char.IsAsciiDigit(letter) || (choice.Hyphens && letter == '-'))) throw facts.Fault(choice.By);
        return text[^1] - '0';
    }

    private static int CountOf(DueChoice choice, CaseFacts facts) => facts.NeededCount(choice.By);

    private List<DueItem> WithAdvances(AdvanceRule rule, Period period, CaseFacts facts, List<DueItem> items)
    {
        var owed = facts.Amount("prior.two_quarters_ago", File.InputDecimals) ?? Ratio.Zero;
        var areDue = owed > ((NamedFigure)Name(rule.Threshold)).On(period.First)?.Value;
        var advanced = 0L;
        var dated = new List<DueItem>();
        foreach (var item in items.Where(item => item.Item != rule.Balance))
        {
            if (!rule.Percents.TryGetValue(item.Item, out var percents)) dated.Add(item);
            else if (areDue) dated.Add(item with { Amount = Advance(percents, period, facts) });
            advanced += dated.LastOrDefault()?.Amount?.Minor ?? 0;
        }

        var balance = items.Find(item => item.Item == rule.Balance)!;
        if (facts.Amount("prior.declared", File.InputDecimals) is { } declared && (declared * Currency.MinorPerMajor).TryToLong(out var minor)) balance = balance with { Amount = new Money(minor - advanced, Currency) };
        return [.. dated, balance];
    }

    private Money Advance(IReadOnlyDictionary<string, string> percents, Period period, CaseFacts facts)
    {
        var name = percents.GetValueOrDefault(period.First.ToString("MM", CultureInfo.InvariantCulture)) ?? percents["*"];
        var percent = ((NamedFigure)Name(name)).On(period.First)?.Value ?? throw new CaseFault("not_in_force", "period");
        var before = facts.NeededAmount("prior.same_quarter_last_year", File.InputDecimals);
        return new Money(rounding.Apply(before * percent / 100 * Currency.MinorPerMajor), Currency);
    }
}
