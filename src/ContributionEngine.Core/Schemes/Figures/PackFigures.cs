namespace ContributionEngine.Core;

/// <summary>A part of a pack under its own head, such as <c>figures</c> or <c>due dates</c>.</summary>
public sealed record PackBlock(string Name, IReadOnlyList<PackRow> Rows);

/// <summary>A pack as one list for the one who holds it against the law: every figure, rule and choice, with source and mark.</summary>
public static class PackFigures
{
    public static IReadOnlyList<PackBlock> Of(Pack pack)
    {
        var file = pack.File;
        List<PackBlock> blocks =
        [
            new("figures", FigureRows.Figures(file)),
            new("tables", FigureRows.Tables(file)),
            new("facts", FactRows.Of(file)),
            new("amounts", ItemRows.Of(file)),
            new("rounding", ItemRows.Rounding(file)),
            new("due dates", DueRows.Of(file)),
            new("holidays", DueRows.Holidays(file)),
            new("late charges", LateRows.Of(file)),
            new("order of payment", PaymentRows.Of(file)),
            new("entitlement", EntitlementRows.Of(file)),
            new("agreement", AgreementRows.Of(file)),
            new("not known", AgreementRows.Unknown(file)),
        ];
        return [new("pack", [.. HeaderRows.Of(file), Choices(blocks)]), .. blocks];
    }

    private static PackRow Choices(IEnumerable<PackBlock> blocks)
    {
        var chosen = blocks.SelectMany(block => block.Rows).Where(row => row.IsChoice).Select(row => row.Name).ToList();
        var counted = chosen.GroupBy(name => name).Select(names => names.Count() == 1 ? names.Key : $"{names.Key} ({names.Count()} times)");
        return new PackRow("author's choices", chosen.Count == 0 ? "none" : string.Join("; ", counted)) { Mark = chosen.Count == 0 ? null : "C" };
    }
}
