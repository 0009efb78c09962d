using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Packs;

/// <summary>Two vendors at 5 %: July is paid by both and remitted, August is paid by V1 and waits, and a version with another rate from July is there.</summary>
internal static class RateChange
{
    private static readonly Lazy<Task<Workplace>> Accepted = new(() => Make(new FundBehaviour()));

    public static IReadOnlyList<Person> Vendors { get; } =
    [
        new("V1", "P-1", "Vera Uno", "2025-01-01") { DeclaredIncome = "10000" },
        new("V2", "P-2", "Vic Dos", "2025-01-01") { DeclaredIncome = "20000" },
    ];

    /// <summary>The version is added and the schedule is still the one before.</summary>
    public static async Task<Workplace> Remitted(string percent, FundBehaviour? fund = null)
    {
        var place = (await (fund is null ? Accepted.Value : Make(fund))).Copy();
        place.Write("new.json", PackFiles.VendorsFromJuly("2025-2", percent));
        await place.Ok("pack add new.json");
        return place;
    }

    /// <summary>The schedule follows the added version.</summary>
    public static async Task<Workplace> ReRated(string percent)
    {
        var place = await Remitted(percent);
        await place.Ok("schedule generate --agreement PH-2025-007 --as-of 2025-08-31");
        return place;
    }

    public static async Task Pay(Workplace place, params Paid[] rows)
    {
        place.Write("paid.csv", Receipts.Csv(rows));
        await place.Ok("upload submit paid.csv --agreement PH-2025-007 --as-of 2025-09-15");
    }

    private static async Task<Workplace> Make(FundBehaviour fund)
    {
        var place = Prepared.Keep(new Workplace());
        place.Write("fund.json", fund.Json);
        await place.Begin(Agreements.Vendors() with { FundSettings = "fund.json" }, Vendors);
        place.Write("july.csv", Receipts.Csv(new("R1", "V1", "2025-07-10", "500.00", "2025-07"), new("R2", "V2", "2025-07-10", "1000.00", "2025-07")));
        await place.Ok("upload submit july.csv --agreement PH-2025-007 --as-of 2025-07-31");
        (await place.Run("settlement run --agreement PH-2025-007 --as-of 2025-07-31")).Exits(0, 3);
        place.Write("august.csv", Receipts.Csv(new Paid("R3", "V1", "2025-08-10", "500.00", "2025-08")));
        await place.Ok("upload submit august.csv --agreement PH-2025-007 --as-of 2025-08-31");
        return place;
    }
}
