using static ContributionEngine.Core.PackFault;

namespace ContributionEngine.Core;

/// <summary>Fees, subtotals and components: names, units, references, conditions, and figures for every day the pack is in force.</summary>
internal sealed class ItemChecks(PackFile file)
{
    private readonly List<(ItemRule Item, string Path)> items = [.. PackPaths.Items(file)];
    private readonly Dictionary<string, Named> names = PackPaths.Names(file);

    public IEnumerable<Refusal> Faults()
    {
        for (var i = 0; i < items.Count; i++)
        {
            var (item, at) = items[i];
            var broken = Twice(i).Concat(Conditions(item, at)).Concat(Base(i)).Concat(Amount(i)).ToList();
            foreach (var fault in broken) yield return fault;
            if (item.Times is { } times && Counted(times) is not { Kind: "count" }) yield return At($"{at}.times", times, "is no input of this pack of kind count");
            foreach (var fault in Named(item, at)) yield return fault;
        }
    }

    private IEnumerable<Refusal> Twice(int at)
    {
        var (item, path) = items[at];
        if (string.IsNullOrWhiteSpace(item.Id) || item.Id.Contains(':', StringComparison.Ordinal)) yield return At($"{path}.id", item.Id, "must have an id without colon");
        var isTwice = items.Take(at).Any(other => other.Item.Id == item.Id && other.Item.GetType() == item.GetType() && Pack.PayerOf(other.Item).Equals(Pack.PayerOf(item)) && !IsConditional(other.Item, item));
        if (isTwice) yield return At($"{path}.id", item.Id, "is there twice for one payer without a condition that chooses");
    }

    private static bool IsConditional(ItemRule left, ItemRule right) => (left.When ?? left.Unless) is not null && (right.When ?? right.Unless) is not null;

    private InputRule? Counted(string times) => file.Inputs.FirstOrDefault(input => input.Name == (times == "persons" ? "additional_dependants" : times));

    private IEnumerable<Refusal> Conditions(ItemRule item, string at)
    {
        foreach (var (rule, path) in new[] { (item.When, $"{at}.when"), (item.Unless, $"{at}.unless") })
        {
            if (rule is null) continue;
            if (rule is { Flags.Count: 0, Input: null, IncomeUpTo: null, RegisteredBefore: null }) yield return At(path, null, "must say a condition");
            if (rule.Input is null == rule.Is.Count > 0) yield return At($"{path}.is", null, "must hold words of an input, together with input");
            foreach (var flag in rule.Flags.Where(flag => !file.MemberFlags.Contains(flag))) yield return At($"{path}.flags", flag, "is no member flag of this pack");
            if (rule.Input is not { } name) continue;
            var input = file.Inputs.FirstOrDefault(input => input.Name == name && input.Kind == "word");
            if (input is null) yield return At($"{path}.input", name, "is no input of this pack of kind word");
            foreach (var word in rule.Is.Where(word => input?.Words.Contains(word) == false)) yield return At($"{path}.is", word, $"is no word of the input {name}");
        }
    }

    private IEnumerable<Refusal> Base(int i)
    {
        if (items[i].Item.Base is not { } rule) yield break;
        var at = $"{items[i].Path}.base";
        var needsItem = rule.Source is IncomeSource.Amount or IncomeSource.BaseOf or IncomeSource.ShortOf;
        if (needsItem && Before(i, rule.Of) is { } reason) yield return At($"{at}.of", rule.Of, reason);
        if (rule.Source is IncomeSource.Value or IncomeSource.ShortOf && rule.Value is null) yield return At($"{at}.value", null, "must name a number");
        if (rule.Source == IncomeSource.Events && file.Events is null) yield return At($"{at}.source", "events", "needs the block events");
        if (items[i].Item.Per == Per.Event && file.Events is null) yield return At($"{items[i].Path}.per", "event", "needs the block events");
        if ((rule.CeilingTimes ?? rule.CeilingWhen) is { } extra && rule.Ceiling is null) yield return At($"{at}.ceiling", extra, "needs a ceiling");
        if (rule.CeilingWhen is { } when && !file.MemberFlags.Contains(when)) yield return At($"{at}.ceiling_when", when, "is no member flag of this pack");
        foreach (var flag in rule.FloorWaivedBy.Where(flag => !file.MemberFlags.Contains(flag))) yield return At($"{at}.floor_waived_by", flag, "is no member flag of this pack");
        if (rule.Nearest is { Percents.Count: 0 }) yield return At($"{at}.nearest.percents", null, "must hold fractions to choose from");
    }

    // An item may only build on one that stands before it, so that no circle can arise; solving looks ahead, to items on what it solves for.
    private IEnumerable<Refusal> Amount(int i)
    {
        var (item, at) = (items[i].Item, $"{items[i].Path}.amount");
        switch (item.Amount)
        {
            case ResidualAmount residual:
                if (residual.Of is null == residual.Rate is null) yield return At(at, null, "must name either of or rate");
                foreach (var name in residual.Minus.Append(residual.Of).OfType<string>())
                {
                    if (Before(i, name) is { } reason) yield return At($"{at}.{(name == residual.Of ? "of" : "minus")}", name, reason);
                }

                break;
            case ShareAmount share when Find(share.Of) >= 0 && Before(i, share.Of) is { } reason:
                yield return At($"{at}.of", share.Of, reason);
                break;
            case ShareAmount share when Find(share.Of) < 0 && !names.ContainsKey(share.Of):
                yield return At($"{at}.of", share.Of, "is neither an item nor a named number of this pack");
                break;
            case SolveAmount solve:
                foreach (var name in solve.With.Where(name => Find(name) <= i || items[Find(name)].Item.Base?.Of != item.Id)) yield return At($"{at}.with", name, $"must be an item after this one whose base is {item.Id}");
                break;
            case TableAmount { Marginal: true } table when file.Tables.Any(row => table.Column.StartsWith($"{row.Id}.", StringComparison.Ordinal) && !row.HasEdges):
                yield return At($"{at}.marginal", table.Column, "needs a table by income");
                break;
        }

        if (item.Amount.MostPercent is { } most && item.Amount.Most is null) yield return At($"{at}.most_percent", most, "needs most");
    }

    private string? Before(int i, string? name)
    {
        var found = name is null ? -1 : Find(name);
        if (found < 0) return "is no item of this pack";
        if (found >= i) return "must be an item that stands before this one";
        return items[found].Item.Per != items[i].Item.Per && (items[found].Item.Per == Per.Event || items[i].Item.Per == Per.Event) ? "must be worked out per event as this one is" : null;
    }

    private int Find(string name)
    {
        var parts = name.Split(':');
        return items.FindIndex(item => item.Item.Id == parts[0] && (parts.Length == 1 || Pack.Word(Pack.PayerOf(item.Item)) == parts[1]));
    }

    private IEnumerable<Refusal> Named(ItemRule item, string at)
    {
        foreach (var name in Naming.In(item).Distinct())
        {
            if (!names.TryGetValue(name, out var named)) yield return At(at, name, "is no figure, table.column, parameters.name or member.name of this pack");
            else if (item.Times is null && named.FirstDayWithout(file.InForce) is { } day) yield return At(at, name, WhyNot(day));
        }

        foreach (var (name, unit) in Units(item.Amount))
        {
            if (names.TryGetValue(name, out var named) && named.Unit != unit) yield return At($"{at}.amount", name, $"is {named.Unit} where {unit} is needed");
        }
    }

    private static string WhyNot(DateOnly day) => day == DateOnly.MinValue
        ? "has no value before its first month; name the months of the pack in in_force"
        : $"has no value on {day:yyyy-MM-dd}, when the pack is in force";

    private static IEnumerable<(string Name, string Unit)> Units(AmountRule amount) => amount switch
    {
        FlatAmount flat => [(flat.Amount, "money")],
        RateAmount rate => [(rate.Rate, "percent"), .. rate.Plus.Select(name => (name, "percent"))],
        ResidualAmount { Rate: { } rate } => [(rate, "percent")],
        ShareAmount share => [(share.Percent, "percent")],
        MatchAmount match => [(match.Percent, "percent"), (match.Threshold, "money")],
        _ => [],
    };
}
