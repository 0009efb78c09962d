namespace ContributionEngine.Core;

/// <summary>A number that rules refer to by name.</summary>
internal abstract class Named
{
    /// <summary>money, percent or number.</summary>
    public abstract string Unit { get; }

    /// <summary>The number in a case; a fault when it is not in force or not given.</summary>
    public abstract Ratio In(Working work);

    /// <summary>Where the number comes from, for the one who checks it.</summary>
    public abstract string Source(Working work);

    /// <summary>The first day of the stretches that a pack is in force on which the number has no value; null: it always has.</summary>
    public virtual DateOnly? FirstDayWithout(IReadOnlyList<Stretch> stretches) => null;

    protected static DateOnly? FirstHole(IEnumerable<(Period? From, Period? To)> pieces, IReadOnlyList<Stretch> stretches)
    {
        var sorted = pieces.OrderBy(piece => piece.From?.First ?? DateOnly.MinValue).ToList();
        if (stretches.Count == 0) return Hole(DateOnly.MinValue, null, sorted);
        return stretches.Select(stretch => Hole(stretch.From.First, stretch.To?.Last, sorted)).FirstOrDefault(day => day is not null);
    }

    private static DateOnly? Hole(DateOnly from, DateOnly? to, List<(Period? From, Period? To)> sorted)
    {
        foreach (var piece in sorted)
        {
            if (piece.From is { } begins && begins.First > from) return from;
            if (piece.To is not { } ends) return null;
            if (ends.Last >= from) from = ends.Last.AddDays(1);
            if (to is { } last && from > last) return null;
        }

        return from;
    }
}

/// <summary>A dated figure.</summary>
internal sealed class NamedFigure(IReadOnlyList<Figure> dated) : Named
{
    private Figure?[]? byStretch;

    public override string Unit => dated[0].Unit;

    public override Ratio In(Working work)
    {
        byStretch ??= [.. work.Pack.Stretches.Select(On)];
        return byStretch[work.Stretch]?.Value ?? throw new CaseFault("not_in_force", work.MissingFigure);
    }

    public override string Source(Working work) => On(work.Day) is { } figure ? $"{figure.Source} [{figure.Confidence}]" : "";

    public override DateOnly? FirstDayWithout(IReadOnlyList<Stretch> stretches) => FirstHole(dated.Select(figure => (figure.From, figure.To)), stretches);

    public Figure? On(DateOnly day)
    {
        foreach (var figure in dated)
        {
            if (figure.HoldsOn(day)) return figure;
        }

        return null;
    }
}

/// <summary>A column of a dated table; the case finds the row.</summary>
internal sealed class NamedColumn(IReadOnlyList<ValueTable> dated, string column) : Named
{
    private Cells?[]? byStretch;

    public override string Unit { get; } = dated.Select(table => table.Columns.GetValueOrDefault(column)).First(unit => unit is not null)!;

    public override Ratio In(Working work)
    {
        byStretch ??= [.. work.Pack.Stretches.Select(day => On(day) is { } table ? new Cells(table, [.. table.Rows.Select(row => row.Values.TryGetValue(column, out var cell) ? (Ratio?)cell : null)]) : null)];
        var cells = byStretch[work.Stretch] ?? throw new CaseFault("not_in_force", "period");
        return work.RowOf(cells.Table) is >= 0 and var at && cells.Values[at] is { } value ? value : throw new CaseFault("not_in_force", work.PathOf(cells.Table.Key));
    }

    public override string Source(Working work) => On(work.Day) is { } table && work.RowOf(table) is >= 0 and var at && table.Rows[at] is var row
        ? $"class {row.Class}{(row.From is { } from ? $", {from} to under {row.To?.ToString() ?? "any"}" : "")}: {table.Source} [{table.Confidence}]"
        : "";

    public override DateOnly? FirstDayWithout(IReadOnlyList<Stretch> stretches) => FirstHole(dated.Select(table => (table.From, table.To)), stretches);

    public ValueTable? On(DateOnly day) => dated.FirstOrDefault(table => table.HoldsOn(day) && table.Columns.ContainsKey(column));

    /// <summary>The column while one table holds: a cell for each row, null where it is missing.</summary>
    private sealed record Cells(ValueTable Table, Ratio?[] Values);
}

/// <summary>A parameter of the agreement.</summary>
internal sealed class NamedParameter(ParameterRule rule) : Named
{
    private readonly string path = $"parameters.{rule.Name}";

    public override string Unit => rule.Kind is "money" or "percent" ? rule.Kind : "number";

    public override Ratio In(Working work) =>
        (rule.Kind == "money" ? work.Facts.Amount(path, work.Pack.File.InputDecimals) : work.Facts.Percent(path)) ?? throw new CaseFault("missing_parameter", path);

    public override string Source(Working work) => $"parameter {rule.Name} of the agreement";
}

/// <summary>An input of the pack.</summary>
internal sealed class NamedInput(InputRule rule) : Named
{
    public override string Unit => rule.Kind == "percent" ? "percent" : "number";

    public override Ratio In(Working work) => work.Number(rule);

    public override string Source(Working work) => rule.Path;
}

/// <summary>Every name that the rules of a pack may use.</summary>
internal static class Naming
{
    public static Dictionary<string, Named> Of(PackFile file)
    {
        var names = new Dictionary<string, Named>();
        foreach (var dated in file.Figures.GroupBy(figure => figure.Id)) names[dated.Key] = new NamedFigure([.. dated]);
        foreach (var dated in file.Tables.GroupBy(table => table.Id))
        {
            foreach (var column in dated.SelectMany(table => table.Columns.Keys).Distinct()) names[$"{dated.Key}.{column}"] = new NamedColumn([.. dated], column);
        }

        foreach (var rule in file.Parameters.Where(rule => rule.Kind is "money" or "percent" or "count")) names[$"parameters.{rule.Name}"] = new NamedParameter(rule);
        foreach (var rule in file.Inputs.Where(rule => rule.Kind != "word")) names[$"member.{rule.Name}"] = new NamedInput(rule);
        return names;
    }

    /// <summary>Names that an item's rules use.</summary>
    public static IEnumerable<string> In(ItemRule item)
    {
        var (amount, rule) = (item.Amount, item.Base);
        string?[] ofAmount = amount switch
        {
            FlatAmount flat => [flat.Amount],
            RateAmount rate => [rate.Rate, .. rate.Plus],
            TableAmount table => [table.Column],
            ResidualAmount residual => [residual.Rate],
            ShareAmount share => [share.Percent],
            MatchAmount match => [match.Percent, match.Threshold],
            _ => [],
        };
        string?[] ofBase = rule is null ? [] : [rule.Value, rule.Factor, rule.Floor, rule.Ceiling, rule.CeilingTimes, rule.Nearest?.Whole, rule.Days?.Weight, rule.Days?.NoneFrom];
        return new[] { amount.Least, amount.Most, amount.MostPercent, amount.MostPerYear, item.When?.IncomeUpTo, item.Unless?.IncomeUpTo }.Concat(ofAmount).Concat(ofBase).OfType<string>();
    }
}
