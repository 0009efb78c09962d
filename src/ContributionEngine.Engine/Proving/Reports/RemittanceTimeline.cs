using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>How many days after its cut a remittance came how far; null: not yet.</summary>
/// <param name="Cutoff">The moment that it was cut as of.</param>
/// <param name="Delivered">Days from sealing to the fund's having it.</param>
/// <param name="Acknowledged">Days from sealing to the fund's answer.</param>
/// <param name="Paid">Days from the cut-off to the bank's day of the last payment.</param>
/// <param name="Settled">The most of the three, once it is settled.</param>
public sealed record TimedRemittance(string Agreement, string Remittance, DateTimeOffset Cutoff, DateOnly CutOn, Money Payable, long? Delivered, long? Acknowledged, long? Paid, long? Settled);

/// <summary>A step of the way, and in how many days it was reached.</summary>
/// <param name="Count">How many remittances have reached it.</param>
/// <param name="MedianDays">Half of them no later.</param>
/// <param name="MostDays">Nine of ten no later.</param>
public sealed record StepLag(string Step, long Count, long? MedianDays, long? MostDays);

/// <summary>From the cut to the settled remittance.</summary>
/// <param name="Remittances">The newest first, at most <see cref="RemittancesMax"/>.</param>
public sealed record RemittanceTimeline(DateOnly Day, IReadOnlyList<TimedRemittance> Remittances) : Report(Day)
{
    /// <summary>How many remittances are looked at, the newest ones.</summary>
    public const int RemittancesMax = 200;

    /// <summary>How many of them are drawn.</summary>
    private const int WaysMax = 8;

    private const int Half = 50;
    private const int NineOfTen = 90;

    /// <summary>The steps in their order.</summary>
    public static readonly (string Name, Func<TimedRemittance, long?> Days)[] Steps =
        [("delivered", row => row.Delivered), ("acknowledged", row => row.Acknowledged), ("paid", row => row.Paid), ("settled", row => row.Settled)];

    public IReadOnlyList<StepLag> Lags =>
    [
        .. from step in Steps
           let days = Remittances.Select(step.Days).OfType<long>().ToList()
           select new StepLag(step.Name, days.Count, Shares.Ranked(days, Half), Shares.Ranked(days, NineOfTen)),
    ];

    public override ReportTable Table => ReportTable.Of(Remittances,
    [
        ("agreement", row => row.Agreement), ("remittance", row => row.Remittance), ("cut_on", row => row.CutOn), ("currency", row => row.Payable.Currency.Code), ("payable", row => row.Payable),
        .. Steps.Select(step => ($"{step.Name}_days", (Func<TimedRemittance, object?>)(row => step.Days(row)))),
    ]);

    public override ReportTable Summary => ReportTable.Of(Lags, ("step", row => row.Step), ("count", row => row.Count), ("median_days", row => row.MedianDays), ("p90_days", row => row.MostDays));

    public override ReportFigure Draw(Phrases phrases)
    {
        var text = new ChartText(Reports.Timeline, phrases.Say("reports.timeline.title"));
        List<TimedRemittance> shown = [.. Remittances.Take(WaysMax).Reverse()];
        var longest = shown.SelectMany(row => Steps.Select(step => step.Days(row))).Max() ?? 0;
        var chart = new StepChart(text, [.. Steps.Select(step => phrases.Word("state", step.Name))], (phrases.Say("reports.timeline.cut"), phrases.Say("reports.count_days", Math.Max(1, longest))),
            [.. shown.Select(row => new Way(phrases.Say("reports.timeline.way", row.CutOn, row.Remittance), Furthest(phrases, row), [.. Steps.Select(step => step.Days(row))]))]);
        return new ReportFigure(text.Title, Finding(phrases), chart.Svg());
    }

    private string Finding(Phrases phrases)
    {
        if (Remittances.Count == 0) return phrases.Say("reports.timeline.none");
        return Lags[^1] is { MedianDays: { } median, MostDays: { } most } settled
            ? phrases.Say("reports.timeline.settled", settled.Count, (long)Remittances.Count, median, most)
            : phrases.Say("reports.timeline.unsettled", (long)Remittances.Count);
    }

    private static string Furthest(Phrases phrases, TimedRemittance row)
    {
        foreach (var step in Steps.Reverse())
        {
            if (step.Days(row) is { } days) return $"{phrases.Word("state", step.Name)} · {phrases.Say("reports.count_days", days)}";
        }

        return phrases.Word("state", "sealed");
    }

    internal static async Task<RemittanceTimeline> Of(AskedAgreements asked)
    {
        var found = new List<TimedRemittance>();
        foreach (var (at, agreements) in asked.ByMoment)
        {
            var byId = agreements.ToDictionary(one => one.Id);
            found.AddRange((await asked.Work.RemittanceTimes.Of(byId.Keys, at.Instant, RemittancesMax)).Select(row => Timed(byId[row.AgreementId], row)));
        }

        return new RemittanceTimeline(asked.Today.Day, [.. found.OrderByDescending(one => one.Cutoff).Take(RemittancesMax)]);
    }

    // A cut may be as of a day long ago: what this program did is counted from the sealing, and what the bank did from the cut-off.
    private static TimedRemittance Timed(StoredAgreement agreement, RemittanceTime time)
    {
        var cut = AsOf.DayIn(time.Cutoff, agreement.Agreement);
        var (delivered, acknowledged) = (Since(time.DeliveredAt), Since(time.AcknowledgedAt));
        long? paid = time.PaidOn is { } day ? day.DayNumber - cut.DayNumber : null;
        long? settled = time.SettledAt is null ? null : new[] { delivered, acknowledged, paid }.Max();
        return new TimedRemittance(agreement.Number, time.Number, time.Cutoff, cut, new Money(time.Payable, agreement.Currency), delivered, acknowledged, paid, settled);

        long? Since(DateTimeOffset? reached) => reached is { } instant ? AsOf.DayIn(instant, agreement.Agreement).DayNumber - AsOf.DayIn(time.SealedAt, agreement.Agreement).DayNumber : null;
    }
}
