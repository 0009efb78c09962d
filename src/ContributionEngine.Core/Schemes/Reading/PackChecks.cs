using static ContributionEngine.Core.PackFault;

namespace ContributionEngine.Core;

/// <summary>What must hold between the members of a pack, beyond the form that the serializer checks.</summary>
internal sealed class PackChecks(PackFile file)
{
    private const int DecimalsMax = 9;
    private const int MonthsMax = 120;

    public IEnumerable<Refusal> Faults() =>
    [
        .. Money(), .. Sources(), .. new FigureChecks(file).Faults(), .. Inputs(), .. new ItemChecks(file).Faults(), .. new DateChecks(file).Faults(), .. new LateChecks(file).Faults(),
        .. Operations(), .. Events(), .. Others(), .. Parameters(),
    ];

    private IEnumerable<Refusal> Money()
    {
        if (string.IsNullOrWhiteSpace(file.Pack)) yield return At("pack", file.Pack, "is empty");
        if (string.IsNullOrWhiteSpace(file.Version)) yield return At("version", file.Version, "is empty");
        if (file.InputDecimals is < 0 or > DecimalsMax) yield return At("input_decimals", $"{file.InputDecimals}", $"must be 0 to {DecimalsMax}");
        if (file.Modes.Count == 0) yield return At("modes", null, "must offer at least one span");
        if (file.YearBegins is < 1 or > 12) yield return At("year_begins", $"{file.YearBegins}", "must be a month, 1 to 12");
        if (!Currency.Of(file.Currency).Ok(out var currency, out _))
        {
            yield return At("currency", file.Currency, "is not an ISO 4217 code");
            yield break;
        }

        if (file.OutputDecimals < 0 || file.OutputDecimals > currency.Digits) yield return At("output_decimals", $"{file.OutputDecimals}", $"must be 0 to {currency.Digits}");
        foreach (var (rule, path) in Roundings().Where(item => !(item.Rule.Unit * currency.MinorPerMajor).TryToLong(out var minor) || minor < 1))
        {
            yield return At($"{path}.unit", $"{rule.Unit}", $"must be a multiple of the smallest amount of {currency.Code}");
        }
    }

    private IEnumerable<(RoundingRule Rule, string Path)> Roundings()
    {
        yield return (file.Rounding, "rounding");
        foreach (var (item, path) in PackPaths.Items(file))
        {
            if (item.Rounding is { } rule) yield return (rule, $"{path}.rounding");
            if (item.Base?.Rounding is { } ofBase) yield return (ofBase, $"{path}.base.rounding");
        }

        for (var i = 0; i < file.Late.Count; i++)
        {
            if (file.Late[i].Rounding is { } rule) yield return (rule, $"late[{i}].rounding");
        }
    }

    private IEnumerable<Refusal> Sources()
    {
        var sourced = file.Figures.Select((item, i) => ($"figures[{i}]", item.Source))
            .Concat(file.Tables.Select((item, i) => ($"tables[{i}]", item.Source)))
            .Concat(file.Due.Select((item, i) => ($"due[{i}]", item.Source)))
            .Concat(file.Late.Select((item, i) => ($"late[{i}]", item.Source)))
            .Concat(file.Eligibility.Select((item, i) => ($"eligibility[{i}]", item.Source)))
            .Concat(file.Seasons.Select((item, i) => ($"seasons[{i}]", item.Source)))
            .Concat(Roundings().Select(item => (item.Path, item.Rule.Source)))
            .Concat([("holidays", file.Holidays.Source), ("agreement", file.Agreement.Source)]);
        (string, string?)[] single =
        [
            ("allocation", file.Allocation?.Source), ("entitlement", file.Entitlement?.Source), ("events", file.Events?.Source), ("tenure", file.Tenure?.Source),
            ("declarations", file.Declarations?.Source), ("withholding", file.Withholding?.Source), ("credits", file.Credits?.Source), ("advances", file.Advances?.Source),
        ];
        return sourced.Concat(single.Where(item => item.Item2 is not null).Select(item => (item.Item1, item.Item2!)))
            .Where(item => string.IsNullOrWhiteSpace(item.Item2)).Select(item => At($"{item.Item1}.source", item.Item2, "is missing; every figure names its source"));
    }

    private IEnumerable<Refusal> Inputs()
    {
        for (var i = 0; i < file.Inputs.Count; i++)
        {
            var (input, at) = (file.Inputs[i], $"inputs[{i}]");
            if (file.Inputs.Take(i).Any(other => other.Name == input.Name)) yield return At($"{at}.name", input.Name, "is there twice");
            if (input.Kind is not ("word" or "count" or "percent")) yield return At($"{at}.kind", input.Kind, "must be word, count or percent");
            if (input.Kind == "word" && input.Words.Count == 0) yield return At($"{at}.words", null, "must hold the words to choose from");
            if (input is { Kind: "word", Default: { } word } && !input.Words.Contains(word)) yield return At($"{at}.default", word, "is none of the words");
            if (input.Kind != "word" && input.Default is { } number && !Ratio.TryParse(number, DecimalsMax, out _)) yield return At($"{at}.default", number, "is no number");
            if (input.Least > input.Most) yield return At($"{at}.most", $"{input.Most}", "is below least");
            foreach (var (column, member) in new[] { (input.ByAnnualIncome, "by_annual_income"), (input.MainByWorkers, "main_by_workers") })
            {
                if (column is not null && !PackPaths.Names(file).ContainsKey(column)) yield return At($"{at}.{member}", column, "is no table.column of this pack");
            }
        }
    }

    private IEnumerable<Refusal> Operations()
    {
        var has = new Dictionary<Operation, bool>
        {
            [Operation.Calculate] = file.Components.Count > 0 || file.Fees.Count > 0,
            [Operation.Due] = file.Due.Count > 0,
            [Operation.Late] = file.Late.Count > 0,
            [Operation.Allocate] = file.Allocation is not null,
            [Operation.Entitlement] = file.Entitlement is not null,
        };
        if (file.Operations.Count == 0) yield return At("operations", null, "must name what the pack can be asked");
        foreach (var operation in file.Operations.Where(operation => !has[operation])) yield return At("operations", Pack.Word(operation), "is named, but the pack has no rule for it");
        if (!has[Operation.Calculate] && file.Events?.Deposits.Count is not > 0) yield return At("components", null, "must hold at least one, unless fees or deposits of events are all there is");
    }

    private IEnumerable<Refusal> Events()
    {
        if (file.Events is { } events)
        {
            if (events.Plus.Count == 0) yield return At("events.plus", null, "must name a kind of event");
            if (events.Plus.Intersect(events.Minus).FirstOrDefault() is { } both) yield return At("events.minus", both, "is also in plus");
            if (events.Prints is not (null or "net_to_member" or "budget_left")) yield return At("events.prints", events.Prints, "must be net_to_member or budget_left");
            if (events.LeastQuantity is { } least && (events.QuantityDecimals is null || !PackPaths.HasFigure(file, least))) yield return At("events.least_quantity", least, "needs quantity_decimals and must be a figure of this pack");
            foreach (var kind in events.Deposits.Keys.Where(kind => !events.Knows(kind))) yield return At($"events.deposits.{kind}", kind, "is no kind of event");
        }

        if (file.Withholding is { } withholding)
        {
            if (file.Due.All(due => due.Item != withholding.DueItem)) yield return At("withholding.due_item", withholding.DueItem, "is no due item of this pack");
            foreach (var id in withholding.Order.Where(id => file.Components.All(component => component.Id != id))) yield return At("withholding.order", id, "is no component of this pack");
        }

        for (var i = 0; i < file.Seasons.Count; i++)
        {
            if (file.Seasons[i].Months.FirstOrDefault(month => month is < 1 or > 12) is var wrong && wrong != 0) yield return At($"seasons[{i}].months", $"{wrong}", "must be a month, 1 to 12");
            if (file.Inputs.FirstOrDefault(input => input.Name == "zone")?.Words.Contains(file.Seasons[i].Zone) != true) yield return At($"seasons[{i}].zone", file.Seasons[i].Zone, "is no word of the input zone");
        }
    }

    private IEnumerable<Refusal> Others()
    {
        if (file.Agreement.PinnedMonths is < 1 or > MonthsMax) yield return At("agreement.pinned_months", $"{file.Agreement.PinnedMonths}", $"must be 1 to {MonthsMax}");
        if (file.Agreement.LeastMembers > file.Agreement.MostMembers) yield return At("agreement.most_members", $"{file.Agreement.MostMembers}", "is below least_members");
        if (file.Allocation is { Accept: Acceptance.Any, Steps.Count: 0 }) yield return At("allocation.steps", null, "must say how money is spread");
        if (file.Credits is { } credits && credits.Kind is not ("fraction" or "figure")) yield return At("credits.kind", credits.Kind, "must be fraction or figure");
        if (file.Credits is { Kind: "figure", Figure: var credited } && !PackPaths.HasFigure(file, credited)) yield return At("credits.figure", credited, "is no figure of this pack");
        if (file.Declarations is { ChangesPerYear: < 0 } declarations) yield return At("declarations.changes_per_year", $"{declarations.ChangesPerYear}", "is negative");
        foreach (var (member, figure, parameter) in file.Entitlement?.Names() ?? [])
        {
            if (figure is not null && !PackPaths.HasFigure(file, figure)) yield return At($"entitlement.{member}", figure, "is no figure of this pack");
            if (parameter is not null && string.IsNullOrWhiteSpace(parameter)) yield return At($"entitlement.{member}", parameter, "must name a parameter");
        }
    }

    private IEnumerable<Refusal> Parameters()
    {
        for (var i = 0; i < file.Parameters.Count; i++)
        {
            var rule = file.Parameters[i];
            if (rule.Kind is not ("day" or "money" or "percent" or "count" or "mode" or "choice" or "identifier")) yield return At($"parameters[{i}].kind", rule.Kind, "must be day, money, percent, count, mode, choice or identifier");
            if (rule.Kind == "choice" && rule.Choices.Count == 0) yield return At($"parameters[{i}].choices", null, "must hold the values to choose from");
            if (file.Parameters.Take(i).Any(other => other.Name == rule.Name)) yield return At($"parameters[{i}].name", rule.Name, "is there twice");
        }
    }
}

/// <summary>Where things stand in a pack, and what its names are.</summary>
internal static class PackPaths
{
    public static IEnumerable<(ItemRule Item, string Path)> Items(PackFile file) =>
    [
        .. file.Fees.Select((item, i) => ((ItemRule)item, $"fees[{i}]")),
        .. file.Subtotals.Select((item, i) => ((ItemRule)item, $"subtotals[{i}]")),
        .. file.Components.Select((item, i) => ((ItemRule)item, $"components[{i}]")),
    ];

    public static Dictionary<string, Named> Names(PackFile file) => Naming.Of(file);

    public static bool HasFigure(PackFile file, string? id) => file.Figures.Any(figure => figure.Id == id);
}
