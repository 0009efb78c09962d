namespace ContributionEngine.Core;

/// <content>From a base to a rounded amount.</content>
internal sealed partial class Working
{
    private Worked Amount(PreparedItem item)
    {
        if (item.Rule.Amount is ResidualAmount residual) return Residual(item, residual);
        if (item.Rule.Amount is SolveAmount solve) return new Worked(Solve(solve, item), Ratio.Zero);
        var worked = item.Base is { } needed ? Base(needed) : Ratio.Zero;
        if (Exact(item, worked) is not { } exact) return new Worked(0, worked);
        return new Worked(Rounded(item.HasLimits ? Limited(item, exact) : exact, item.Rounding), worked);
    }

    private Ratio? Exact(PreparedItem item, Ratio worked) => item.Rule.Amount switch
    {
        FlatAmount => Named(item.Number!, "amount"),
        RateAmount => Rate(item) / 100 * worked,
        TableAmount { Marginal: true } table => Slices(table, worked),
        TableAmount when item.Base is not null => Named(item.Number!, "rate") / 100 * worked,
        TableAmount => Named(item.Number!, "amount"),
        ShareAmount share => Share(share, item),
        MatchAmount => Match(item, worked),
        _ => throw new InvalidOperationException($"Item {item.Rule.Id} has an amount of an unknown kind."),
    };

    private Ratio Rate(PreparedItem item)
    {
        var percent = Named(item.Number!, "rate");
        foreach (var further in item.Plus) percent += Named(further, "further rate");
        return percent;
    }

    // A table of slices: each part of the base bears the percent of its own row.
    private Ratio Slices(TableAmount rule, Ratio worked)
    {
        var table = ((NamedColumn)pack.Name(rule.Column)).On(Day) ?? throw new CaseFault("not_in_force", "period");
        var column = rule.Column[(table.Id.Length + 1)..];
        var sum = Ratio.Zero;
        foreach (var row in table.Rows.Where(row => worked > row.From))
        {
            var slice = (row.To is { } to ? Ratio.Min(worked, to) : worked) - row.From!.Value;
            sum += row.Values[column] / 100 * slice;
            if (steps is not null) Tell($"class {row.Class}: {slice} at {row.Values[column]} %", $"{row.Values[column] / 100 * slice}", $"{table.Source} [{table.Confidence}]");
        }

        return sum;
    }

    private Ratio Share(ShareAmount rule, PreparedItem item)
    {
        var percent = Named(item.Number!, "share");
        var of = item.OfNumber is { } number ? Named(number, "of") : Major(done[item.Of].Minor);
        if (item.OfNumber is null && steps is not null) Tell($"of {rule.Of}", $"{of}");
        return percent / 100 * of;
    }

    private Ratio? Match(PreparedItem item, Ratio worked)
    {
        var threshold = Named(item.Threshold!, "threshold");
        return worked < threshold ? null : Named(item.Number!, "share matched") / 100 * worked;
    }

    private Worked Residual(PreparedItem item, ResidualAmount rule)
    {
        var (total, worked) = (0L, Ratio.Zero);
        if (item.Base is { } needed)
        {
            worked = Base(needed);
            total = Rounded(Named(item.Number!, "total rate") / 100 * worked, item.Rounding);
        }
        else
        {
            total = done[item.Of].Minor;
            if (steps is not null) Tell(rule.Of!, pack.Print(total));
        }

        for (var i = 0; i < item.Others.Length; i++)
        {
            var part = done[item.Others[i]].Minor;
            total -= part;
            if (steps is not null) Tell($"less {rule.Minus[i]}", pack.Print(part));
        }

        if (steps is not null) Tell("what is left", pack.Print(total));
        return new Worked(total, worked);
    }

    // Rounding of what comes on top can allow one unit more than dividing would, so the amount is searched for.
    private long Solve(SolveAmount rule, PreparedItem item)
    {
        var budget = Events.SumMinor - FeesMinor();
        var at = pack.SolveAt;
        var (low, high) = (0L, Math.Max(budget, 0));
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            done[at] = new Worked(middle, Ratio.Zero);
            if (middle + OnTop(item) <= budget) low = middle;
            else high = middle - 1;
        }

        done[at] = new Worked(low, Ratio.Zero);
        if (steps is not null) Tell($"largest amount that with {string.Join(", ", rule.With)} stays within {pack.Print(budget)}", pack.Print(low));
        return low;
    }

    private long OnTop(PreparedItem item)
    {
        var (trace, sum) = (steps, 0L);
        steps = null;
        foreach (var at in item.Others) sum += Item(at).Minor;
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

    private Ratio Limited(PreparedItem item, Ratio exact)
    {
        if (item.Least is { } least && Named(least, null) is var lower && exact < lower) exact = Hit("not less than", lower, least);
        if (item.Most is { } most && Most(most, item.MostPercent) is var upper && exact > upper) exact = Hit("not more than", upper, most);
        if (item.MostPerYear is not { } yearly) return exact;
        var left = Ratio.Max(Named(yearly, null) - AlreadyCharged(), Ratio.Zero);
        return exact > left ? Hit("what the year's most leaves", left, yearly) : exact;
    }

    private Ratio Most(Named named, Named? percent) => percent is null ? Named(named, null) : Named(percent, null) / 100 * Named(named, null);

    private Ratio AlreadyCharged()
    {
        var sum = Ratio.Zero;
        foreach (var row in Facts.Items("already_charged") ?? []) sum += row.NeededAmount("amount", pack.File.InputDecimals);
        return sum;
    }

    private Ratio Hit(string what, Ratio value, Named named)
    {
        if (steps is not null) TellLimit(what, named, value);
        return value;
    }

    private Ratio Named(Named named, string? what)
    {
        var value = named.In(this);
        if (what is not null && steps is not null) TellNumber(what, named, value);
        return value;
    }

    private long Rounded(Ratio major, PreparedRounding by)
    {
        var minor = by.Rounding.Apply(major * pack.MinorPerMajor);
        if (steps is not null) TellRounding(major, minor, by.Rule);
        return minor;
    }

    private Ratio Major(long minor) => Ratio.Of(minor, pack.MinorPerMajor);
}
