using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What the members of an agreement owe and have not paid, by days since it was due.</summary>
/// <param name="Bands">One for each of <see cref="AgedArrears.Bands"/>.</param>
/// <param name="LateMembers">How many owe something that was due before the day.</param>
/// <param name="OldestDue">When the oldest of it was due; null when nothing is owed.</param>
public sealed record AgreementArrears(string Agreement, string Organisation, IReadOnlyList<Money> Bands, long LateMembers, DateOnly? OldestDue)
{
    public Money Total => Bands.Aggregate((one, other) => one + other);

    /// <summary>Without what is not due yet.</summary>
    public Money Late => Bands.Skip(1).Aggregate((one, other) => one + other);
}

/// <summary>Arrears by age.</summary>
/// <param name="Agreements">Those that owe something, the most late first.</param>
public sealed record AgedArrears(DateOnly Day, IReadOnlyList<AgreementArrears> Agreements) : Report(Day)
{
    /// <summary>Not due, then by days late.</summary>
    public static readonly string[] Bands = ["not_due", "days_1_30", "days_31_60", "days_61_90", "days_91_180", "days_over_180"];

    public override ReportTable Table => ReportTable.Of(Agreements,
    [
        ("agreement", row => row.Agreement), ("organisation", row => row.Organisation), ("currency", row => row.Total.Currency.Code),
        .. Bands.Select((name, i) => (name, (Func<AgreementArrears, object?>)(row => row.Bands[i]))),
        ("late", row => row.Late), ("total", row => row.Total), ("late_members", row => row.LateMembers), ("oldest_due", row => row.OldestDue),
    ]);

    public override ReportFigure Draw(Phrases phrases)
    {
        var text = new ChartText(Reports.Ageing, phrases.Say("reports.ageing.title"));
        List<string> bands = [.. Bands.Select(band => phrases.Word("reports.band", band))];
        var svg = Agreements is [var only]
            ? new BarChart(text, [.. only.Bands.Select((amount, i) => new Bar(bands[i], phrases.Amount(amount), amount.Minor))]).Svg()
            : new StackedChart(text, bands, [.. Agreements.Take(ChartRowsMax).Select(row => new Stack($"{row.Agreement} {row.Organisation}", phrases.Amount(row.Total), [.. row.Bands.Select(amount => amount.Minor)]))]).Svg();
        return new ReportFigure(text.Title, Finding(phrases), svg);
    }

    private string Finding(Phrases phrases)
    {
        if (Agreements.Count == 0) return phrases.Say("reports.ageing.none", Day);
        List<AgreementArrears> late = [.. Agreements.Where(row => row.LateMembers > 0)];
        return late.Count == 0
            ? phrases.Say("reports.ageing.not_late", phrases.Sums(Agreements.Select(row => row.Total)))
            : phrases.Say("reports.ageing.late", late.Sum(row => row.LateMembers), phrases.Sums(late.Select(row => row.Late)), late.Min(row => row.OldestDue));
    }

    internal static async Task<AgedArrears> Of(AskedAgreements asked)
    {
        var found = new List<AgreementArrears>();
        foreach (var (at, agreements) in asked.ByMoment)
        {
            var byId = agreements.ToDictionary(one => one.Id);
            found.AddRange((await asked.Work.Arrears.Of(byId.Keys, at.Day)).Select(row => Row(byId[row.AgreementId], row)));
        }

        return new AgedArrears(asked.Today.Day, [.. found.OrderByDescending(one => one.Late.Minor).ThenBy(one => one.Agreement, StringComparer.Ordinal)]);
    }

    private static AgreementArrears Row(StoredAgreement agreement, OwedByAge owed)
    {
        long[] bands = [owed.NotDue, owed.Days30, owed.Days60, owed.Days90, owed.Days180, owed.Older];
        return new AgreementArrears(agreement.Number, agreement.Agreement.Organisation.Name, [.. bands.Select(minor => new Money(minor, agreement.Currency))], owed.LateMembers, owed.OldestDue);
    }
}
