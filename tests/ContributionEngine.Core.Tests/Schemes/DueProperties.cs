using System.Text.Json.Nodes;
using ContributionEngine.Core;

namespace ContributionEngine.Core.Tests;

/// <summary>Due dates of every pack, mode and last digit, for all of 2014 to 2030.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DueProperties
{
    private const int FirstYear = 2014;
    private const int LastYear = 2030;

    private static readonly int[] Staff = [0, 9, 10, 49, 50, 500];

    [TestCaseSource(nameof(Published))]
    public void A_published_date_that_rolls_is_a_working_day(string id)
    {
        var pack = PackLibrary.Find(id).Value;
        var rolling = pack.File.Due.Where(Rolls).Select(rule => rule.Item).ToHashSet();
        var dates = Asks(pack).Select(ask => pack.Due(ask.Span, ask.Facts)).Where(due => due.Refusal is null).SelectMany(due => due.Value).Where(due => rolling.Contains(due.Item)).ToList();
        Assert.That(dates, rolling.Count == 0 ? Is.Empty : Is.Not.Empty);
        Assert.That(dates.Where(due => IsClosed(pack, due.Date)), Is.Empty);
    }

    [TestCaseSource(nameof(OnPaymentDays))]
    public void A_payment_day_of_an_agreement_is_moved_to_a_working_day(string id)
    {
        var pack = PackLibrary.Find(id).Value;
        var dates =
            from mode in pack.File.Modes
            from span in Spans((int)mode)
            from day in Enumerable.Range(1, 28)
            select pack.ObligationDue(pack.Items[0], span, Facts(new JsonObject { ["parameters"] = new JsonObject { ["payment_day"] = $"{day}" } })).Value;
        Assert.That(dates.Where(date => IsClosed(pack, date)), Is.Empty);
    }

    private static IEnumerable<string> Published() => PackLibrary.Ids.Where(id => PackLibrary.Find(id).Value.File.Operations.Contains(Operation.Due));

    private static IEnumerable<string> OnPaymentDays() => PackLibrary.Ids.Where(id => PackLibrary.Find(id).Value is { File.ObligationDue.DayParameter: not null, Items.Count: > 0 });

    private static bool Rolls(DueRule rule) => rule.Roll != Roll.None || rule.Day is DueDay.NthWorkingDay or DueDay.LastWorkingDay;

    // Said without the calendar that rolls, so that a fault of its own is seen.
    private static bool IsClosed(Pack pack, DateOnly date) =>
        date.DayOfWeek == DayOfWeek.Sunday || (date.DayOfWeek == DayOfWeek.Saturday && !pack.File.Holidays.SaturdayWorks) || pack.File.Holidays.Dates.Contains(date);

    private static IEnumerable<Period> Spans(int months)
    {
        for (var span = new Period(new DateOnly(FirstYear, 1, 1), months); span.First.Year <= LastYear; span = span.Next()) yield return span;
    }

    private static IEnumerable<(Period Span, CaseFacts Facts)> Asks(Pack pack)
    {
        if (pack.IsDueByEvent) return from day in Enumerable.Range(0, 366 * (LastYear - FirstYear + 1)) select (default(Period), Facts(new JsonObject { ["event_date"] = RandomCase.Text(new DateOnly(FirstYear, 1, 1).AddDays(day)) }));
        return from mode in pack.DueModes from span in Spans((int)mode) from facts in Choices(pack) select (span, facts);
    }

    private static IEnumerable<CaseFacts> Choices(Pack pack)
    {
        var by = pack.File.Due.Select(rule => rule.Choice?.By).FirstOrDefault(path => path is not null);
        if (by is null) return [Facts([])];
        var name = by.Split('.');
        return name[0] == "identifiers"
            ? Enumerable.Range(0, 10).Select(digit => Facts(new JsonObject { [name[0]] = new JsonObject { [name[1]] = $"12345{digit}" } }))
            : Staff.Select(count => Facts(new JsonObject { [name[0]] = new JsonObject { [name[1]] = count } }));
    }

    private static CaseFacts Facts(JsonObject input) => new JsonCase(input.Element(), "");
}
