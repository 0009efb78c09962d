using ContributionEngine.Core;
using ContributionEngine.Files;

namespace ContributionEngine.Engine;

/// <summary>Collected and not yet remitted, by agreement.</summary>
public sealed record CustodyByAge(DateOnly Day, IReadOnlyList<AgedCustody> Agreements) : Report(Day)
{
    public override ReportTable Table => ReportTable.Of(Agreements.SelectMany(one => one.Bands.Select(part => (One: one, By: "days", Part: part)).Concat(one.Reasons.Select(part => (One: one, By: "reason", Part: part)))),
        ("agreement", row => row.One.Agreement), ("currency", row => row.One.Total.Currency.Code), ("as_of", row => row.One.AsOf), ("by", row => row.By), ("name", row => row.Part.Name),
        ("amount", row => row.Part.Amount), ("members", row => row.Part.Members), ("oldest", row => row.Part.Oldest));

    public override ReportFigure Draw(Phrases phrases)
    {
        var (say, text) = (phrases.Say, new ChartText(Reports.Custody, phrases.Say("reports.custody.title")));
        var held = Agreements.Where(one => !one.Total.IsZero).ToList();
        var finding = held.Count == 0 ? say("reports.custody.none") : say("reports.custody.some", held.Sum(one => one.Members), phrases.Sums(held.Select(one => one.Total)), held.Select(one => one.Oldest).Min());
        var svg = Agreements is [var only]
            ? new BarChart(text, [.. only.Bands.Select(band => new Bar(Band(phrases, band), Value(phrases, band), band.Amount.Minor))]).Svg()
            : new StackedChart(text, [.. AgeCustody.Bands.Select(band => phrases.Word("reports.days", band))], [.. held.OrderByDescending(one => one.Total.Minor).Take(ChartRowsMax).Select(one => new Stack(one.Agreement, phrases.Amount(one.Total), [.. one.Bands.Select(band => band.Amount.Minor)]))]).Svg();
        return new ReportFigure(text.Title, finding, svg);
    }

    private static string Band(Phrases phrases, CustodyPart band) => phrases.Word("reports.days", band.Name);

    private static string Value(Phrases phrases, CustodyPart band) => band.Amount.IsZero ? phrases.Amount(band.Amount) : $"{phrases.Amount(band.Amount)}, {phrases.Say("reports.members", band.Members)}";

    internal static async Task<CustodyByAge> Of(AskedAgreements asked)
    {
        var aged = new List<AgedCustody>();
        foreach (var (agreement, at) in asked.All) aged.Add(await AgeCustody.Of(asked.Work, agreement, at));
        return new CustodyByAge(asked.Today.Day, aged);
    }
}
