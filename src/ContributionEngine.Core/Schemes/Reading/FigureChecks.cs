using static ContributionEngine.Core.PackFault;

namespace ContributionEngine.Core;

/// <summary>Figures and tables: units, limits, dates, edges, holes, overlaps.</summary>
internal sealed class FigureChecks(PackFile file)
{
    private const int PercentMax = 500;

    public IEnumerable<Refusal> Faults() =>
    [
        .. InForce(),
        .. file.Figures.SelectMany(Figure),
        .. Overlaps("figures", [.. file.Figures.Select(figure => (figure.Id, figure.From, figure.To))]),
        .. file.Tables.SelectMany(Table),
        .. Overlaps("tables", [.. file.Tables.Select(table => (table.Id, table.From, table.To))]),
    ];

    private IEnumerable<Refusal> InForce()
    {
        for (var i = 0; i < file.InForce.Count; i++)
        {
            if (file.InForce[i].To is { } to && to < file.InForce[i].From) yield return At($"in_force[{i}].to", $"{to}", "is before from");
            if (i > 0 && (file.InForce[i - 1].To is not { } before || before >= file.InForce[i].From)) yield return At($"in_force[{i}].from", $"{file.InForce[i].From}", "must come after the stretch before it has ended");
        }
    }

    private static IEnumerable<Refusal> Figure(Figure figure, int i)
    {
        var at = $"figures[{i}]";
        if (figure.Unit is not ("money" or "percent" or "number")) yield return At($"{at}.unit", figure.Unit, "must be money, percent or number");
        if (figure.Value.Sign < 0) yield return At($"{at}.value", $"{figure.Value}", "is negative");
        if (figure.Unit == "percent" && figure.Value > PercentMax) yield return At($"{at}.value", $"{figure.Value}", $"is above {PercentMax} percent");
        if (figure.To is { } to && to < figure.From) yield return At($"{at}.to", $"{to}", "is before from");
        if (figure.Id.Contains('.', StringComparison.Ordinal)) yield return At($"{at}.id", figure.Id, "must not contain a dot, which is for table.column");
    }

    private static IEnumerable<Refusal> Overlaps(string list, IReadOnlyList<(string Id, Period? From, Period? To)> dated)
    {
        for (var i = 0; i < dated.Count; i++)
        {
            var here = dated[i];
            if (dated.Take(i).Any(other => other.Id == here.Id && Meet(other, here))) yield return At($"{list}[{i}].from", $"{here.From}", $"overlaps another «{here.Id}»");
        }
    }

    private static bool Meet((string Id, Period? From, Period? To) left, (string Id, Period? From, Period? To) right) =>
        (left.From is not { } from || right.To is not { } ends || from <= ends) && (right.From is not { } begins || left.To is not { } to || begins <= to);

    private IEnumerable<Refusal> Table(ValueTable table, int i)
    {
        var at = $"tables[{i}]";
        if (table.Rows.Count == 0) yield return At($"{at}.rows", null, "must hold at least one class");
        if (table.Key == Keys.TenureMonth && file.Tenure is null) yield return At($"{at}.key", table.Key, "needs the block tenure");
        foreach (var (column, unit) in table.Columns.Where(column => column.Value is not ("money" or "percent" or "number"))) yield return At($"{at}.columns.{column}", unit, "must be money, percent or number");
        foreach (var fault in table.HasEdges ? Edges(table, at) : Words(table, at)) yield return fault;
        for (var row = 0; row < table.Rows.Count; row++)
        {
            foreach (var fault in Cells(table, table.Rows[row], $"{at}.rows[{row}]")) yield return fault;
        }
    }

    private static IEnumerable<Refusal> Cells(ValueTable table, TableRow row, string at)
    {
        foreach (var (column, value) in row.Values)
        {
            if (!table.Columns.TryGetValue(column, out var unit)) yield return At($"{at}.values.{column}", $"{value}", "is no column of the table");
            if (value.Sign < 0 || (unit == "percent" && value > PercentMax)) yield return At($"{at}.values.{column}", $"{value}", unit == "percent" ? $"must be 0 to {PercentMax} percent" : "is negative");
        }

        foreach (var column in table.Columns.Keys.Where(column => !row.Values.ContainsKey(column) && table.Incomplete is null)) yield return At($"{at}.values.{column}", null, "is missing; say why in incomplete if it is not known");
    }

    private static IEnumerable<Refusal> Edges(ValueTable table, string at)
    {
        for (var row = 0; row < table.Rows.Count; row++)
        {
            var (here, before, path) = (table.Rows[row], row == 0 ? null : table.Rows[row - 1], $"{at}.rows[{row}]");
            var least = table.Key == Keys.TenureMonth ? 1 : 0;
            if (here.From is not { } from)
            {
                yield return At($"{path}.from", null, "is missing; the table is found by a number");
                continue;
            }

            if (before is null && from != least) yield return At($"{path}.from", $"{from}", $"the first class must begin at {least}");
            if (before is not null && before.To is null) yield return At($"{at}.rows[{row - 1}].to", null, "only the last class may have no upper edge");
            if (before?.To is { } edge && edge != from) yield return At($"{path}.from", $"{from}", edge < from ? $"leaves a gap from {edge}" : $"overlaps the class below, which ends at {edge}");
            if (here.To is { } to && to <= from) yield return At($"{path}.to", $"{to}", "is not above from");
            if (row == table.Rows.Count - 1 && here.To is not null) yield return At($"{path}.to", $"{here.To}", "the last class must have no upper edge");
        }
    }

    private IEnumerable<Refusal> Words(ValueTable table, string at)
    {
        if (file.Inputs.FirstOrDefault(input => input.Name == table.Key && input.Kind == "word") is not { } key)
        {
            yield return At($"{at}.key", table.Key, "must be income, tenure_month, or an input of kind word");
            yield break;
        }

        for (var row = 0; row < table.Rows.Count; row++)
        {
            if (!key.Words.Contains(table.Rows[row].Class)) yield return At($"{at}.rows[{row}].class", table.Rows[row].Class, $"is no word of the input {key.Name}");
            if (table.Rows.Take(row).Any(other => other.Class == table.Rows[row].Class)) yield return At($"{at}.rows[{row}].class", table.Rows[row].Class, "is there twice");
        }

        foreach (var word in key.Words.Where(word => table.Incomplete is null && table.Rows.All(row => row.Class != word))) yield return At($"{at}.rows", word, "has no row; say why in incomplete if it is not known");
    }
}
