namespace ContributionEngine.Core;

/// <summary>What is looked at together when a collection is judged: a season, or where a term has none, a period.</summary>
/// <param name="Name">Of the season; of a period its first month as <c>yyyy-MM</c>.</param>
/// <param name="Months">Every month that it covers, in order.</param>
/// <param name="IsZoned">Only members of some zones are in it.</param>
public sealed record SeasonSpan(string Name, IReadOnlyList<Period> Months, bool IsZoned)
{
    /// <summary>First day, inside.</summary>
    public DateOnly From => Months[0].First;

    /// <summary>Last day, inside.</summary>
    public DateOnly To => Months[^1].Last;

    /// <summary>The span that a period of the agreement belongs to. Seasons of one term that share a month, such as those of two zones, are one span.</summary>
    public static SeasonSpan Of(Agreement agreement, Period period)
    {
        List<Period> months = [.. MonthsOf(period)];
        var spans = agreement.Terms.Where(term => period.Touches(term.Start, term.End)).SelectMany(term => Of(term.Seasons));
        return spans.FirstOrDefault(span => span.Months.Any(months.Contains)) ?? new SeasonSpan(period.ToString(), months, false);
    }

    private static List<SeasonSpan> Of(IReadOnlyList<Season> seasons)
    {
        var spans = new List<SeasonSpan>();
        foreach (var season in seasons)
        {
            List<Period> months = [.. MonthsOf(season.From with { Months = MonthCount(season) }), .. season.AlsoCovers];
            var shared = spans.FindAll(span => span.Months.Any(months.Contains));
            _ = spans.RemoveAll(shared.Contains);
            string[] names = [.. shared.Select(span => span.Name), season.Name];
            spans.Add(new SeasonSpan(string.Join(" / ", names.Distinct()), [.. shared.SelectMany(span => span.Months).Concat(months).Distinct().Order()], season.Zone is not null || shared.Exists(span => span.IsZoned)));
        }

        return spans;
    }

    private static int MonthCount(Season season) => ((season.To.First.Year - season.From.First.Year) * 12) + season.To.First.Month - season.From.First.Month + 1;

    private static IEnumerable<Period> MonthsOf(Period period) => Enumerable.Range(0, period.Months).Select(i => new Period(period.First.AddMonths(i), 1));
}
