using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What a row may say under an agreement and its pack: periods and days of the term, components and events of the scheme.</summary>
internal sealed class RowRules(Agreement agreement, Pack pack)
{
    private const int MonthsAfterTerm = 24;

    private readonly HashSet<string> components = [.. pack.Components.Select(component => component.Id)];

    private readonly DateOnly latest = agreement.End.AddMonths(MonthsAfterTerm);

    public void Check(ReceiptRow row, List<FoundProblem> problems)
    {
        Place(row, problems);
        Event(row, problems);
    }

    private void Place(ReceiptRow row, List<FoundProblem> problems)
    {
        if (row.Period is { } period && !agreement.Covers(period))
        {
            problems.Add(new FoundProblem(row.Row, "R15", "error", "period", period.ToString(), $"Row {row.Row}: {period} is outside the agreement's term, {Values.Text(agreement.Start)} to {Values.Text(agreement.End)}.")
            {
                Particulars = Particulars.Of("period", ("period", period.ToString()), ("from", Values.Text(agreement.Start)), ("to", Values.Text(agreement.End))),
            });
        }

        if (row.ReceivedOn > latest && !row.IsFaulty("received_on"))
        {
            problems.Add(new FoundProblem(row.Row, "R15", "error", "received_on", Values.Text(row.ReceivedOn), $"Row {row.Row}: {Values.Text(row.ReceivedOn)} is more than {MonthsAfterTerm} months after the agreement's term ended.") { Particulars = Particulars.Of("day") });
        }

        if (row.Component is { Length: > 0 } component && !components.Contains(component))
        {
            problems.Add(new FoundProblem(row.Row, "R17", "error", "component", component, $"Row {row.Row}: “{component}” is no component of the scheme. Write one of {string.Join(", ", components)}, or leave it empty.") { Particulars = Particulars.Of(null, ("choices", string.Join(", ", components))) });
        }
    }

    private void Event(ReceiptRow row, List<FoundProblem> problems)
    {
        if (row.EventKind is not { } kind) return;
        var fault = !pack.EventKinds.Contains(kind) ? ("event_kind", (string?)kind, (string?)null, $"“{kind}” is no event of the scheme. Write one of {string.Join(", ", pack.EventKinds)}, or leave it empty.")
            : row.EventValueMinor is null && !row.IsFaulty("event_value") ? ("event_value", null, "value", $"the value of the {kind} is missing.")
            : row.EventQuantity is null && pack.File.Events?.QuantityDecimals is not null && !row.IsFaulty("event_quantity") ? ("event_quantity", null, "quantity", $"the quantity of the {kind} is missing.")
            : default;
        if (fault.Item1 is null) return;
        problems.Add(new FoundProblem(row.Row, "R18", "error", fault.Item1, fault.Item2, $"Row {row.Row}: {fault.Item4}")
        {
            Particulars = Particulars.Of(fault.Item3, ("kind", kind), ("choices", string.Join(", ", pack.EventKinds))),
        });
    }
}
