using System.Globalization;

namespace ContributionEngine.Core;

/// <summary>Due dates, advances, and the days on which nothing is open.</summary>
internal static class DueRows
{
    public static IReadOnlyList<PackRow> Of(PackFile file)
    {
        var rows = new List<PackRow>();
        if (file.DueModes is { } modes) rows.Add(new PackRow("due modes", $"dates are published for a {Wording.Words(modes.Cast<Enum>())}"));
        foreach (var due in file.Due)
        {
            var head = PackRow.Of($"due {due.Item}", Said(due), (due.Source, due.Confidence));
            rows.Add(head);
            if (due.Choice is { } choice) rows.AddRange(choice.Rows.Select(row => head.Further(Range(row), Day(row))));
        }

        rows.AddRange(Advances(file));
        rows.Add(new PackRow("collected", file.ObligationDue.Item is { } item ? $"contributions fall due by {item}" : $"contributions fall due on the agreement's {file.ObligationDue.DayParameter} of the month after the span, next working day"));
        return rows;
    }

    /// <summary>One line per year.</summary>
    public static IReadOnlyList<PackRow> Holidays(PackFile file)
    {
        var list = file.Holidays;
        var head = PackRow.Of("working days", $"Monday to {(list.SaturdayWorks ? "Saturday" : "Friday")}{(list.Dates.Count == 0 ? "; no holidays are listed" : ", without the holidays listed here")}", (list.Source, list.Confidence));
        return
        [
            head,
            .. list.Dates.Order().GroupBy(date => date.Year).Select(year => head.Further($"holidays {year.Key}", $"{year.Count()} {(year.Count() == 1 ? "day" : "days")}: {string.Join(", ", year.Select(day => PackRow.Day(day)))}") with { Mark = head.Mark }),
        ];
    }

    private static string Said(DueRule due)
    {
        if (due.AfterHalfMonthOfEvent) return $"{Nth(due.Nth ?? 0)} working day after the half of the month, 1 to 15 or the rest, in which the event falls";
        var day = due.Day switch
        {
            DueDay.NthWorkingDay => $"{Nth(due.Nth ?? 0)} working day after the end of",
            DueDay.LastWorkingDay => "last working day of",
            DueDay.LastDay => "last day of",
            _ => due.Choice is { } choice ? $"a day by {(choice.By.StartsWith("identifiers.", StringComparison.Ordinal) ? "the last digit of " : "")}{choice.By}{(choice.Hyphens ? ", hyphens allowed" : "")}, in" : $"the {Nth(due.Number ?? 0)} of",
        };
        return $"{day} {string.Join("; ", due.AnchorMonth.Select(Anchor))}{Rolled(due.Roll)}";
    }

    // Months are counted from the first of the span; above its length they lie after it.
    private static string Anchor(KeyValuePair<string, int> anchor)
    {
        var length = Enum.GetValues<SpanMode>().Where(mode => Pack.Word(mode) == anchor.Key).Select(mode => (int)mode).FirstOrDefault(1);
        if (anchor.Value > length) return anchor.Value == length + 1 ? length == 1 ? "the month after" : $"the month after the {anchor.Key}" : $"the {Nth(anchor.Value - length)} month after{(length == 1 ? "" : $" the {anchor.Key}")}";
        return length == 1 ? "the month itself" : $"month {anchor.Value} of the {anchor.Key}";
    }

    private static string Rolled(Roll roll) => roll switch { Roll.Next => ", else the next working day", Roll.Previous => ", else the working day before", _ => ", whatever day it is" };

    private static string Range(DueRow row) => $"{(row.Mode is { } mode ? $"{Pack.Word(mode)}, " : "")}{row.From}{(row.To is not { } to ? " and more" : to == row.From ? "" : $" to {to}")}";

    private static string Day(DueRow row) => row.Date is { } date ? PackRow.Day(date) : $"the {Nth(row.Number ?? 0)}";

    private static IEnumerable<PackRow> Advances(PackFile file)
    {
        if (file.Advances is not { } advances) yield break;
        var head = PackRow.Of("advances", $"when the contributions of two quarters ago were above {new Wording(file).Number(advances.Threshold)}; {advances.Balance} bears what is left", (advances.Source, advances.Confidence));
        yield return head;
        foreach (var (item, percents) in advances.Percents)
        {
            yield return head.Further(item, $"{string.Join("; ", percents.Select(percent => $"{new Wording(file).Number(percent.Value)}{(percent.Key == "*" ? "" : $" for a span from month {percent.Key}")}"))} of the same quarter of the year before");
        }
    }

    private static string Nth(int number) => number.ToString(CultureInfo.InvariantCulture) + ((number % 100) is >= 11 and <= 13 ? "th" : (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" });
}
