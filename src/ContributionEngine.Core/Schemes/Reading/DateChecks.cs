using System.Globalization;
using static ContributionEngine.Core.PackFault;

namespace ContributionEngine.Core;

/// <summary>Due dates: every day must exist in every month.</summary>
internal sealed class DateChecks(PackFile file)
{
    private const int LastSureDay = 28;
    private const int AnchorMax = 24;

    public IEnumerable<Refusal> Faults() => [.. file.Due.SelectMany(Due), .. Advances(), .. ObligationDue(), .. DueItems()];

    private IEnumerable<Refusal> Due(DueRule due, int i)
    {
        var at = $"due[{i}]";
        if (due.Day == DueDay.NthWorkingDay && due.Nth is not (>= 1 and <= 31)) yield return At($"{at}.nth", $"{due.Nth}", "must be 1 to 31");
        if (due.AfterHalfMonthOfEvent && due.Day != DueDay.NthWorkingDay) yield return At($"{at}.day", Pack.Word(due.Day), "must be nth_working_day after the half-month of an event");
        if (due.Day == DueDay.DayOfMonth && due.Choice is null && !IsSure(due.Number)) yield return At($"{at}.number", $"{due.Number}", WhyNot(due.Number));
        foreach (var fault in due.Choice is { } choice ? Choice(choice, $"{at}.choice") : []) yield return fault;
        if (due.AfterHalfMonthOfEvent || due.Choice?.Rows.All(row => row.Date is not null) == true) yield break;
        foreach (var mode in (file.DueModes ?? file.Modes).Where(mode => !(due.AnchorMonth.TryGetValue(Pack.Word(mode), out var month) && month is >= 1 and <= AnchorMax)))
        {
            yield return At($"{at}.anchor_month.{Pack.Word(mode)}", null, $"must be a month counted from the span's first, 1 to {AnchorMax}");
        }
    }

    private static IEnumerable<Refusal> Choice(DueChoice choice, string at)
    {
        var isIdentifier = choice.By.StartsWith("identifiers.", StringComparison.Ordinal);
        if (!isIdentifier && !choice.By.StartsWith("agreement.", StringComparison.Ordinal)) yield return At($"{at}.by", choice.By, "must be identifiers.name or agreement.name");
        for (var i = 0; i < choice.Rows.Count; i++)
        {
            var (row, path) = (choice.Rows[i], $"{at}.rows[{i}]");
            if (row.Number is null == row.Date is null) yield return At(path, null, "must have either a number or a date");
            if (row.Number is { } number && !IsSure(number)) yield return At($"{path}.number", $"{number}", WhyNot(number));
            if (row.To < row.From) yield return At($"{path}.to", $"{row.To}", "is below from");
            var clash = choice.Rows.Take(i).Any(other => other.Mode == row.Mode && other.Date?.Year == row.Date?.Year && !(other.To < row.From) && !(row.To < other.From));
            if (clash) yield return At($"{path}.from", $"{row.From}", "overlaps a row before it");
        }

        foreach (var digit in Enumerable.Range(0, 10).Where(digit => isIdentifier && !choice.Rows.Any(row => digit >= row.From && !(digit > row.To)))) yield return At($"{at}.rows", $"{digit}", "is a last digit without a day");
    }

    private IEnumerable<Refusal> Advances()
    {
        if (file.Advances is not { } advances) yield break;
        if (!PackPaths.HasFigure(file, advances.Threshold)) yield return At("advances.threshold", advances.Threshold, "is no figure of this pack");
        if (file.Due.All(due => due.Item != advances.Balance)) yield return At("advances.balance", advances.Balance, "is no due item of this pack");
        foreach (var (item, percents) in advances.Percents)
        {
            if (file.Due.All(due => due.Item != item)) yield return At($"advances.percents.{item}", item, "is no due item of this pack");
            if (!percents.ContainsKey("*")) yield return At($"advances.percents.{item}", null, "must say the percent of any other month under *");
            foreach (var (month, figure) in percents.Where(percent => !PackPaths.HasFigure(file, percent.Value))) yield return At($"advances.percents.{item}.{month}", figure, "is no figure of this pack");
        }
    }

    private IEnumerable<Refusal> ObligationDue()
    {
        var (item, name) = (file.ObligationDue.Item, file.ObligationDue.DayParameter);
        if (item is null == name is null) yield return At("obligation_due", null, "must name either an item or a day_parameter");
        if (item is not null && file.Due.All(due => due.Item != item)) yield return At("obligation_due.item", item, "is no due item of this pack");
        if (name is not null && !file.Parameters.Any(parameter => parameter.Name == name && parameter.Kind == "day")) yield return At("obligation_due.day_parameter", name, "is no parameter of this pack of kind day");
    }

    private IEnumerable<Refusal> DueItems()
    {
        for (var i = 0; i < file.Components.Count; i++)
        {
            if (file.Components[i].DueItem is { } item && file.Due.All(due => due.Item != item)) yield return At($"components[{i}].due_item", item, "is no due item of this pack");
        }
    }

    private static bool IsSure(int? number) => number is >= 1 and <= LastSureDay;

    private static string WhyNot(int? number) => number is > LastSureDay and <= 31
        ? string.Create(CultureInfo.InvariantCulture, $"is no day of every month (February has {LastSureDay}); use last_day for the end of the month")
        : $"must be 1 to {LastSureDay}";
}
