namespace ContributionEngine.Core;

/// <summary>An item with all that its rules name looked up: what is worked out for each member does not search.</summary>
internal sealed class PreparedItem
{
    private static readonly BaseRule PlainIncome = new();

    public PreparedItem(Pack pack, ItemRule rule)
    {
        (Rule, Payer, Rounding) = (rule, Pack.PayerOf(rule), new PreparedRounding(pack, rule.Rounding ?? pack.File.Rounding));
        Parameters = [.. Naming.In(rule).Where(name => name.StartsWith("parameters.", StringComparison.Ordinal)).Select(pack.Name)];
        IsPersons = rule.Times == "persons";
        Counts = rule.Times is { } times ? pack.Input(IsPersons ? "additional_dependants" : times) : null;
        MissingFigure = Counts?.Path ?? "period";
        var amount = rule.Amount;
        Number = pack.NameOrNone(amount switch
        {
            FlatAmount flat => flat.Amount,
            RateAmount rate => rate.Rate,
            TableAmount table => table.Column,
            ResidualAmount residual => residual.Rate,
            ShareAmount share => share.Percent,
            MatchAmount match => match.Percent,
            _ => null,
        });
        Plus = amount is RateAmount { Plus: var plus } ? [.. plus.Select(pack.Name)] : [];
        Threshold = pack.NameOrNone((amount as MatchAmount)?.Threshold);
        (Least, Most, MostPercent, MostPerYear) = (pack.NameOrNone(amount.Least), pack.NameOrNone(amount.Most), pack.NameOrNone(amount.MostPercent), pack.NameOrNone(amount.MostPerYear));
        var of = (amount as ResidualAmount)?.Of ?? (amount as ShareAmount)?.Of;
        Of = of is null ? -1 : pack.IndexOf(of);
        OfNumber = of is not null && Of < 0 ? pack.Name(of) : null;
        Others = [.. ((amount as ResidualAmount)?.Minus ?? (amount as SolveAmount)?.With ?? []).Select(pack.IndexOf)];
        var needsBase = amount is RateAmount or MatchAmount or ResidualAmount { Of: null } || (amount is TableAmount && Number!.Unit == "percent");
        Base = needsBase ? new PreparedSource(pack, rule.Base ?? PlainIncome) : null;
    }

    public ItemRule Rule { get; }

    public Payer Payer { get; }

    public PreparedRounding Rounding { get; }

    /// <summary>Field to blame when a figure does not hold on the day.</summary>
    public string MissingFigure { get; }

    /// <summary>Parameters that the item needs, whether its conditions hold or not.</summary>
    public Named[] Parameters { get; }

    /// <summary>What the amount is multiplied by, or null.</summary>
    public InputRule? Counts { get; }

    /// <summary>The holder is counted too.</summary>
    public bool IsPersons { get; }

    /// <summary>What the amount begins with: a flat amount, a rate, a column, a percent.</summary>
    public Named? Number { get; }

    public Named[] Plus { get; }

    public Named? Threshold { get; }

    public Named? Least { get; }

    public Named? Most { get; }

    public Named? MostPercent { get; }

    public Named? MostPerYear { get; }

    public bool HasLimits => Least is not null || Most is not null || MostPerYear is not null;

    /// <summary>Place of the item that this one is a part of; -1: none.</summary>
    public int Of { get; }

    public Named? OfNumber { get; }

    /// <summary>Places of the items that a residual leaves out, or that are solved for together.</summary>
    public int[] Others { get; }

    /// <summary>Null where the amount needs none.</summary>
    public PreparedSource? Base { get; }
}

/// <summary>A base with all that its rule names looked up.</summary>
internal sealed class PreparedSource(Pack pack, BaseRule rule)
{
    public BaseRule Rule => rule;

    public Named? Value { get; } = pack.NameOrNone(rule.Value);

    public Named? Factor { get; } = pack.NameOrNone(rule.Factor);

    public Named? Floor { get; } = pack.NameOrNone(rule.Floor);

    public Named? Ceiling { get; } = pack.NameOrNone(rule.Ceiling);

    public Named? CeilingTimes { get; } = pack.NameOrNone(rule.CeilingTimes);

    /// <summary>Place of the item that the base comes from; -1: none.</summary>
    public int Of { get; } = rule.Of is null ? -1 : pack.IndexOf(rule.Of);

    /// <summary>Null where the base stays exact.</summary>
    public PreparedRounding? Rounding { get; } = rule.Rounding is null ? null : new PreparedRounding(pack, rule.Rounding);

    /// <summary>The source is changed before floor and ceiling.</summary>
    public bool IsShaped { get; } = rule.Factor is not null || rule.NotBelowZero || rule.Nearest is not null;

    /// <summary>The base is changed after floor and ceiling.</summary>
    public bool IsFinished { get; } = rule.Days is not null || rule.Rounding is not null;
}

/// <summary>A rounding as it is done and as the pack says it.</summary>
internal sealed class PreparedRounding(Pack pack, RoundingRule rule)
{
    public RoundingRule Rule => rule;

    public Rounding Rounding { get; } = pack.RoundingOf(rule);
}
