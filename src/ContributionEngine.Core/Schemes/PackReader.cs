using System.Text.Json;

namespace ContributionEngine.Core;

/// <summary>Reads and checks a pack file; a faulty pack is never loaded, and every fault is named by its path, value and reason.</summary>
public static class PackReader
{
    private const int PercentMax = 500;

    /// <summary>The pack, or a refusal with code <c>pack_invalid</c> and one error per fault.</summary>
    public static Outcome<Pack> Read(Stream json)
    {
        PackFile file;
        try
        {
            file = JsonSerializer.Deserialize<PackFile>(json, PackJson.Options) ?? throw new JsonException("The file holds null.");
        }
        catch (JsonException fault)
        {
            return Invalid([Fault((fault.Path ?? "$").TrimStart('$', '.'), null, fault.Message.Split(" Path:")[0])]);
        }

        var faults = Faults(file).ToList();
        return faults.Count == 0 ? new Pack(file) : Invalid(faults);
    }

    private static IEnumerable<Refusal> Faults(PackFile file) =>
        [.. Money(file), .. file.Figures.SelectMany(Figure), .. file.Tables.SelectMany(Table), .. Components(file), .. Rules(file)];

    private static IEnumerable<Refusal> Money(PackFile file)
    {
        if (!Currency.Of(file.Currency).Ok(out var currency, out _)) yield return Fault("currency", file.Currency, "is not an ISO 4217 code");
        else if (file.OutputDecimals < 0 || file.OutputDecimals > currency.Digits) yield return Fault("output_decimals", $"{file.OutputDecimals}", $"must be 0 to {currency.Digits}");
        if (file.Modes.Count == 0) yield return Fault("modes", null, "must offer at least one span");
        if (file.Rounding.Unit.Sign <= 0) yield return Fault("rounding.unit", $"{file.Rounding.Unit}", "must be above zero");
    }

    private static IEnumerable<Refusal> Figure(Figure figure, int i)
    {
        var at = $"figures[{i}]";
        if (string.IsNullOrWhiteSpace(figure.Source)) yield return Fault($"{at}.source", figure.Source, "is missing; every figure names its source");
        if (figure.Unit is not ("money" or "percent")) yield return Fault($"{at}.unit", figure.Unit, "must be money or percent");
        if (figure.Value.Sign < 0) yield return Fault($"{at}.value", $"{figure.Value}", "is negative");
        if (figure.Unit == "percent" && figure.Value > PercentMax) yield return Fault($"{at}.value", $"{figure.Value}", $"is above {PercentMax} percent");
        if (figure.To is { } to && to < figure.From) yield return Fault($"{at}.to", $"{to}", "is before from");
    }

    private static IEnumerable<Refusal> Table(ClassTable table, int i)
    {
        var at = $"tables[{i}]";
        if (string.IsNullOrWhiteSpace(table.Source)) yield return Fault($"{at}.source", table.Source, "is missing; every figure names its source");
        for (var row = 0; row < table.Rows.Count; row++)
        {
            var (here, before) = (table.Rows[row], row == 0 ? null : table.Rows[row - 1]);
            var path = $"{at}.rows[{row}]";
            if (before is null && !here.From.IsZero) yield return Fault($"{path}.from", $"{here.From}", "the first class must begin at 0");
            if (before is not null && before.To is null) yield return Fault($"{at}.rows[{row - 1}].to", null, "only the last class may have no upper edge");
            if (before?.To is { } edge && edge != here.From) yield return Fault($"{path}.from", $"{here.From}", edge < here.From ? $"leaves a gap from {edge}" : $"overlaps the class below, which ends at {edge}");
            if (here.To is { } to && to <= here.From) yield return Fault($"{path}.to", $"{to}", "is not above from");
            if (row == table.Rows.Count - 1 && here.To is not null) yield return Fault($"{path}.to", $"{here.To}", "the last class must have no upper edge");
            foreach (var (column, percent) in here.Percents)
            {
                if (percent.Sign < 0 || percent > PercentMax) yield return Fault($"{path}.percents.{column}", $"{percent}", $"must be 0 to {PercentMax} percent");
            }
        }
    }

    private static IEnumerable<Refusal> Components(PackFile file)
    {
        var known = new HashSet<string>();
        for (var i = 0; i < file.Components.Count; i++)
        {
            var (component, at) = (file.Components[i], $"components[{i}]");
            if (component.Base?.Floor is { } floor && !HasFigure(file, floor)) yield return Fault($"{at}.base.floor", floor, "is no figure of this pack");
            if (component.Base?.Ceiling is { } ceiling && !HasFigure(file, ceiling)) yield return Fault($"{at}.base.ceiling", ceiling, "is no figure of this pack");
            foreach (var flag in (component.Base?.FloorWaivedBy ?? []).Where(flag => !file.MemberFlags.Contains(flag))) yield return Fault($"{at}.base.floor_waived_by", flag, "is no member flag of this pack");
            foreach (var fault in Amount(file, component.Amount, $"{at}.amount", known)) yield return fault;
            if (!known.Add(component.Id)) yield return Fault($"{at}.id", component.Id, "is there twice");
        }
    }

    // A component may only build on one that stands before it, so that no circle can arise.
    private static IEnumerable<Refusal> Amount(PackFile file, AmountRule amount, string at, HashSet<string> before)
    {
        switch (amount.Kind)
        {
            case "rate" or "residual" when amount.Rate is null || !HasFigure(file, amount.Rate):
                yield return Fault($"{at}.rate", amount.Rate, "is no figure of this pack");
                break;
            case "residual" when amount.Of is null || !before.Contains(amount.Of):
                yield return Fault($"{at}.of", amount.Of, "must be a component that stands before this one");
                break;
            case "table" when file.Tables.All(table => table.Id != amount.Table):
                yield return Fault($"{at}.table", amount.Table, "is no table of this pack");
                break;
            case "table" when file.Tables.Any(table => table.Id == amount.Table && table.Rows.Any(row => !row.Percents.ContainsKey(amount.Column ?? ""))):
                yield return Fault($"{at}.column", amount.Column, "is missing in a class of the table");
                break;
            case not ("rate" or "residual" or "table"):
                yield return Fault($"{at}.kind", amount.Kind, "must be rate, table or residual");
                break;
        }
    }

    private static IEnumerable<Refusal> Rules(PackFile file)
    {
        for (var i = 0; i < file.Due.Count; i++)
        {
            var (due, at) = (file.Due[i], $"due[{i}]");
            if (due.Day is not ("nth_working_day" or "last_working_day")) yield return Fault($"{at}.day", due.Day, "must be nth_working_day or last_working_day");
            if (due.Day == "nth_working_day" && due.Nth is not (>= 1 and <= 31)) yield return Fault($"{at}.nth", $"{due.Nth}", "must be 1 to 31");
            foreach (var mode in file.Modes.Where(mode => !(due.AnchorMonth.TryGetValue(Pack.Word(mode), out var month) && month >= 1 && month <= (int)mode)))
            {
                yield return Fault($"{at}.anchor_month.{Pack.Word(mode)}", null, $"must be a month of the span, 1 to {(int)mode}");
            }
        }

        if (file.ObligationDue.Item is { } item && file.Due.All(due => due.Item != item)) yield return Fault("obligation_due.item", item, "is no due item of this pack");
        if (file.ObligationDue.DayParameter is { } name && file.Parameters.All(parameter => parameter.Name != name)) yield return Fault("obligation_due.day_parameter", name, "is no parameter of this pack");
        for (var i = 0; i < file.Late.Count; i++)
        {
            if (file.Late[i].Rate is { } rate && !HasFigure(file, rate)) yield return Fault($"late[{i}].rate", rate, "is no figure of this pack");
            if (file.Late[i].Method is not ("flat" or "compound" or "simple")) yield return Fault($"late[{i}].method", file.Late[i].Method, "must be flat, compound or simple");
        }
    }

    private static bool HasFigure(PackFile file, string id) => file.Figures.Any(figure => figure.Id == id);

    private static Refusal Fault(string path, string? value, string reason) =>
        Refusal.Input("pack_fault", $"{path}: {(value is null ? "" : $"«{value}» ")}{reason}.") with { Field = path, Value = value };

    private static Refusal Invalid(IReadOnlyList<Refusal> faults) => faults[0] with
    {
        Code = "pack_invalid", Errors = faults, Help = "Correct the named figures; docs/schemes.md explains each member of a pack.",
    };
}
