using System.Globalization;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Season;

/// <summary>What a scheme's page says, written down a second time: amounts of a month, and the day on which it falls due.</summary>
/// <param name="Amounts">Components of a month in the page's order: name, payer, collected or not, amount in minor units.</param>
/// <param name="Due">Due day of a month, given as its first day.</param>
/// <param name="Windows">Empty: every month of the year.</param>
internal sealed record Rules(Func<Person, DateOnly, IEnumerable<(string Component, string Payer, bool Collected, long Minor)>> Amounts, Func<DateOnly, DateOnly> Due, IReadOnlyList<SeasonDraft> Windows, int Year)
{
    /// <summary>Interest on one amount owed, of its late parts in minor units with the whole months that each was late.</summary>
    public Func<IEnumerable<(long Minor, int Months)>, long> Late { get; init; } = _ => 0;

    private static readonly HashSet<DateOnly> CostaRica = Days("2021-01-01 2021-04-01 2021-04-02 2021-05-03 2021-07-26 2021-09-13 2021-11-29 2021-12-25 2022-01-01");

    private static readonly HashSet<DateOnly> Philippines = Days("2025-01-01 2025-04-01 2025-04-09 2025-04-17 2025-04-18 2025-05-01 2025-06-06 2025-06-12 2025-08-21 2025-08-25 2025-10-31 2025-12-08 2025-12-24 2025-12-25 2025-12-30 2025-12-31");

    private static readonly (decimal From, decimal Sem, decimal Ivm)[] Scale = [(0, 2.89m, 3.83m), (297_045, 4.33m, 5.32m), (639_150, 6.24m, 7.20m), (1_278_299, 8.02m, 7.65m), (1_917_448, 10.69m, 8.09m)];

    /// <summary>cr-convenio-2021 with payment day 15; <paramref name="presumptive"/> replaces what members declare.</summary>
    /// <param name="interest">Percent per whole month, simple.</param>
    public static Rules CostaRica2021(decimal? presumptive, IReadOnlyList<SeasonDraft> windows, int interest) => new(
        (person, month) => Convenio(presumptive ?? Number(person.DeclaredIncome), person.Flags.Length > 0 || IsPartial(person, month)),
        month => WorkingDay(month.AddMonths(1).AddDays(14), 1, CostaRica),
        windows,
        2021)
    {
        Late = interest == 0 ? _ => 0 : late => Colones(late.Sum(part => part.Minor * part.Months) * (decimal)interest / 10_000),
    };

    /// <summary>ph-group-2025, monthly, with 1.5 % compounded on what is late.</summary>
    public static Rules Philippines2025() => new(
        (person, _) => [("premium", "member", true, (long)Math.Round(5m * (person.Flags == "no_income_proof" ? 100_000 : Math.Clamp(Number(person.DeclaredIncome), 10_000, 100_000)), MidpointRounding.AwayFromZero))],
        month => WorkingDay(month.AddMonths(1).AddDays(-1), -1, Philippines),
        [],
        2025)
    {
        Late = late => (long)Math.Round(late.Sum(part => part.Minor * (Enumerable.Repeat(1.015m, part.Months).Aggregate(1m, (product, factor) => product * factor) - 1)), MidpointRounding.AwayFromZero),
    };

    public static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    // The class goes by the income before the floor; each part is rounded half up to the whole colon; the State pays the rest of 10.66 %.
    private static IEnumerable<(string, string, bool, long)> Convenio(decimal income, bool waived)
    {
        var (_, semPercent, ivmPercent) = Scale.Last(row => income >= row.From);
        var ivmBase = waived ? income : Math.Max(income, 276_587);
        var sem = Colones(semPercent * (waived ? income : Math.Max(income, 295_503)) / 100);
        var ivm = Colones(ivmPercent * ivmBase / 100);
        return [("sem", "member", true, sem), ("ivm", "member", true, ivm), ("ivm-state", "state", false, Colones(10.66m * ivmBase / 100) - ivm)];
    }

    private static long Colones(decimal amount) => (long)Math.Round(amount, MidpointRounding.AwayFromZero) * 100;

    private static bool IsPartial(Person person, DateOnly month) =>
        Day(person.EnrolledFrom) > month || (person.EnrolledTo.Length > 0 && Day(person.EnrolledTo) < month.AddMonths(1).AddDays(-1));

    private static DateOnly WorkingDay(DateOnly day, int step, HashSet<DateOnly> holidays)
    {
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || holidays.Contains(day)) day = day.AddDays(step);
        return day;
    }

    private static HashSet<DateOnly> Days(string days) => [.. days.Split(' ').Select(Day)];
}
