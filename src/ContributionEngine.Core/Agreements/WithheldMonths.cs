namespace ContributionEngine.Core;

/// <summary>What the payments of one member withhold: each fills what the ones before have left open of the year's months.</summary>
internal sealed class WithheldMonths(Pack pack)
{
    private readonly Dictionary<(Period Month, string Component), (CalculatedLine Line, List<PlannedPart> Parts)> months = [];

    /// <summary>Takes in the payments of one period, in the order of their days.</summary>
    public Refusal? Add(MemberCase facts, (Period Period, Period DueWith) of, IReadOnlyList<MemberEvent> payments, bool explain)
    {
        foreach (var payment in payments)
        {
            var with = facts.With([payment], months.ToDictionary(item => item.Key, item => Ratio.Of(item.Value.Line.Amount.Minor, pack.MinorPerMajor)));
            if (!pack.Calculate(new CalculateInput { Period = of.Period, Facts = with, Explain = explain }).Ok(out var calculation, out var refusal)) return refusal;
            foreach (var line in calculation.Lines)
            {
                if (!pack.ObligationDue(line.Rule, of.DueWith, with).Ok(out var due, out refusal)) return refusal;
                Take(line, due);
            }
        }

        return null;
    }

    public IEnumerable<OwedPeriod> Owed()
    {
        foreach (var (key, item) in months.OrderBy(item => item.Key.Month).ThenBy(item => item.Value.Line.Place))
        {
            var due = new DateOnly[pack.Places];
            due[item.Line.Place] = item.Parts[0].DueOn;
            yield return new OwedPeriod(key.Month, [item.Line], due) { Parts = item.Parts.Count > 1 ? item.Parts : null };
        }
    }

    // A later payment gives more of a month, and that falls due by its own day.
    private void Take(CalculatedLine line, DateOnly due)
    {
        var key = (line.Withheld!.Value, line.Rule.Id);
        var part = new PlannedPart(due, line.Amount.Minor);
        if (!months.TryGetValue(key, out var before))
        {
            months[key] = (line, [part]);
            return;
        }

        if (before.Parts[^1].DueOn == due) before.Parts[^1] = part with { Amount = part.Amount + before.Parts[^1].Amount };
        else before.Parts.Add(part);
        months[key] = (before.Line with { Amount = before.Line.Amount + line.Amount, Steps = [.. before.Line.Steps, .. line.Steps] }, before.Parts);
    }
}
