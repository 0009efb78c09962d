using System.Text.RegularExpressions;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>
/// Reads one <c>:61:</c>: value day, booking day, side, amount, the customer's and the bank's reference. Source: SWIFT
/// MT940, and what banks make of it: no amount behind the mark, four blanks for a booking day, a line end before the amount.
/// </summary>
internal sealed partial class Mt940Entry(Currency currency, WarningList warnings)
{
    public BankEntry Read(Mt940Field field)
    {
        var where = $"line {field.Line}";
        var joined = field.Lines.Count > 1 && !Form().IsMatch(field.First) ? field.First + field.Lines[1] : field.First;
        if (Form().Match(joined) is not { Success: true } parts) throw BankProblem.Figure(where, field.First, "is no line of a statement: a day, C or D, and an amount").Thrown();
        var side = parts.Groups["side"].Value;
        var (value, booked) = Days(parts, field.Line);
        return new BankEntry
        {
            AmountMinor = BankAmounts.Minor(parts.Groups["amount"].Value, ',', currency, where),
            Direction = side is "C" or "RD" ? Direction.Credit : Direction.Debit,
            IsReversal = side is "RC" or "RD",
            BookedOn = booked,
            ValueOn = value,
            ServicerReference = NoReference.Unless(parts.Groups["bank"].Value),
            Text = ReferenceEquals(joined, field.First) && field.Lines.Count > 1 ? string.Join(' ', field.Lines.Skip(1)).Trim() : null,
            References = [.. CamtTexts.Said([parts.Groups["own"].Value])],
        };
    }

    // The booking day has no year of its own: it is in the year in which it is nearest to the value day.
    private (DateOnly? Value, DateOnly? Booked) Days(Match parts, long line)
    {
        var value = Mt940Texts.Day(parts.Groups["value"].Value);
        if (value is null) warnings.Add("day_that_never_was", $"line {line} has the value day “{parts.Groups["value"].Value}”", Particulars.Of(null, ("at", "line"), ("which", $"{line}"), ("value", parts.Groups["value"].Value)));
        var text = parts.Groups["booked"].Value.Trim();
        if (text.Length == 0) return (value, value);
        var year = int.Parse(parts.Groups["value"].Value[..2], System.Globalization.CultureInfo.InvariantCulture);
        var months = Mt940Texts.Number(text[..2]) - Mt940Texts.Number(parts.Groups["value"].Value[2..4]);
        if (months <= -7) year++;
        if (months >= 7) year--;
        return (value, Mt940Texts.Day($"{(year + 100) % 100:00}{text}") ?? value);
    }

    [GeneratedRegex(@"^(?<value>\d{6})(?<booked>\d{4}|\s{4})?\s*(?<side>RC|RD|C|D)(?<funds>[A-Z])?\s*(?<amount>\d[\d,]*)\s*(?<kind>[A-Z][A-Z0-9 ]{3})?(?<own>((?!//).)*)(//(?<bank>.*))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
