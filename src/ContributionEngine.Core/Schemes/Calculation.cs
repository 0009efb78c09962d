namespace ContributionEngine.Core;

/// <summary>What a calculation is asked.</summary>
public sealed record CalculateInput
{
    /// <summary>First month of the span.</summary>
    public required Period Period { get; init; }

    public required SpanMode Mode { get; init; }

    public MemberFacts Member { get; init; } = new();

    /// <summary>Start of the group agreement; null without one.</summary>
    public DateOnly? AgreementStart { get; init; }

    /// <summary>Income agreed for all members, in major units.</summary>
    public Ratio? PresumptiveIncome { get; init; }

    /// <summary>Dated changes of the presumptive income.</summary>
    public IReadOnlyList<(DateOnly From, Ratio Income)> PresumptiveChanges { get; init; } = [];

    /// <summary>Only these components in the result; null: all.</summary>
    public IReadOnlyList<string>? Components { get; init; }
}

/// <summary>One step of the arithmetic, as it was done.</summary>
public sealed record Step(string What, string Value, string? Source);

/// <summary>An amount of one component and payer, with its arithmetic.</summary>
public sealed record CalculatedLine(ComponentRule Component, Money Amount, IReadOnlyList<Step> Steps);

/// <summary>The lines of a calculation in the pack's order, without zeros.</summary>
public sealed record Calculation(IReadOnlyList<CalculatedLine> Lines);

public sealed partial class Pack
{
    private readonly Rounding rounding;

    /// <summary>What is owed for one span. Refusals carry the codes of the test vectors: invalid_input, not_in_force.</summary>
    public Outcome<Calculation> Calculate(CalculateInput input)
    {
        if (!File.Modes.Contains(input.Mode)) return Fault("invalid_input", "mode");
        if ((input.Period.First.Month - 1) % (int)input.Mode != 0) return Fault("invalid_input", "period");
        if (input.Member.Flags.Any(flag => !Flags.Contains(flag))) return Fault("invalid_input", "member.flags");
        if (input.Components?.Any(id => Components.All(component => component.Id != id)) == true) return Fault("invalid_input", "components");
        if (!FigureDate(input).Ok(out var day, out var refusal)) return refusal;
        if (!IsInForce(day)) return Fault("not_in_force", "period");

        var worked = new Dictionary<string, Worked>();
        foreach (var component in Components)
        {
            if (!Work(component, input, day, worked).Ok(out var done, out refusal)) return refusal;
            worked[component.Id] = done;
        }

        return new Calculation([.. Components
            .Where(component => input.Components?.Contains(component.Id) != false && worked[component.Id].Minor != 0)
            .Select(component => Line(component, worked[component.Id], input.Mode))]);
    }

    /// <summary>Why an agreement cannot begin on a day under this pack, or null: no figures for it, or figures pinned by whole months.</summary>
    public Refusal? CheckTerm(DateOnly start)
    {
        var figures = FigureDate(new CalculateInput { Period = Period.MonthOf(start), Mode = File.Modes[0], AgreementStart = start });
        if (!figures.Ok(out var day, out var refusal)) return refusal with { Field = "term.start", Detail = $"term.start: {start:yyyy-MM-dd} cannot begin a term of pack {Id}, whose figures are pinned at the first of a month." };
        return IsInForce(day) ? null : Fault("not_in_force", "term.start") with { Detail = $"term.start: pack {Id} has no figures for {start:yyyy-MM-dd}.", Help = $"See the dates of its figures with 'pack show {Id}'." };
    }

    private static Refusal Fault(string code, string field) => Refusal.Input(code, $"{field}: {code.Replace('_', ' ')}.") with { Field = field };

    // Figures are those of the period, or those of the start of the current term where the scheme pins them.
    private Outcome<DateOnly> FigureDate(CalculateInput input)
    {
        if (File.Agreement.PinnedMonths is not { } months || input.AgreementStart is not { } start) return input.Period.First;
        if (start.Day != 1) return Fault("invalid_input", "agreement.start");
        if (input.Period.First < start) return Fault("not_in_force", "agreement.start");
        var passed = ((input.Period.First.Year - start.Year) * 12) + input.Period.First.Month - start.Month;
        return start.AddMonths(passed / months * months);
    }

    private bool IsInForce(DateOnly day) => Components.All(component =>
        (component.Amount.Rate is not { } rate || FigureOn(rate, day) is not null)
        && (component.Amount.Table is null || TableOn(component.Amount.Table, day) is not null)
        && (component.Base?.Floor is not { } floor || FigureOn(floor, day) is not null)
        && (component.Base?.Ceiling is not { } ceiling || FigureOn(ceiling, day) is not null));

    private ClassTable? TableOn(string id, DateOnly day) => File.Tables.FirstOrDefault(table => table.Id == id && table.HoldsOn(day));

    private Outcome<Worked> Work(ComponentRule component, CalculateInput input, DateOnly day, Dictionary<string, Worked> before)
    {
        if (component.Amount.Kind == "residual") return Residual(component.Amount, day, before);
        if (!Base(component.Base ?? new BaseRule(), input, day).Ok(out var found, out var refusal)) return refusal;
        var (income, amount, steps) = found;
        Ratio percent;
        if (component.Amount.Kind == "table")
        {
            var table = TableOn(component.Amount.Table!, day)!;
            var row = table.RowOf(income);
            percent = row.Percents[component.Amount.Column!];
            steps.Add(new Step($"class {row.Class}: income from {row.From} to under {row.To?.ToString() ?? "any"}", $"{percent} %", $"{table.Source} [{table.Confidence}]"));
        }
        else
        {
            var rate = FigureOn(component.Amount.Rate!, day)!;
            percent = rate.Value;
            steps.Add(new Step("rate", $"{percent} %", $"{rate.Source} [{rate.Confidence}]"));
        }

        return new Worked(Rounded(amount * percent / 100, steps), amount, steps);
    }

    private Worked Residual(AmountRule rule, DateOnly day, Dictionary<string, Worked> before)
    {
        var (rate, other) = (FigureOn(rule.Rate!, day)!, before[rule.Of!]);
        List<Step> steps = [new Step($"base of {rule.Of}", $"{other.Base}", null), new Step("total rate", $"{rate.Value} %", $"{rate.Source} [{rate.Confidence}]")];
        var total = Rounded(other.Base * rate.Value / 100, steps);
        steps.Add(new Step($"less {rule.Of}", Print(other.Minor), null));
        return new Worked(total - other.Minor, other.Base, steps);
    }

    private Outcome<(Ratio Income, Ratio Base, List<Step> Steps)> Base(BaseRule rule, CalculateInput input, DateOnly day)
    {
        var steps = new List<Step>();
        var ceiling = rule.Ceiling is null ? null : FigureOn(rule.Ceiling, day);
        if (rule.CeilingWhen is { } flag && input.Member.Flags.Contains(flag))
        {
            steps.Add(new Step($"{flag}: the base is the ceiling", $"{ceiling!.Value}", $"{ceiling.Source} [{ceiling.Confidence}]"));
            return (ceiling.Value, ceiling.Value, steps);
        }

        if (Income(input, day, steps) is not { } income) return Fault("invalid_input", "member.declared_income");
        var amount = income;
        var floor = rule.Floor is null || rule.FloorWaivedBy.Any(input.Member.Flags.Contains) ? null : FigureOn(rule.Floor, day);
        if (floor is not null && amount < floor.Value)
        {
            amount = floor.Value;
            steps.Add(new Step("floor of the base", $"{amount}", $"{floor.Source} [{floor.Confidence}]"));
        }

        if (ceiling is not null && amount > ceiling.Value)
        {
            amount = ceiling.Value;
            steps.Add(new Step("ceiling of the base", $"{amount}", $"{ceiling.Source} [{ceiling.Confidence}]"));
        }

        return (income, amount, steps);
    }

    private Ratio? Income(CalculateInput input, DateOnly day, List<Step> steps)
    {
        if (File.Agreement.UsesPresumptiveIncome)
        {
            var changes = input.PresumptiveChanges.Where(change => change.From <= day).ToList();
            var presumptive = changes.Count > 0 ? changes[^1].Income : input.PresumptiveIncome;
            if (presumptive is { } agreed)
            {
                steps.Add(new Step("presumptive income of the agreement", $"{agreed}", null));
                return agreed;
            }
        }

        if (input.Member.DeclaredIncome is { } declared) steps.Add(new Step("declared income", $"{declared}", null));
        return input.Member.DeclaredIncome;
    }

    private long Rounded(Ratio major, List<Step> steps)
    {
        var minor = rounding.Apply(major * Currency.MinorPerMajor);
        steps.Add(new Step($"{major} rounded {Word(rounding.Mode)} to {File.Rounding.Unit}", Print(minor), $"{File.Rounding.Source} [{File.Rounding.Confidence}]"));
        return minor;
    }

    private CalculatedLine Line(ComponentRule component, Worked worked, SpanMode mode)
    {
        if (mode != SpanMode.Month) worked.Steps.Add(new Step($"times {(int)mode} months", Print(worked.Minor * (int)mode), null));
        return new CalculatedLine(component, new Money(checked(worked.Minor * (int)mode), Currency), worked.Steps);
    }

    private sealed record Worked(long Minor, Ratio Base, List<Step> Steps);
}
