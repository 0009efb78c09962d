using System.Globalization;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Season;

/// <summary>A treasurer's file of the sample.</summary>
internal sealed record SentFile(string Name, string AsOf, IReadOnlyList<Paid> Rows, bool IsSpanish = false, bool HoldUnknown = false);

/// <summary>People and payments of a season, made from a seed: the same seed gives the same season.</summary>
internal sealed class SeasonSample
{
    private static readonly string[] Edges = ["0", "0.01", "276587", "295503", "297044.99", "297045", "639149.99", "639150", "1278299", "1917447.99", "1917448", "2500000"];

    private readonly Random random;
    private int receipts;

    public SeasonSample(int seed) => random = new Random(seed);

    /// <summary>Costa Rican pickers: two zones and none, joiners and leavers inside a month, flags, incomes at every edge of the scale.</summary>
    public IReadOnlyList<Person> Pickers(int count) => [.. Enumerable.Range(1, count).Select(i => (i, Days: Enrolled())).Select(who => Picker(who.i, who.Days))];


    /// <summary>New incomes from a day on, for some of those who are enrolled by then.</summary>
    public IReadOnlyList<Person> Raises(IReadOnlyList<Person> people, string from) =>
        [.. people.Where(person => random.Next(8) == 0 && string.CompareOrdinal(person.EnrolledFrom, from) < 0).Select(person => person with { DeclaredIncome = Income(100_000, 2_000_000), ValidFrom = from })];

    /// <summary>Philippine vendors: declared incomes below the floor, above the ceiling and between.</summary>
    public IReadOnlyList<Person> Vendors(int count) => [.. Enumerable.Range(1, count).Select(i => new Person($"V{i:D4}", $"{i:D2}-{100_000_000 + i}-{i % 9}", $"Vendor {i}", random.Next(5) == 0 ? "2025-03-10" : "2024-06-01", random.Next(6) == 0 ? "2025-08-20" : "")
    {
        DeclaredIncome = Income(4_000, 150_000),
        Flags = random.Next(12) == 0 ? "no_income_proof" : "",
    })];

    /// <summary>
    /// What members bring in one month: most of it in full, some short, above, in two parts, naming a month or a component, and
    /// now and then somebody whom nobody knows.
    /// </summary>
    /// <param name="people">The members.</param>
    /// <param name="month">Month of the payments, such as <c>2021-02</c>, and the latest day of them.</param>
    /// <param name="owed">What a member owes for a month, by component; nothing: she pays something all the same.</param>
    /// <param name="share">How many of a hundred members pay.</param>
    public List<Paid> Month(IEnumerable<Person> people, (string Name, int LastDay) month, Func<Person, IReadOnlyList<(string Component, decimal Amount)>> owed, int share = 95)
    {
        var rows = new List<Paid>();
        foreach (var person in people.Where(_ => random.Next(100) < share))
        {
            var parts = owed(person);
            if (parts.Count == 0) parts = [("", 5_000m)];
            rows.AddRange(Payments(person.MemberNo, month.Name, parts).Select(paid => Row(paid.Member, $"{month.Name}-{1 + random.Next(month.LastDay):D2}", paid)));
        }

        return rows;
    }

    private IEnumerable<(string Member, decimal Amount, string Period, string Component)> Payments(string member, string month, IReadOnlyList<(string Component, decimal Amount)> parts)
    {
        var whole = parts.Sum(part => part.Amount);
        return random.Next(100) switch
        {
            < 8 => [(member, Math.Max(1, Math.Floor(whole / 2)), "", "")],
            < 16 => [(member, whole * 2 + 0.37m, "", "")],
            < 20 => [(member, whole * 3, "", "")],
            < 34 => [(member, Math.Max(0.01m, whole - 1000m), "", ""), (member, 1000m, "", "")],
            < 42 => [(member, whole, NamedMonth(month), "")],
            < 48 => [.. parts.Reverse().Select(part => (member, part.Amount, random.Next(2) == 0 ? month : "", part.Component))],
            < 50 => [($"X{random.Next(100, 999)}", whole, "", "")],
            _ => [(member, whole, "", "")],
        };
    }

    private Paid Row(string member, string day, (string Member, decimal Amount, string Period, string Component) paid) =>
        new($"R{++receipts:D5}", member, day, paid.Amount.ToString("0.00", CultureInfo.InvariantCulture), paid.Period, paid.Component);

    private string NamedMonth(string month) => $"{month[..4]}-{1 + random.Next(12):D2}";

    private string Income(int from, int to) => (random.Next(from * 100, to * 100) / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    private (string From, string To) Enrolled() => random.Next(14) switch
    {
        0 => ("2021-02-10", ""),
        1 => ("2021-03-31", ""),
        2 => ("2021-11-02", ""),
        3 => ("2021-01-01", "2021-03-15"),
        4 => ("2021-01-01", "2021-02-28"),
        5 => ("2020-06-15", "2021-11-30"),
        6 => ("2021-02-10", "2021-02-20"),
        < 10 => ("2020-06-15", ""),
        _ => ("2021-01-01", ""),
    };

    private Person Picker(int i, (string From, string To) days) => new($"C{i:D4}", $"{1 + (i % 7)}-{i:D4}-{9999 - i:D4}", $"Picker {i}", days.From, days.To)
    {
        DeclaredIncome = i <= Edges.Length ? Edges[i - 1] : Income(50_000, 2_400_000),
        Zone = random.Next(10) switch { < 5 => "norte", < 9 => "sur", _ => "" },
        Flags = random.Next(20) switch { 0 => "also_employed", 1 => "partial_month", 2 => "leave_over_15_days", _ => "" },
    };
}
