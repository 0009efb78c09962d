namespace ContributionEngine.Core;

/// <summary>An unpaid principal.</summary>
/// <param name="Amount">Major units.</param>
public sealed record LatePrincipal(string Id, string Component, DateOnly Due, Ratio Amount);

/// <summary>What late charges are asked for.</summary>
/// <param name="Kinds">Only these kinds; null: all.</param>
public sealed record LateInput(DateOnly PaidOn, IReadOnlyList<LatePrincipal> Principals, IReadOnlyList<string> Flags, IReadOnlyList<string>? Kinds, IReadOnlyDictionary<string, string> Parameters);

/// <summary>A late charge on one principal.</summary>
public sealed record LateCharge(string Principal, string Kind, Money Amount);

public sealed partial class Pack
{
    /// <summary>Late charges by principal and kind, zeros left out; each principal is worked and rounded on its own.</summary>
    public Outcome<IReadOnlyList<LateCharge>> Late(LateInput input)
    {
        if (File.Late.Count == 0) return Fault("unsupported", "late");
        if (input.Flags.Any(flag => File.Late.All(rule => rule.WhenFlag != flag))) return Fault("invalid_input", "flags");
        if (input.Kinds?.Any(kind => File.Late.All(rule => rule.Kind != kind)) == true) return Fault("invalid_input", "kinds");
        var charges = new List<LateCharge>();
        foreach (var rule in File.Late.Where(rule => input.Kinds?.Contains(rule.Kind) != false && (rule.WhenFlag is null || input.Flags.Contains(rule.WhenFlag))))
        {
            foreach (var principal in input.Principals.Where(principal => rule.Components.Count == 0 || rule.Components.Contains(principal.Component)))
            {
                if (Percent(rule, principal, input) is not { } percent) continue;
                var minor = rounding.Apply(Charge(rule, principal, input.PaidOn, percent / 100) * Currency.MinorPerMajor);
                if (minor != 0) charges.Add(new LateCharge(principal.Id, rule.Kind, new Money(minor, Currency)));
            }
        }

        return charges.OrderBy(charge => charge.Principal, StringComparer.Ordinal).ThenBy(charge => charge.Kind, StringComparer.Ordinal).ToList();
    }

    private Ratio? Percent(LateRule rule, LatePrincipal principal, LateInput input)
    {
        if (rule.RateParameter is { } name) return input.Parameters.TryGetValue(name, out var text) && Ratio.TryParse(text, 6, out var percent) ? percent : null;
        return (FigureOn(rule.Rate!, principal.Due) ?? figures[rule.Rate!][0]).Value;
    }

    private static Ratio Charge(LateRule rule, LatePrincipal principal, DateOnly paidOn, Ratio rate) => rule.Method switch
    {
        "flat" => principal.Amount * rate,
        "simple" => principal.Amount * rate * Months.WholeLate(principal.Due, paidOn),
        _ => principal.Amount * ((Ratio.One + rate).Power(Months.WholeLate(principal.Due, paidOn)) - Ratio.One),
    };
}
