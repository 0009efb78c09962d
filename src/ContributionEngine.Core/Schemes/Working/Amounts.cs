namespace ContributionEngine.Core;

/// <content>From a base to a rounded amount.</content>
internal sealed partial class Working
{
    private Worked Amount(ItemRule item)
    {
        var amount = item.Amount;
        if (amount is ResidualAmount residual) return Residual(item, residual);
        if (amount is SolveAmount solve) return new Worked(Solve(solve), Ratio.Zero);
        var worked = NeedsBase(amount) ? Base(item.Base ?? PlainIncome) : Ratio.Zero;
        if (Exact(item, amount, worked) is not { } exact) return new Worked(0, worked);
        return new Worked(Rounded(Limited(amount, exact), item.Rounding), worked);
    }

    private bool NeedsBase(AmountRule amount) => amount switch
    {
        FlatAmount or ShareAmount => false,
        TableAmount table => pack.Name(table.Column).Unit == "percent",
        _ => true,
    };

    private Ratio? Exact(ItemRule item, AmountRule amount, Ratio worked) => amount switch
    {
        FlatAmount flat => Named(flat.Amount, "amount"),
        RateAmount rate => Rate(rate) / 100 * worked,
        TableAmount { Marginal: true } table => Slices(table, worked),
        TableAmount table when pack.Name(table.Column).Unit == "percent" => Named(table.Column, "rate") / 100 * worked,
        TableAmount table => Named(table.Column, "amount"),
        ShareAmount share => Share(share),
        MatchAmount match => Match(match, worked),
        _ => throw new InvalidOperationException($"Item {item.Id} has an amount of an unknown kind."),
    };

    private Ratio Rate(RateAmount rule)
    {
        var percent = Named(rule.Rate, "rate");
        for (var i = 0; i < rule.Plus.Count; i++) percent += Named(rule.Plus[i], "further rate");
        return percent;
    }

    // A table of slices: each part of the base bears the percent of its own row.
    private Ratio Slices(TableAmount rule, Ratio worked)
    {
        var table = ((NamedColumn)pack.Name(rule.Column)).On(day) ?? throw new CaseFault("not_in_force", "period");
        var column = rule.Column[(table.Id.Length + 1)..];
        var sum = Ratio.Zero;
        foreach (var row in table.Rows.Where(row => worked > row.From))
        {
            var slice = (row.To is { } to ? Ratio.Min(worked, to) : worked) - row.From!.Value;
            sum += row.Values[column] / 100 * slice;
            steps?.Add(new Step($"class {row.Class}: {slice} at {row.Values[column]} %", $"{row.Values[column] / 100 * slice}", $"{table.Source} [{table.Confidence}]"));
        }

        return sum;
    }

    private Ratio Share(ShareAmount rule)
    {
        var percent = Named(rule.Percent, "share");
        var of = pack.IndexOf(rule.Of) is var at and >= 0 ? Major(done[at].Minor) : Named(rule.Of, "of");
        if (pack.IndexOf(rule.Of) >= 0) steps?.Add(new Step($"of {rule.Of}", $"{of}", null));
        return percent / 100 * of;
    }

    private Ratio? Match(MatchAmount rule, Ratio worked)
    {
        var threshold = Named(rule.Threshold, "threshold");
        return worked < threshold ? null : Named(rule.Percent, "share matched") / 100 * worked;
    }

    private Worked Residual(ItemRule item, ResidualAmount rule)
    {
        var (total, worked) = (0L, Ratio.Zero);
        if (rule.Of is { } of)
        {
            total = done[pack.IndexOf(of)].Minor;
            steps?.Add(new Step($"{of}", pack.Print(total), null));
        }
        else
        {
            worked = Base(item.Base ?? PlainIncome);
            total = Rounded(Named(rule.Rate!, "total rate") / 100 * worked, item.Rounding);
        }

        foreach (var name in rule.Minus)
        {
            var part = done[pack.IndexOf(name)].Minor;
            total -= part;
            steps?.Add(new Step($"less {name}", pack.Print(part), null));
        }

        return new Worked(total, worked);
    }

    // Rounding of what comes on top can allow one unit more than dividing would, so the amount is searched for.
    private long Solve(SolveAmount rule)
    {
        var budget = Events.SumMinor - FeesMinor();
        var at = SolveAt();
        var (low, high) = (0L, Math.Max(budget, 0));
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            done[at] = new Worked(middle, Ratio.Zero);
            if (middle + OnTop(rule) <= budget) low = middle;
            else high = middle - 1;
        }

        done[at] = new Worked(low, Ratio.Zero);
        steps?.Add(new Step($"largest amount that with {string.Join(", ", rule.With)} stays within {pack.Print(budget)}", pack.Print(low), null));
        return low;
    }

    private long OnTop(SolveAmount rule)
    {
        var (trace, sum) = (steps, 0L);
        steps = null;
        foreach (var name in rule.With) sum += Item(pack.IndexOf(name)).Minor;
        steps = trace;
        return sum;
    }

    private long FeesMinor()
    {
        var sum = 0L;
        for (var i = 0; i < done.Length; i++)
        {
            if (pack.Items[i] is FeeRule) sum += done[i].Minor;
        }

        return sum;
    }

    private Ratio Limited(AmountRule rule, Ratio exact)
    {
        if (rule.Least is { } least && Named(least, null) is var lower && exact < lower) exact = Hit("not less than", lower, least);
        if (rule.Most is { } most && Most(most, rule.MostPercent) is var upper && exact > upper) exact = Hit("not more than", upper, most);
        if (rule.MostPerYear is not { } yearly) return exact;
        var left = Ratio.Max(Named(yearly, null) - AlreadyCharged(), Ratio.Zero);
        return exact > left ? Hit("what the year's most leaves", left, yearly) : exact;
    }

    private Ratio Most(string name, string? percent) => percent is null ? Named(name, null) : Named(percent, null) / 100 * Named(name, null);

    private Ratio AlreadyCharged()
    {
        var sum = Ratio.Zero;
        foreach (var row in Facts.Items("already_charged") ?? []) sum += row.NeededAmount("amount", pack.File.InputDecimals);
        return sum;
    }

    private Ratio Hit(string what, Ratio value, string name)
    {
        steps?.Add(new Step(what, $"{value}", pack.Name(name).Source(this)));
        return value;
    }

    private Ratio Named(string name, string? what)
    {
        var named = pack.Name(name);
        var value = named.In(this);
        if (what is not null) steps?.Add(new Step(what, named.Unit == "percent" ? $"{value} %" : $"{value}", named.Source(this)));
        return value;
    }

    private long Rounded(Ratio major, RoundingRule? rule)
    {
        var minor = pack.RoundingOf(rule).Apply(major * pack.Currency.MinorPerMajor);
        var by = rule ?? pack.File.Rounding;
        steps?.Add(new Step($"{major} rounded {Pack.Word(by.Mode)} to {by.Unit}", pack.Print(minor), $"{by.Source} [{by.Confidence}]"));
        return minor;
    }

    private Ratio Major(long minor) => Ratio.Of(minor, pack.Currency.MinorPerMajor);
}
