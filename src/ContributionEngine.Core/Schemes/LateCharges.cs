namespace ContributionEngine.Core;

/// <summary>One part of a principal and the day it was paid, or the day up to which it is charged while unpaid.</summary>
/// <param name="Amount">Major units.</param>
public readonly record struct LatePart(DateOnly PaidOn, Ratio Amount);

/// <summary>A principal that was due on a day, in the parts in which it was paid or is still owed.</summary>
public sealed record LatePrincipal(string Id, string Component, DateOnly Due, IReadOnlyList<LatePart> Parts);

/// <summary>What late charges are asked for.</summary>
public sealed record LateInput
{
    public required IReadOnlyList<LatePrincipal> Principals { get; init; }

    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Only these kinds; null: all.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>Values of the agreement's parameters.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Published percent of a series for a month, or null when it is not published.</summary>
    public Func<string, Period, Ratio?> Series { get; init; } = (_, _) => null;
}

/// <summary>A late charge on one principal, with its arithmetic.</summary>
/// <param name="Principal">Id of the principal.</param>
/// <param name="Kind">Name of the charge in the pack.</param>
public sealed record LateCharge(string Principal, string Kind, ObligationClass Class, Money Amount, IReadOnlyList<Step> Steps);

public sealed partial class Pack
{
    /// <summary>The kinds of late charges that the pack knows, each once, in its order.</summary>
    public IReadOnlyList<string> LateKinds => [.. File.Late.Select(rule => rule.Kind).Distinct()];

    /// <summary>False when no late rule can ever charge with these parameters and without flags.</summary>
    public bool ChargesLate(IReadOnlyDictionary<string, string> parameters) =>
        File.Late.Any(rule => rule.WhenFlag is null && (rule.RateParameter is null || Given(rule.RateParameter, parameters) is { IsZero: false }));

    /// <summary>
    /// Late charges by principal and kind, zeros left out; the parts of a principal are summed exactly and rounded once per principal and kind.
    /// Refusals: <c>unsupported</c>, <c>invalid_input</c>, and <c>missing_parameter</c> with field <c>series.NAME.yyyy-MM</c> for a value that is needed and not published.
    /// </summary>
    public Outcome<IReadOnlyList<LateCharge>> Late(LateInput input)
    {
        if (File.Late.Count == 0) return Fault("unsupported", "late");
        if (input.Flags.Any(flag => File.Late.All(rule => rule.WhenFlag != flag))) return Fault("invalid_input", "flags");
        if (input.Kinds?.Any(kind => File.Late.All(rule => rule.Kind != kind)) == true) return Fault("invalid_input", "kinds");
        var kinds = File.Late
            .Where(rule => input.Kinds?.Contains(rule.Kind) != false && (rule.WhenFlag is null || input.Flags.Contains(rule.WhenFlag)))
            .GroupBy(rule => rule.Kind);
        var charges = kinds.SelectMany(rules => input.Principals.Select(principal => Charged(rules, principal, input))).Where(charge => !charge.Amount.IsZero);
        return charges.OrderBy(charge => charge.Principal, StringComparer.Ordinal).ThenBy(charge => charge.Kind, StringComparer.Ordinal).ToList();
    }

    private LateCharge Charged(IGrouping<string, LateRule> rules, LatePrincipal principal, LateInput input)
    {
        var (sum, steps) = (Ratio.Zero, new List<Step>());
        foreach (var rule in rules.Where(rule => rule.Components.Count == 0 || rule.Components.Contains(principal.Component)))
        {
            if (Percent(rule, principal, input, steps) is not { } percent) continue;
            foreach (var part in principal.Parts) sum += Charge(rule, (principal.Due, part), percent / 100, steps);
        }

        var amount = new Money(sum.IsZero ? 0 : Rounded(sum, steps), Currency);
        return new LateCharge(principal.Id, rules.Key, rules.Key == "interest" ? ObligationClass.Interest : ObligationClass.Surcharge, amount, steps);
    }

    private Ratio? Percent(LateRule rule, LatePrincipal principal, LateInput input, List<Step> steps)
    {
        var (percent, source) = rule.RateParameter is { } name
            ? (Given(name, input.Parameters), $"parameter {name}; {rule.Source} [{rule.Confidence}]")
            : FigureOf(FigureOn(rule.Rate!, principal.Due) ?? figures[rule.Rate!][0]);
        if (percent is not null) steps.Add(new Step(rule.Method == "flat" ? "rate, once" : $"rate per whole month, {rule.Method}", $"{percent} %", source));
        return percent;
    }

    private static (Ratio?, string) FigureOf(Figure figure) => (figure.Value, $"{figure.Source} [{figure.Confidence}]");

    private static Ratio? Given(string name, IReadOnlyDictionary<string, string> parameters) =>
        parameters.TryGetValue(name, out var text) && Ratio.TryParse(text, 6, out var percent) ? percent : null;

    private static Ratio Charge(LateRule rule, (DateOnly Due, LatePart Part) late, Ratio rate, List<Step> steps)
    {
        var (due, part) = late;
        var months = Months.WholeLate(due, part.PaidOn);
        var charge = rule.Method switch
        {
            "flat" => part.Amount * rate,
            "simple" => part.Amount * rate * months,
            _ => part.Amount * ((Ratio.One + rate).Power(months) - Ratio.One),
        };
        steps.Add(new Step($"base, due {Day(due)}, up to {Day(part.PaidOn)}", $"{part.Amount}", null));
        if (rule.Method != "flat") steps.Add(new Step("whole months late", $"{months}", null));
        return charge;
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
