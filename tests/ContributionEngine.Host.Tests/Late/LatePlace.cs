using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Late;

/// <summary>
/// Ana owes one month, January 2021: sem 17,320.00 and ivm 21,280.00, due on Monday 15 February 2021. Late, each costs 1 % simple per
/// whole month, rounded to the colon: 173.20 is 173, and 212.80 is 213.
/// </summary>
internal static class LatePlace
{
    public const string Number = "CR-2021-014";

    private static readonly Lazy<Task<Workplace>> Once = new(async () =>
    {
        var place = new Workplace();
        place.Write("fund.json", new FundBehaviour().Json);
        await place.Begin(Coffee("400000"), [Members.Pickers[0]]);
        return Prepared.Keep(place);
    });

    /// <summary>One month of the coffee agreement, with interest on what is late.</summary>
    public static AgreementDraft Coffee(string? presumptiveIncome) => Agreements.Coffee(presumptiveIncome) with
    {
        Seasons = [new SeasonDraft("enero 2021", null, "2021-01", "2021-01")],
        Parameters = new Dictionary<string, string>(Agreements.Coffee(presumptiveIncome).Parameters) { ["late_interest_percent_per_month"] = "1" },
        FundSettings = "fund.json",
    };

    public static async Task<Workplace> January() => (await Once.Value).Copy();

    /// <summary>A writing command that changes nothing by itself brings the agreement to a day.</summary>
    public static Task<Answer> BringTo(this Workplace place, string day) => place.Ok($"schedule generate --agreement {Number} --as-of {day}");

    /// <summary>Sends one file with these payments of Ana: day, then amount.</summary>
    public static async Task Pay(this Workplace place, string asOf, params (string Day, string Amount)[] payments)
    {
        place.Write("paid.csv", Receipts.Csv(payments.Select((paid, i) => new Paid($"R-{paid.Day}-{i}", "A001", paid.Day, paid.Amount))));
        await place.Ok($"upload submit paid.csv --agreement {Number} --as-of {asOf}");
    }

    /// <summary>Every late charge in the order of its making.</summary>
    public static async Task<string> Charges(this Workplace place, params string[] columns) =>
        string.Join(", ", (await place.Export("obligations")).Where("class", "interest").Of(columns.Length > 0 ? columns : ["component", "amount", "reduced", "allocated"]));

    /// <summary>What stands of the charges of a component: their amounts less their reductions.</summary>
    public static async Task<decimal> Standing(this Workplace place, string component)
    {
        var charges = (await place.Export("obligations")).Where("class", "interest").Where("component", component);
        return charges.Sum("amount") - charges.Sum("reduced");
    }
}
