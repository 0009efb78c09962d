using System.Globalization;

namespace ContributionEngine.Core;

/// <summary>A part of a principal and the day it was paid, or the day up to which it is charged while unpaid.</summary>
/// <param name="Amount">Major units.</param>
public readonly record struct LatePart(DateOnly PaidOn, Ratio Amount);

/// <summary>A principal that was or is unpaid after its due date.</summary>
public sealed record LatePrincipal(string Id, string Component, DateOnly Due, IReadOnlyList<LatePart> Parts);

/// <summary>What late charges are asked for.</summary>
public sealed record LateInput
{
    public required IReadOnlyList<LatePrincipal> Principals { get; init; }

    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Only these kinds; null: all.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>The published percent of a series for a month, or null while it is not published.</summary>
    public Func<string, Period, Ratio?> Series { get; init; } = (_, _) => null;
}

/// <summary>A late charge on one principal, with its arithmetic.</summary>
public sealed record LateCharge(string Principal, string Kind, ObligationClass Class, Money Amount, IReadOnlyList<Step> Steps);

public sealed partial class Pack
{
    /// <summary>Kinds of late charges, in the pack's order.</summary>
    public IReadOnlyList<string> LateKinds => [.. File.Late.Select(rule => rule.Kind).Distinct()];

    /// <summary>False when no late rule can charge under these parameters and without flags.</summary>
    public bool ChargesLate(IReadOnlyDictionary<string, string> parameters) =>
        File.Late.Any(rule => rule.WhenFlag is null && (rule.RateParameter is null || (Ratio.TryParse(parameters.GetValueOrDefault(rule.RateParameter), 6, out var percent) && !percent.IsZero)));

    /// <summary>Late charges by principal and kind, zeros left out; each principal is worked exactly and rounded on its own.</summary>
    /// <returns>Refusals: invalid_input of a flag or kind; not_in_force (<c>principals</c>); missing_parameter (<c>series.NAME.yyyy-MM</c>, the earliest month).</returns>
    public Outcome<IReadOnlyList<LateCharge>> Late(LateInput input)
    {
        if (input.Flags.Any(flag => File.Late.All(rule => rule.WhenFlag != flag && rule.Waiver?.Flag != flag))) return new CaseFault("invalid_input", "flags").Refusal;
        if (input.Kinds?.Any(kind => File.Late.All(rule => rule.Kind != kind)) == true) return new CaseFault("invalid_input", "kinds").Refusal;
        var work = new LateWork(this, input);
        List<LateCharge> charges;
        try
        {
            charges = [.. work.Charges().Where(charge => charge.Amount.Minor != 0)];
        }
        catch (CaseFault fault)
        {
            return fault.Refusal;
        }

        if (work.Missing is { } missing) return new CaseFault("missing_parameter", $"series.{missing.Series}.{missing.Month}").Refusal;
        return charges.OrderBy(charge => charge.Principal, StringComparer.Ordinal).ThenBy(charge => charge.Kind, StringComparer.Ordinal).ToList();
    }

    internal Figure? FigureOn(string name, DateOnly day) => ((NamedFigure)Name(name)).On(day);
}

/// <summary>The late rules of a pack at work on principals.</summary>
internal sealed class LateWork(Pack pack, LateInput input)
{
    /// <summary>The earliest series month that is needed and not there.</summary>
    public (string Series, Period Month)? Missing { get; private set; }

    public IEnumerable<LateCharge> Charges() =>
        from kind in pack.LateKinds
        where input.Kinds?.Contains(kind) != false
        from principal in input.Principals
        let charge = Charge(kind, principal)
        where charge is not null
        select charge;

    /// <summary>The charge of one kind, or null when the pack makes none on this principal.</summary>
    private LateCharge? Charge(string kind, LatePrincipal principal)
    {
        var rules = pack.File.Late.Where(rule => rule.Kind == kind && (rule.Components.Count == 0 || rule.Components.Contains(principal.Component))).ToList();
        if (rules.Count == 0) return null;
        if (rules.Find(rule => rule.Holds(principal.Due)) is not { } rule) throw new CaseFault("not_in_force", "principals");
        if (rule.WhenFlag is { } flag && !input.Flags.Contains(flag)) return null;
        if (rule.RateParameter is { } name && !input.Parameters.ContainsKey(name)) return null;
        var (sum, steps) = (Ratio.Zero, new List<Step>());
        foreach (var part in principal.Parts) sum += Part(rule, principal.Due, part, steps);
        var by = rule.Rounding ?? pack.File.Rounding;
        var minor = pack.RoundingOf(rule.Rounding).Apply(sum * pack.Currency.MinorPerMajor);
        steps.Add(new Step($"{sum} rounded {Pack.Word(by.Mode)} to {by.Unit}", pack.Print(minor), $"{by.Source} [{by.Confidence}]"));
        return new LateCharge(principal.Id, kind, rule.Class, new Money(minor, pack.Currency), steps);
    }

    private Ratio Part(LateRule rule, DateOnly due, LatePart part, List<Step> steps)
    {
        if (!rule.EvenOnTime && part.PaidOn <= due) return Ratio.Zero;
        if (rule.Waiver is { } waiver && input.Flags.Contains(waiver.Flag) && part.PaidOn <= Period.MonthOf(due.AddMonths(waiver.WithinMonths)).Last) return Ratio.Zero;
        var count = Count(rule.Count, due, part.PaidOn);
        var percent = Percent(rule, due, part.PaidOn, count);
        steps.Add(new Step($"{part.Amount} due {Day(due)}, to {Day(part.PaidOn)}", rule.Count == LateCount.Once ? "late" : $"{count} {Pack.Word(rule.Count).Replace('_', ' ')} late", null));
        steps.Add(new Step($"{Rate(rule, due)}{(rule.Compound ? ", compounded" : "")}", $"{percent} %", $"{rule.Source} [{rule.Confidence}]"));
        if (rule.Cap is { } cap && DatedBy(cap, due) is var most && percent > most)
        {
            percent = most;
            steps.Add(new Step("not more than", $"{percent} %", $"{rule.Source} [{rule.Confidence}]"));
        }

        return part.Amount * percent / 100;
    }

    private Ratio Percent(LateRule rule, DateOnly due, DateOnly paidOn, int count)
    {
        if (rule.Series is { } series) return FromSeries(rule, series, due, paidOn);
        if (rule.Sliced) return DayByDay(rule, due, paidOn) / rule.Divisor;
        var rate = rule.RateParameter is { } name ? Parameter(name) : DatedBy(rule.Rate!, due);
        return rule.Compound ? ((Ratio.One + (rate / 100)).Power(count) - Ratio.One) * 100 : rate * count / rule.Divisor;
    }

    private string Rate(LateRule rule, DateOnly due) =>
        rule.RateParameter is { } name ? $"parameter {name}: {input.Parameters[name]} %"
        : rule.Series is { } series ? $"{series} of the months{(rule.Plus is { } plus ? $" and {pack.FigureOn(plus, due)!.Value} %" : "")}"
        : rule.Sliced ? $"{rule.Rate} of each day, by {rule.Divisor}"
        : $"{rule.Rate} {pack.FigureOn(rule.Rate!, due)?.Value} %{(rule.Divisor > 1 ? $" by {rule.Divisor}" : "")}";

    private Ratio DatedBy(string name, DateOnly due) => pack.FigureOn(name, due)?.Value ?? throw new CaseFault("not_in_force", "principals");

    private Ratio Parameter(string name) =>
        Ratio.TryParse(input.Parameters[name], 6, out var percent) && percent.Sign >= 0 ? percent : throw new CaseFault("invalid_input", $"parameters.{name}");

    // The day after the due date to the day of payment, each with the percent in force on it: whole stretches at once.
    private Ratio DayByDay(LateRule rule, DateOnly due, DateOnly paidOn)
    {
        var sum = Ratio.Zero;
        for (var from = due.AddDays(1); from <= paidOn;)
        {
            var rate = pack.FigureOn(rule.Rate!, from) ?? throw new CaseFault("not_in_force", "principals");
            var to = rate.To is { } last && last.Last < paidOn ? last.Last : paidOn;
            sum += rate.Value * (to.DayNumber - from.DayNumber + 1);
            from = to.AddDays(1);
        }

        return sum;
    }

    private Ratio FromSeries(LateRule rule, string series, DateOnly due, DateOnly paidOn)
    {
        var sum = Ratio.Zero;
        var plus = rule.Plus is { } name ? DatedBy(name, due) : Ratio.Zero;
        if (rule.Count == LateCount.StartedMonths)
        {
            for (var k = 0; k < Months.StartedLate(due, paidOn); k++) sum += Published(series, Period.MonthOf(Period.MonthOf(due.AddMonths(k)).First.AddMonths(-1))) + plus;
            return sum;
        }

        var paid = Period.MonthOf(paidOn);
        for (var month = Period.MonthOf(due).Next(); month < paid; month = month.Next()) sum += Published(series, month);
        return paid > Period.MonthOf(due) ? sum + plus : sum;
    }

    private Ratio Published(string series, Period month)
    {
        if (input.Series(series, month) is { } percent) return percent;
        if (Missing is null || month < Missing.Value.Month) Missing = (series, month);
        return Ratio.Zero;
    }

    private static int Count(LateCount count, DateOnly due, DateOnly paidOn) => count switch
    {
        LateCount.Once => 1,
        LateCount.Days => Months.DaysLate(due, paidOn),
        LateCount.WholeMonths => Months.WholeLate(due, paidOn),
        LateCount.StartedMonths => Months.StartedLate(due, paidOn),
        _ => Math.Max(0, ((paidOn.Year - due.Year) * 12) + paidOn.Month - due.Month - 1),
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
