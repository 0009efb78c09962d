using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>How many members an agreement had in a season, and for how many of them something was paid of it.</summary>
public sealed record CoveredSeason(string Agreement, string Organisation, SeasonSpan Season, long Active, long Covered)
{
    /// <summary>With one decimal, cut.</summary>
    public Ratio? Percent => Shares.Percent(Covered, Active);
}

/// <summary>Members with at least one contribution in the season, of all who were enrolled in it.</summary>
/// <param name="Seasons">Of one agreement its newest seasons, the oldest first; of several the newest season of each.</param>
public sealed record Coverage(DateOnly Day, IReadOnlyList<CoveredSeason> Seasons) : Report(Day)
{
    public override ReportTable Table => ReportTable.Of(Seasons,
        ("agreement", row => row.Agreement), ("organisation", row => row.Organisation), ("season", row => row.Season.Name), ("from", row => row.Season.From), ("to", row => row.Season.To),
        ("active", row => row.Active), ("covered", row => row.Covered), ("percent", row => row.Percent));

    public override ReportFigure Draw(Phrases phrases)
    {
        var text = new ChartText(Reports.Coverage, phrases.Say("reports.coverage.title"));
        var isOne = Seasons.Select(row => row.Agreement).Distinct().Count() <= 1;
        var shown = isOne ? Seasons : [.. Seasons.Where(row => row.Active > 0).OrderBy(row => Shares.Tenths(row.Covered, row.Active)).Take(ChartRowsMax)];
        var finding = Seasons.Count == 0 ? phrases.Say("reports.coverage.none", Day)
            : isOne ? phrases.Say("reports.coverage.one", Seasons[^1].Active, Seasons[^1].Covered, phrases.Month(Seasons[^1].Season.Name))
            : phrases.Say("reports.coverage.all", Seasons.Sum(row => row.Active), Seasons.Sum(row => row.Covered));
        return new ReportFigure(text.Title, finding, new BarChart(text, [.. shown.Select(row => new Bar(isOne ? phrases.Month(row.Season.Name) : $"{row.Agreement} {row.Organisation}",
            $"{phrases.Percent(row.Percent)} · {phrases.Say("reports.of", row.Covered, row.Active)}", Shares.Tenths(row.Covered, row.Active)))]) { Full = Shares.Whole }.Svg());
    }

    internal static async Task<Coverage> Of(AskedAgreements asked)
    {
        var planned = await PlannedSpans.Of(asked);
        List<(StoredAgreement Agreement, PlannedSpan Span)> spans = [.. planned.SelectMany(one => one.Spans.TakeLast(asked.IsAll ? 1 : CollectionRate.SeasonsMax).Select(span => (one.Agreement, span)))];
        var counted = new Dictionary<(long, DateOnly), CoveredMembers>();
        foreach (var same in spans.GroupBy(one => (Periods: string.Join(' ', one.Span.Periods), one.Span.Season.From, one.Span.Season.To, one.Span.Season.IsZoned)))
        {
            var question = new CoverageQuestion([.. same.Select(one => one.Agreement.Id)], same.First().Span.Periods, same.Key.From, Earlier(same.Key.To, asked.Today.Day), same.Key.IsZoned);
            foreach (var row in await asked.Work.CollectedMoney.Covered(question)) counted[(row.AgreementId, same.Key.From)] = row;
        }

        return new Coverage(asked.Today.Day, [.. spans.Select(one => Row(one.Agreement, one.Span.Season, counted.GetValueOrDefault((one.Agreement.Id, one.Span.Season.From))))]);
    }

    private static CoveredSeason Row(StoredAgreement agreement, SeasonSpan season, CoveredMembers? counted) =>
        new(agreement.Number, agreement.Agreement.Organisation.Name, season, counted?.Active ?? 0, counted?.Covered ?? 0);

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;
}
