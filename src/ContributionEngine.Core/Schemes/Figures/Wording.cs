
namespace ContributionEngine.Core;

/// <summary>The rule of one thing in words; remembers which named numbers it spoke of, so that their marks can stand beside it.</summary>
internal sealed class Wording(PackFile file)
{
    private const string Parameters = "parameters.";
    private const string Member = "member.";

    private readonly List<string> used = [];

    /// <summary>The numbers spoken of, each with the marks of its figures.</summary>
    public string Sources => string.Join(", ", used.Distinct().Select(name => (Name: name, Marks: Marks(name))).Where(one => one.Marks != "").Select(one => $"{one.Name} [{one.Marks}]"));

    public static string WithUnit(PackFile file, Ratio value, string unit) => unit switch { "percent" => $"{value} %", "money" => $"{Money(file, value)} {file.Currency}", _ => $"{value}" };

    /// <summary>Money as laws print it: with the pack's decimals, or with more where it has more.</summary>
    public static string Money(PackFile file, Ratio value)
    {
        var text = $"{value}";
        var missing = file.OutputDecimals - (text.Contains('.', StringComparison.Ordinal) ? text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1 : 0);
        return missing <= 0 ? text : $"{text}{(text.Contains('.', StringComparison.Ordinal) ? "" : ".")}{new string('0', missing)}";
    }

    /// <summary>What finds the row of a table.</summary>
    public static string Key(string key) => key switch { "income" => "income", "tenure_month" => "month since first registration", _ => key };

    public static string Rounded(RoundingRule rule) => $"{Pack.Word(rule.Mode).Replace('_', ' ')} to {rule.Unit}";

    public static string Words(IEnumerable<Enum> values) => string.Join(", ", values.Select(value => Pack.Word(value).Replace('_', ' ')));

    /// <summary>A named number: its values over time and its name.</summary>
    public string Number(string name)
    {
        used.Add(name);
        if (name.StartsWith(Parameters, StringComparison.Ordinal)) return $"the agreement's {name[Parameters.Length..]}{PercentOf(file.Parameters.FirstOrDefault(rule => rule.Name == name[Parameters.Length..])?.Kind)}";
        if (name.StartsWith(Member, StringComparison.Ordinal)) return $"the member's {name[Member.Length..]}{PercentOf(file.Inputs.FirstOrDefault(rule => rule.Name == name[Member.Length..])?.Kind)}";
        var dated = file.Figures.Where(figure => figure.Id == name).ToList();
        if (dated.Count > 0) return $"{string.Join(" / ", dated.Select(figure => WithUnit(file, figure.Value, figure.Unit)).Distinct())} ({name})";
        var table = file.Tables.First(table => name.StartsWith(table.Id + ".", StringComparison.Ordinal) && table.Columns.ContainsKey(name[(table.Id.Length + 1)..]));
        return $"{name} ({Unit(table.Columns[name[(table.Id.Length + 1)..]])} by {Key(table.Key)})";
    }

    /// <summary>How the amount is worked out, limits included.</summary>
    public string Amount(AmountRule rule) => (rule switch
    {
        FlatAmount flat => Number(flat.Amount),
        RateAmount rate => $"{string.Join(" + ", rate.Plus.Prepend(rate.Rate).Select(Number))} of the base",
        TableAmount { Marginal: true } table => $"{Number(table.Column)} of the base, slice by slice",
        TableAmount table => Number(table.Column) + (IsPercent(table.Column) ? " of the whole base" : ""),
        ResidualAmount { Of: { } of } residual => $"{of} less {string.Join(", ", residual.Minus)}",
        ResidualAmount residual => $"{Number(residual.Rate!)} of the base, rounded, less {string.Join(", ", residual.Minus)}",
        ShareAmount share => $"{Number(share.Percent)} of {(IsItem(share.Of) ? share.Of : Number(share.Of))}",
        MatchAmount match => $"{Number(match.Percent)} of the base, if the base is at least {Number(match.Threshold)}; else nothing",
        SolveAmount solve => $"the largest amount that, with {string.Join(", ", solve.With)} on it, does not exceed the events less the fees",
        _ => "",
    }) + Limits(rule);

    /// <summary>From the source to the base, or null where the amount takes no base.</summary>
    public string? Base(ItemRule item)
    {
        var needsNone = item.Amount is FlatAmount or ShareAmount or SolveAmount or ResidualAmount { Of: not null } || (item.Amount is TableAmount table && !IsPercent(table.Column));
        if (needsNone) return null;
        var rule = item.Base ?? new BaseRule();
        return $"{Origin(rule, item.Per)}{Pipeline(rule)}, {(rule.Rounding is { } by ? $"rounded {Rounded(by)}" : "not rounded")}";
    }

    public string Condition(ConditionRule rule)
    {
        var parts = new List<string>();
        if (rule.Flags.Count > 0) parts.Add($"flag {string.Join(" or ", rule.Flags)}");
        if (rule.Input is { } input) parts.Add($"{input} is {string.Join(" or ", rule.Is)}");
        if (rule.IncomeUpTo is { } income) parts.Add($"income up to {Number(income)}");
        if (rule.RegisteredBefore is { } before) parts.Add($"first registered before {PackRow.Day(before)}");
        return string.Join(", and ", parts);
    }

    private string Limits(AmountRule rule)
    {
        var least = rule.Least is { } lower ? $", not less than {Number(lower)}" : "";
        var most = rule.Most is { } upper ? $", not more than {(rule.MostPercent is { } percent ? $"{Number(percent)} of " : "")}{Number(upper)}" : "";
        return least + most + (rule.MostPerYear is { } yearly ? $", in a calendar year not more than {Number(yearly)}" : "");
    }

    private string Origin(BaseRule rule, Per per) => rule.Source switch
    {
        IncomeSource.Income => "income",
        IncomeSource.Events => per == Per.Event ? "the event" : "sum of the events",
        IncomeSource.Value => Number(rule.Value!),
        IncomeSource.Amount => $"amount of {rule.Of}",
        IncomeSource.BaseOf => $"base of {rule.Of}",
        _ => $"what the base of {rule.Of}, with what other collectors charged, lacks to {Number(rule.Value!)}",
    };

    private string Pipeline(BaseRule rule)
    {
        var parts = new List<string>();
        if (rule.Factor is { } factor) parts.Add($"times {Number(factor)}");
        if (rule.NotBelowZero) parts.Add("a negative base counts as zero");
        if (rule.Nearest is { } nearest) parts.Add($"below {Number(nearest.Whole)} the nearest of {string.Join(", ", nearest.Percents)} % of it, nothing stays nothing");
        if (rule.Floor is { } floor) parts.Add($"floor {Number(floor)}{(rule.FloorWaivedBy.Count > 0 ? $", waived by flag {string.Join(" or ", rule.FloorWaivedBy)}" : "")}");
        if (rule.Ceiling is { } ceiling) parts.Add($"ceiling {(rule.CeilingTimes is { } times ? $"{Number(times)} times " : "")}{Number(ceiling)}{(rule.AcrossCollectors ? " shared with other collectors" : "")}");
        if (rule.CeilingWhen is { } when) parts.Add($"always the ceiling with flag {when}");
        if (rule.Days is { } days) parts.Add($"for the days of the month not worked, a worked day taking off {Number(days.Weight)}, nothing from {Number(days.NoneFrom)} of days worked");
        return string.Concat(parts.Select(part => $", {part}"));
    }

    private string Unit(string unit) => unit switch { "money" => file.Currency, _ => unit };

    private static string PercentOf(string? kind) => kind == "percent" ? " (percent)" : "";

    private bool IsPercent(string column) => file.Tables.Any(table => table.Columns.Any(one => $"{table.Id}.{one.Key}" == column && one.Value == "percent"));

    private bool IsItem(string name)
    {
        var id = name.Split(':')[0];
        return file.Subtotals.Any(item => item.Id == id) || file.Components.Any(item => item.Id == id) || file.Fees.Any(item => item.Id == id);
    }

    private string Marks(string name) => string.Join("", file.Figures.Where(figure => figure.Id == name).Select(figure => figure.Confidence)
        .Concat(file.Tables.Where(table => table.Columns.Keys.Any(column => $"{table.Id}.{column}" == name)).Select(table => table.Confidence)).Distinct());
}
