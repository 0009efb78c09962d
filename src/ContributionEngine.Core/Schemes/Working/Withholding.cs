namespace ContributionEngine.Core;

/// <summary>What an organisation withholds from a payment: the member's unproven months since January, oldest first, up to the payment.</summary>
internal sealed class Withholding(Pack pack, WithholdingRule rule)
{
    public Calculation Of(CalculateInput input)
    {
        var facts = input.Facts;
        if (facts.NeededItems("events") is not [var paid]) throw facts.Fault("events");
        if (paid.NeededWord("kind") != rule.Event) throw paid.Fault("kind");
        var (day, amount) = (paid.NeededDay("date"), paid.NeededAmount("amount", pack.File.InputDecimals));
        if (!(amount * pack.Currency.MinorPerMajor).TryToLong(out var left)) throw paid.Fault("amount");
        if (input.Components?.Any(id => pack.Components.All(component => component.Id != id)) == true) throw facts.Fault("components");
        var lines = new List<CalculatedLine>();
        var before = (facts.Items("withheld") ?? []).ToDictionary(row => (row.NeededMonth("period"), row.NeededWord("component")), row => row.NeededAmount("amount", pack.File.InputDecimals));
        foreach (var month in Months(day, facts)) left = Fill((month, before), input, left, lines);
        return new Calculation(lines, []) { Left = left };
    }

    // On the due day itself a month has not fallen due yet.
    private IEnumerable<Period> Months(DateOnly day, CaseFacts facts)
    {
        var proven = (facts.Items("history") ?? [])
            .Select(row => (Month: row.NeededMonth("period"), PaidOn: row.Day("paid_on")))
            .Where(row => row.PaidOn <= day).Select(row => row.Month).ToHashSet();
        for (var month = Period.MonthOf(new DateOnly(day.Year, 1, 1)); pack.DueOn(rule.DueItem, month, facts) < day; month = month.Next())
        {
            if (!proven.Contains(month)) yield return month;
        }
    }

    private long Fill((Period Month, Dictionary<(Period, string), Ratio> Before) of, CalculateInput input, long left, List<CalculatedLine> lines)
    {
        var (month, before) = of;
        var owed = pack.Span(input with { Period = month, Components = null });
        foreach (var id in rule.Order)
        {
            if (owed.Lines.FirstOrDefault(line => line.Rule.Id == id) is not { } line) continue;
            (before.GetValueOrDefault((month, id)) * pack.Currency.MinorPerMajor).TryToLong(out var taken);
            var part = Math.Min(left, Math.Max(line.Amount.Minor - taken, 0));
            left -= part;
            if (part > 0 && input.Components?.Contains(id) != false) lines.Add(Withheld(line, part, month));
        }

        return left;
    }

    private CalculatedLine Withheld(CalculatedLine line, long part, Period month) => line with
    {
        Amount = new Money(part, pack.Currency),
        Withheld = month,
        Steps = part == line.Amount.Minor || line.Steps.Count == 0 ? line.Steps : [.. line.Steps, new Step("what the payment still covers", pack.Print(part), null)],
    };
}
