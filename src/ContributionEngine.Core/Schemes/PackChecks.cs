using static ContributionEngine.Core.PackFault;

namespace ContributionEngine.Core;

/// <summary>What must hold between the members of a pack, beyond the form that the serializer checks.</summary>
internal sealed class PackChecks(PackFile file)
{
    private const int PercentMax = 500;
    private const int DecimalsMax = 9;

    public IEnumerable<Refusal> Faults() =>
        [.. Money(), .. Sources(), .. file.Figures.SelectMany(Figure), .. Overlaps(), .. file.Tables.SelectMany(Table), .. Components(), .. DueDates(), .. LateCharges(), .. Others(), .. Parameters()];

    private IEnumerable<Refusal> Money()
    {
        if (string.IsNullOrWhiteSpace(file.Pack)) yield return At("pack", file.Pack, "is empty");
        if (file.InputDecimals is < 0 or > DecimalsMax) yield return At("input_decimals", $"{file.InputDecimals}", $"must be 0 to {DecimalsMax}");
        if (file.Modes.Count == 0) yield return At("modes", null, "must offer at least one span");
        if (!Currency.Of(file.Currency).Ok(out var currency, out _))
        {
            yield return At("currency", file.Currency, "is not an ISO 4217 code");
            yield break;
        }

        if (file.OutputDecimals < 0 || file.OutputDecimals > currency.Digits) yield return At("output_decimals", $"{file.OutputDecimals}", $"must be 0 to {currency.Digits}");
        if (!(file.Rounding.Unit * currency.MinorPerMajor).TryToLong(out var minor) || minor < 1) yield return At("rounding.unit", $"{file.Rounding.Unit}", $"must be a multiple of the smallest amount of {currency.Code}");
    }

    private IEnumerable<Refusal> Sources()
    {
        var sourced = file.Figures.Select((item, i) => ($"figures[{i}]", item.Source))
            .Concat(file.Tables.Select((item, i) => ($"tables[{i}]", item.Source)))
            .Concat(file.Due.Select((item, i) => ($"due[{i}]", item.Source)))
            .Concat(file.Late.Select((item, i) => ($"late[{i}]", item.Source)))
            .Concat([("rounding", file.Rounding.Source), ("holidays", file.Holidays.Source), ("agreement", file.Agreement.Source)]);
        if (file.Allocation is { } spread) sourced = sourced.Append(("allocation", spread.Source));
        if (file.Entitlement is { } rule) sourced = sourced.Append(("entitlement", rule.Source));
        return sourced.Where(item => string.IsNullOrWhiteSpace(item.Source)).Select(item => At($"{item.Item1}.source", item.Source, "is missing; every figure names its source"));
    }

    private static IEnumerable<Refusal> Figure(Figure figure, int i)
    {
        var at = $"figures[{i}]";
        if (figure.Unit is not ("money" or "percent")) yield return At($"{at}.unit", figure.Unit, "must be money or percent");
        if (figure.Value.Sign < 0) yield return At($"{at}.value", $"{figure.Value}", "is negative");
        if (figure.Unit == "percent" && figure.Value > PercentMax) yield return At($"{at}.value", $"{figure.Value}", $"is above {PercentMax} percent");
        if (figure.To is { } to && to < figure.From) yield return At($"{at}.to", $"{to}", "is before from");
    }

    private IEnumerable<Refusal> Overlaps()
    {
        for (var i = 0; i < file.Figures.Count; i++)
        {
            var (here, before) = (file.Figures[i], file.Figures.Take(i).Where(other => other.Id == file.Figures[i].Id));
            if (before.Any(other => here.HoldsOn(other.From.First) || other.HoldsOn(here.From.First))) yield return At($"figures[{i}].from", $"{here.From}", $"overlaps another figure «{here.Id}»");
        }
    }

    private static IEnumerable<Refusal> Table(ClassTable table, int i)
    {
        var at = $"tables[{i}]";
        if (table.Rows.Count == 0) yield return At($"{at}.rows", null, "must hold at least one class");
        for (var row = 0; row < table.Rows.Count; row++)
        {
            var (here, before) = (table.Rows[row], row == 0 ? null : table.Rows[row - 1]);
            var path = $"{at}.rows[{row}]";
            if (before is null && !here.From.IsZero) yield return At($"{path}.from", $"{here.From}", "the first class must begin at 0");
            if (before is not null && before.To is null) yield return At($"{at}.rows[{row - 1}].to", null, "only the last class may have no upper edge");
            if (before?.To is { } edge && edge != here.From) yield return At($"{path}.from", $"{here.From}", edge < here.From ? $"leaves a gap from {edge}" : $"overlaps the class below, which ends at {edge}");
            if (here.To is { } to && to <= here.From) yield return At($"{path}.to", $"{to}", "is not above from");
            if (row == table.Rows.Count - 1 && here.To is not null) yield return At($"{path}.to", $"{here.To}", "the last class must have no upper edge");
            foreach (var (column, percent) in here.Percents)
            {
                if (percent.Sign < 0 || percent > PercentMax) yield return At($"{path}.percents.{column}", $"{percent}", $"must be 0 to {PercentMax} percent");
            }
        }
    }

    private IEnumerable<Refusal> Components()
    {
        if (file.Components.Count == 0) yield return At("components", null, "must hold at least one");
        var known = new HashSet<string>();
        for (var i = 0; i < file.Components.Count; i++)
        {
            var (component, at) = (file.Components[i], $"components[{i}]");
            foreach (var fault in component.Base is { } rule ? Base(rule, $"{at}.base") : []) yield return fault;
            foreach (var fault in Amount(component.Amount, $"{at}.amount", known)) yield return fault;
            if (!known.Add(component.Id)) yield return At($"{at}.id", component.Id, "is there twice");
        }
    }

    private IEnumerable<Refusal> Base(BaseRule rule, string at)
    {
        if (rule.Floor is { } floor && !HasFigure(floor)) yield return At($"{at}.floor", floor, "is no figure of this pack");
        if (rule.Ceiling is { } ceiling && !HasFigure(ceiling)) yield return At($"{at}.ceiling", ceiling, "is no figure of this pack");
        if (rule.CeilingWhen is { } when && (rule.Ceiling is null || !file.MemberFlags.Contains(when))) yield return At($"{at}.ceiling_when", when, "needs a ceiling, and a member flag of this pack");
        foreach (var flag in rule.FloorWaivedBy.Where(flag => !file.MemberFlags.Contains(flag))) yield return At($"{at}.floor_waived_by", flag, "is no member flag of this pack");
    }

    // A component may only build on one that stands before it, so that no circle can arise.
    private IEnumerable<Refusal> Amount(AmountRule amount, string at, HashSet<string> before)
    {
        switch (amount.Kind)
        {
            case "rate" or "residual" when amount.Rate is null || !HasFigure(amount.Rate):
                yield return At($"{at}.rate", amount.Rate, "is no figure of this pack");
                break;
            case "residual" when amount.Of is null || !before.Contains(amount.Of):
                yield return At($"{at}.of", amount.Of, "must be a component that stands before this one");
                break;
            case "table" when file.Tables.All(table => table.Id != amount.Table):
                yield return At($"{at}.table", amount.Table, "is no table of this pack");
                break;
            case "table" when file.Tables.Any(table => table.Id == amount.Table && table.Rows.Any(row => !row.Percents.ContainsKey(amount.Column ?? ""))):
                yield return At($"{at}.column", amount.Column, "is missing in a class of the table");
                break;
            case not ("rate" or "residual" or "table"):
                yield return At($"{at}.kind", amount.Kind, "must be rate, table or residual");
                break;
        }
    }

    private IEnumerable<Refusal> DueDates()
    {
        for (var i = 0; i < file.Due.Count; i++)
        {
            var (due, at) = (file.Due[i], $"due[{i}]");
            if (due.Day is not ("nth_working_day" or "last_working_day")) yield return At($"{at}.day", due.Day, "must be nth_working_day or last_working_day");
            if (due.Day == "nth_working_day" && due.Nth is not (>= 1 and <= 31)) yield return At($"{at}.nth", $"{due.Nth}", "must be 1 to 31");
            foreach (var mode in file.Modes.Where(mode => !(due.AnchorMonth.TryGetValue(Pack.Word(mode), out var month) && month >= 1 && month <= (int)mode)))
            {
                yield return At($"{at}.anchor_month.{Pack.Word(mode)}", null, $"must be a month of the span, 1 to {(int)mode}");
            }
        }

        var (item, name) = (file.ObligationDue.Item, file.ObligationDue.DayParameter);
        if (item is null == name is null) yield return At("obligation_due", null, "must name either an item or a day_parameter");
        if (item is not null && file.Due.All(due => due.Item != item)) yield return At("obligation_due.item", item, "is no due item of this pack");
        if (name is not null && !HasParameter(name, "day")) yield return At("obligation_due.day_parameter", name, "is no parameter of this pack of kind day");
    }

    private IEnumerable<Refusal> LateCharges()
    {
        for (var i = 0; i < file.Late.Count; i++)
        {
            var (late, at) = (file.Late[i], $"late[{i}]");
            if (late.Rate is null == late.RateParameter is null) yield return At(at, null, "must name either a rate or a rate_parameter");
            if (late.Rate is { } rate && !HasFigure(rate)) yield return At($"{at}.rate", rate, "is no figure of this pack");
            if (late.RateParameter is { } name && !HasParameter(name, "percent")) yield return At($"{at}.rate_parameter", name, "is no parameter of this pack of kind percent");
            if (late.Method is not ("flat" or "compound" or "simple")) yield return At($"{at}.method", late.Method, "must be flat, compound or simple");
            foreach (var id in late.Components.Where(id => file.Components.All(component => component.Id != id))) yield return At($"{at}.components", id, "is no component of this pack");
        }
    }

    private IEnumerable<Refusal> Others()
    {
        if (file.Agreement.PinnedMonths is < 1 or > 120) yield return At("agreement.pinned_months", $"{file.Agreement.PinnedMonths}", "must be 1 to 120");
        if (file.Allocation is { Spread: not "whole_member_first" } spread) yield return At("allocation.spread", spread.Spread, "must be whole_member_first");
        switch (file.Entitlement)
        {
            case { Kind: "unpaid_age" } rule when rule.Months is not (>= 0 and <= 120) || string.IsNullOrWhiteSpace(rule.Beyond):
                yield return At("entitlement", null, "of kind unpaid_age needs months, 0 to 120, and the state beyond them");
                break;
            case { Kind: "k_of_n" } rule when rule.Window is not (>= 1 and <= 120) || rule.Needed is not >= 1 || rule.RuleParameter is null || rule.ImmediateValue is null || rule.CountedValue is null:
                yield return At("entitlement", null, "of kind k_of_n needs needed, window, rule_parameter, immediate_value and counted_value");
                break;
            case { Kind: not ("unpaid_age" or "k_of_n") } rule:
                yield return At("entitlement.kind", rule.Kind, "must be unpaid_age or k_of_n");
                break;
        }
    }

    private IEnumerable<Refusal> Parameters()
    {
        for (var i = 0; i < file.Parameters.Count; i++)
        {
            var rule = file.Parameters[i];
            if (rule.Kind is not ("day" or "money" or "percent" or "mode" or "choice")) yield return At($"parameters[{i}].kind", rule.Kind, "must be day, money, percent, mode or choice");
            if (rule.Kind == "choice" && rule.Choices.Count == 0) yield return At($"parameters[{i}].choices", null, "must hold the values to choose from");
            if (file.Parameters.Take(i).Any(other => other.Name == rule.Name)) yield return At($"parameters[{i}].name", rule.Name, "is there twice");
        }
    }

    private bool HasFigure(string id) => file.Figures.Any(figure => figure.Id == id);

    private bool HasParameter(string name, string kind) => file.Parameters.Any(parameter => parameter.Name == name && parameter.Kind == kind);
}
