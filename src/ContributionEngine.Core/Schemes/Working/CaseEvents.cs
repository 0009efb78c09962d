namespace ContributionEngine.Core;

/// <summary>The events of a case, checked: kinds of the pack, dates within the period where the pack says so.</summary>
internal sealed class CaseEvents
{
    private CaseEvents(IReadOnlyList<CaseEvent> all, long minorPerMajor)
    {
        All = all;
        foreach (var one in all) Sum += one.IsTooSmall ? Ratio.Zero : one.Signed;
        SumMinor = (all.Aggregate(Ratio.Zero, (sum, one) => sum + one.Signed) * minorPerMajor).TryToLong(out var minor) ? minor : throw new CaseFault("invalid_input", "events");
    }

    public IReadOnlyList<CaseEvent> All { get; }

    /// <summary>Of those that count, in major units.</summary>
    public Ratio Sum { get; }

    /// <summary>Of all, in minor units.</summary>
    public long SumMinor { get; }

    public static CaseEvents Of(Pack pack, CaseFacts facts, Period period)
    {
        var rule = pack.File.Events!;
        var least = rule.LeastQuantity is { } name ? ((NamedFigure)pack.Name(name)).On(period.First)?.Value : null;
        var all = facts.NeededItems("events").Select(item =>
        {
            var kind = item.NeededWord("kind");
            if (!rule.Knows(kind)) throw item.Fault("kind");
            if (rule.Dated && !period.Contains(item.NeededDay("date"))) throw item.Fault("date");
            var amount = item.NeededAmount("amount", pack.File.InputDecimals);
            var isTooSmall = rule.QuantityDecimals is { } decimals && item.NeededAmount("quantity", decimals) < least;
            return new CaseEvent(rule.Minus.Contains(kind) ? -amount : amount, isTooSmall);
        });
        return new CaseEvents([.. all], pack.Currency.MinorPerMajor);
    }
}

/// <summary>An event by its sign, in major units.</summary>
internal readonly record struct CaseEvent(Ratio Signed, bool IsTooSmall);
