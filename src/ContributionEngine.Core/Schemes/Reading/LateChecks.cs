using static ContributionEngine.Core.PackFault;

namespace ContributionEngine.Core;

/// <summary>Late charges: one rate each, and no due date that two rules of a kind claim or none does.</summary>
internal sealed class LateChecks(PackFile file)
{
    public IEnumerable<Refusal> Faults() => [.. file.Late.SelectMany(Rule), .. Ranges()];

    private IEnumerable<Refusal> Rule(LateRule late, int i)
    {
        var at = $"late[{i}]";
        if (new[] { late.Rate, late.RateParameter, late.Series }.Count(named => named is not null) != 1) yield return At(at, null, "must name either a rate, a rate_parameter or a series");
        foreach (var (member, name) in new[] { ("rate", late.Rate), ("cap", late.Cap), ("plus", late.Plus) })
        {
            if (name is not null && !file.Figures.Any(figure => figure.Id == name && figure.Unit == "percent")) yield return At($"{at}.{member}", name, "is no figure of this pack in percent");
        }

        if (late.RateParameter is { } parameter && !file.Parameters.Any(rule => rule.Name == parameter && rule.Kind == "percent")) yield return At($"{at}.rate_parameter", parameter, "is no parameter of this pack of kind percent");
        if (late.Class is not (ObligationClass.Interest or ObligationClass.Surcharge)) yield return At($"{at}.class", Pack.Word(late.Class), "must be interest or surcharge");
        if (late.Series is not null && late.Count is not (LateCount.StartedMonths or LateCount.MonthsBetween)) yield return At($"{at}.count", Pack.Word(late.Count), "must be started_months or months_between for a series");
        if (late.Series is null && late.Count == LateCount.MonthsBetween) yield return At($"{at}.count", Pack.Word(late.Count), "is for a series");
        if (late.Sliced && (late.Rate is null || late.Count != LateCount.Days || late.Compound)) yield return At($"{at}.sliced", "true", "needs a rate and days, not compounded");
        if (late.Divisor < 1) yield return At($"{at}.divisor", $"{late.Divisor}", "must be at least 1");
        if (late.DueTo < late.DueFrom) yield return At($"{at}.due_to", $"{late.DueTo:yyyy-MM-dd}", "is before due_from");
        foreach (var id in late.Components.Where(id => file.Components.All(component => component.Id != id))) yield return At($"{at}.components", id, "is no component of this pack");
    }

    private IEnumerable<Refusal> Ranges()
    {
        var rules = file.Late.Select((late, i) => (Late: late, Path: $"late[{i}]"));
        foreach (var kind in rules.GroupBy(item => (item.Late.Kind, Components: string.Join(',', item.Late.Components))))
        {
            var sorted = kind.OrderBy(item => item.Late.DueFrom ?? DateOnly.MinValue).ToList();
            for (var i = 1; i < sorted.Count; i++)
            {
                var (ends, begins) = (sorted[i - 1].Late.DueTo, sorted[i].Late.DueFrom);
                if (ends is null || begins is null || begins <= ends) yield return At($"{sorted[i].Path}.due_from", $"{begins:yyyy-MM-dd}", $"overlaps another rule of kind «{kind.Key.Kind}»");
                else if (begins != ends.Value.AddDays(1)) yield return At($"{sorted[i].Path}.due_from", $"{begins:yyyy-MM-dd}", $"leaves the due dates after {ends:yyyy-MM-dd} without a rule of kind «{kind.Key.Kind}»");
            }
        }
    }
}
