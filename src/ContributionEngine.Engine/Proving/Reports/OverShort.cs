using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What an organisation should have paid for its remittances, and what the bank shows: payable - paid = awaited + short - over.</summary>
/// <param name="Awaited">Of remittances for which nothing has come yet.</param>
/// <param name="Short">What is missing where a part has come.</param>
/// <param name="Over">What came above what was payable.</param>
public sealed record OrganisationPayments(string Organisation, string Name, long Remittances, Money Payable, Money Paid)
{
    public required Money Awaited { get; init; }

    public required Money Short { get; init; }

    public required Money Over { get; init; }
}

/// <summary>Over and short by organisation and currency: payable against paid, remittance by remittance.</summary>
/// <param name="Organisations">The one that is most short or over first.</param>
public sealed record OverShort(DateOnly Day, IReadOnlyList<OrganisationPayments> Organisations) : Report(Day)
{
    public override ReportTable Table => ReportTable.Of(Organisations,
        ("organisation", row => row.Organisation), ("name", row => row.Name), ("remittances", row => row.Remittances), ("currency", row => row.Payable.Currency.Code), ("payable", row => row.Payable),
        ("paid", row => row.Paid), ("awaited", row => row.Awaited), ("short", row => row.Short), ("over", row => row.Over));

    public override ReportFigure Draw(Phrases phrases)
    {
        var text = new ChartText(Reports.OverShort, phrases.Say("reports.over-short.title"));
        var chart = new TwoSidedChart(text, (phrases.Say("reports.over-short.short"), phrases.Say("reports.over-short.over")),
            [.. Organisations.Take(ChartRowsMax).Select(row => new TwoSided(row.Name, row.Short.Minor, Value(row.Short), row.Over.Minor, Value(row.Over)))]);
        return new ReportFigure(text.Title, Finding(phrases), chart.Svg());

        string Value(Money amount) => amount.IsZero ? "" : phrases.Amount(amount);
    }

    private string Finding(Phrases phrases)
    {
        if (Organisations.Count == 0) return phrases.Say("reports.over-short.none");
        return Organisations.All(row => row.Payable == row.Paid && row.Short.IsZero)
            ? phrases.Say("reports.over-short.even")
            : phrases.Say("reports.over-short.some", phrases.Sums(Organisations.Select(row => row.Short)), phrases.Sums(Organisations.Select(row => row.Over)), phrases.Sums(Organisations.Select(row => row.Awaited)));
    }

    internal static async Task<OverShort> Of(AskedAgreements asked)
    {
        var rows = new List<PaidOfOrganisation>();
        foreach (var (at, agreements) in asked.ByMoment) rows.AddRange(await asked.Work.RemittanceTimes.Paid(agreements.Select(one => one.Id), at.Instant));
        return new OverShort(asked.Today.Day,
        [
            .. from row in rows
               group row by (row.Organisation, row.Name, row.Currency) into same
               let one = Sum(same)
               orderby one.Short.Minor + one.Over.Minor descending, one.Organisation
               select one,
        ]);
    }

    // An organisation whose agreements have different time zones comes in parts.
    private static OrganisationPayments Sum(IGrouping<(string Organisation, string Name, string Currency), PaidOfOrganisation> same)
    {
        var currency = Currency.Of(same.Key.Currency).Value;
        return new OrganisationPayments(same.Key.Organisation, same.Key.Name, same.Sum(row => row.Remittances), Of(row => row.Payable), Of(row => row.Paid))
        {
            Awaited = Of(row => row.Awaited), Short = Of(row => row.Missing), Over = Of(row => row.Surplus),
        };

        Money Of(Func<PaidOfOrganisation, long> minor) => new(same.Sum(minor), currency);
    }
}
