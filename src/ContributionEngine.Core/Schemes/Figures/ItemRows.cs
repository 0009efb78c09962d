
namespace ContributionEngine.Core;

/// <summary>Subtotals, components and fees: who pays, how much, on what, when not.</summary>
internal static class ItemRows
{
    public static IReadOnlyList<PackRow> Of(PackFile file) =>
    [
        .. file.Fees.SelectMany(fee => Item(file, fee, $"fee {fee.Id} ({Pack.Word(fee.Payer)})")),
        .. file.Subtotals.SelectMany(subtotal => Item(file, subtotal, $"subtotal {subtotal.Id}")),
        .. file.Components.SelectMany(component => Item(file, component, $"component {component.Id} ({Pack.Word(component.Payer)})")),
        .. Marks(file),
    ];

    public static IReadOnlyList<PackRow> Rounding(PackFile file) =>
        [PackRow.Of("rounding", $"{Wording.Rounded(file.Rounding)} {file.Currency}, unless an item or charge says otherwise", (file.Rounding.Source, file.Rounding.Confidence))];

    private static List<PackRow> Item(PackFile file, ItemRule item, string what)
    {
        var wording = new Wording(file);
        var head = new PackRow(what, wording.Amount(item.Amount));
        var rows = new List<PackRow>();
        if (item is ComponentRule component) rows.Add(head.Further("who", Who(component)));
        if (item is FeeRule fee) rows.Add(head.Further("who", $"{Pack.Word(fee.Payer)} pays, to the organisation"));
        if (wording.Base(item) is { } from) rows.Add(head.Further("base", from));
        if (item.When is { } when) rows.Add(head.Further("only if", wording.Condition(when)));
        if (item.Unless is { } unless) rows.Add(head.Further("not if", wording.Condition(unless)));
        if (item.Per == Per.Event) rows.Add(head.Further("worked", "for each event, rounded by itself"));
        else if (file.Modes.Any(mode => mode != SpanMode.Month)) rows.Add(head.Further("worked", item.Per == Per.Span ? "once for the whole span" : "for a month, rounded, times the months of the span"));
        if (item.Times is { } times) rows.Add(head.Further("times", times == "persons" ? "persons: one and additional_dependants" : times));
        if (item.Rounding is { } rounding) rows.Add(PackRow.Of(what, Wording.Rounded(rounding), (rounding.Source, rounding.Confidence)) with { Part = "rounding" });
        if (item.Base?.Rounding is { } ofBase) rows.Add(PackRow.Of(what, Wording.Rounded(ofBase), (ofBase.Source, ofBase.Confidence)) with { Part = "rounding of the base" });
        if (item is ComponentRule { DueItem: { } due }) rows.Add(head.Further("due", $"by {due}"));
        return [head with { Source = wording.Sources, Note = item.Note }, .. rows];
    }

    private static string Who(ComponentRule rule)
    {
        var (payer, debtor, remitter) = (Pack.Word(rule.Payer), Pack.Word(rule.Debtor), Pack.Word(rule.Remitter));
        var who = payer == debtor && debtor == remitter ? $"{payer} pays, owes and remits" : payer == debtor ? $"{payer} pays and owes, {remitter} remits"
            : debtor == remitter ? $"{payer} pays, {debtor} owes and remits" : $"{payer} pays, {debtor} owes, {remitter} remits";
        return who + (rule.IsCollected ? "" : "; not collected here");
    }

    private static IEnumerable<PackRow> Marks(PackFile file)
    {
        if (file.Separable) yield return new PackRow("separable", "a member may take some of the components only");
        if (file.Instalments) yield return new PackRow("instalments", "the member's total may be split into equal parts; the earliest take the odd units");
        if (file.Credits is { } credits) yield return PackRow.Of("credits", $"a paid period counts for {(credits.Kind == "fraction" ? "the fraction of the base that was chosen" : new Wording(file).Number(credits.Figure!))}, in {credits.Unit}s with {credits.Decimals} decimals", (credits.Source, credits.Confidence));
    }
}
