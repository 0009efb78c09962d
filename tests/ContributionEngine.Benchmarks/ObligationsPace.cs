using System.Diagnostics;
using ContributionEngine.Core;

namespace ContributionEngine.Benchmarks;

/// <summary>
/// Working out obligations, every enrolment with an income of its own, against a bare loop that multiplies and rounds two 64-bit
/// amounts for each. On one core and in turn, the best round of each, so that noise hits both alike. The State's share is worked
/// out too and not counted.
/// </summary>
internal static class ObligationsPace
{
    private const int Enrolments = 100_000;
    private const int Months = 12;
    private const int Components = 2;
    private const int Rounds = 15;
    private const double Floor = 0.05;

    private static readonly (DateOnly From, DateOnly? To, IReadOnlyList<MemberEvent> Events) Enrolled = (new(2021, 1, 1), null, []);

    public static async IAsyncEnumerable<Measured> Run()
    {
        await Task.CompletedTask;
        var pack = PackLibrary.Find("cr-convenio-2021").Value;
        var agreement = AgreementFile.Read(Cooperative.Declared).Value;
        var members = Enumerable.Range(0, Enrolments).Select(i => new[] { new DatedFacts(new DateOnly(2021, 1, 1), new MemberFacts { DeclaredIncome = Cooperative.IncomeOf(i) }) }).ToArray();
        var incomes = Enumerable.Range(0, Enrolments).Select(i => Cooperative.IncomeOf(i) * 100L).ToArray();
        var (ours, bare) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            bare = Shorter(bare, () => Bare(incomes, Rates(), 100 * 10_000));
            ours = Shorter(ours, () => Planned(pack, agreement, members));
        }

        const int obligations = Enrolments * Months * Components;
        yield return new Measured(
            $"obligations, {Enrolments:N0} enrolments x {Months} periods x {Components} components against multiplying and rounding two amounts for each",
            $"engine {ours.TotalNanoseconds / obligations:0} ns, loop {bare.TotalNanoseconds / obligations:0.0} ns for an obligation, best of {Rounds}",
            bare / ours, Bound.AtLeast(Floor, "of the loop's pace"));
    }

    private static TimeSpan Shorter(TimeSpan known, Func<long> work)
    {
        GC.Collect();
        var began = Stopwatch.GetTimestamp();
        if (work() == 0) throw new InvalidOperationException("Nothing was worked out.");
        var took = Stopwatch.GetElapsedTime(began);
        return took < known ? took : known;
    }

    private static long Planned(Pack pack, Agreement agreement, DatedFacts[][] members)
    {
        var (sum, count) = (0L, 0);
        var schedule = new MemberSchedule(pack, agreement, explain: false);
        var owed = new List<OwedPeriod>();
        foreach (var member in members)
        {
            owed.Clear();
            if (schedule.Of(member, Enrolled, owed) is { } fault) throw new InvalidOperationException(fault.Detail);
            foreach (var period in owed) sum += OfMember(period, ref count);
        }

        return count == Enrolments * Months * Components ? sum : throw new InvalidOperationException($"{count} obligations were worked out.");
    }

    private static long OfMember(OwedPeriod period, ref int count)
    {
        var sum = 0L;
        foreach (var line in period.Lines)
        {
            if (line.Payer != Payer.Member) continue;
            count++;
            sum += line.Amount.Minor + period.DueOn(line).DayNumber;
        }

        return sum;
    }

    // Two percents for each component and month, in hundredths; the unit is data, as it is in a pack.
    private static long[] Rates() => [.. Enumerable.Range(0, Months * Components * 2).Select(i => 417L + i)];

    private static long Bare(long[] incomes, long[] rates, long unit)
    {
        var sum = 0L;
        foreach (var income in incomes) sum += OneEnrolment(income, rates, unit);
        return sum;
    }

    private static long OneEnrolment(long income, long[] rates, long unit)
    {
        var sum = 0L;
        for (var i = 0; i + 1 < rates.Length; i += 2) sum += Rounded(income * rates[i], unit) + Rounded(income * rates[i + 1], unit);
        return sum;
    }

    private static long Rounded(long amount, long unit)
    {
        var (whole, rest) = Math.DivRem(amount, unit);
        return rest * 2 >= unit ? whole + 1 : whole;
    }
}
