using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What a cut-off takes of what is there now, by the terms of the agreement.</summary>
/// <param name="Rule">Which money may go.</param>
/// <param name="Takable">What that comes to.</param>
/// <param name="IsCarried">True when it is too little to send and waits for the next cut-off.</param>
/// <param name="Rules">The rule in the parts that are cut one after the other: differences apart from the rest, or one for each notice of the fund.</param>
internal sealed record CutDecision(CutRule Rule, Takable Takable, CutLimits Limits, bool IsCarried, IReadOnlyList<CutRule> Rules)
{
    /// <summary>The periods that go, where the fund takes only what it has quoted; else null.</summary>
    public IReadOnlyList<string>? Quoted { get; private init; }

    /// <summary>What is ready and waits for the fund to quote it, in minor units.</summary>
    public long Unquoted { get; private init; }

    public static async Task<CutDecision> At(Work work, StoredAgreement agreement, AsOf cutoff)
    {
        var rule = RuleOf(agreement, cutoff.Day);
        var limits = CutLimits.Of(agreement.Agreement.Settlement, agreement.Currency);
        if (await NoticedPeriods.AreTheRule(work, agreement)) return OfNotices(rule, limits, await NoticedPeriods.Of(work, rule));
        var takable = await work.Lines.Takable(rule);
        var rules = new[] { (Lines: takable.Lines - takable.Revised, Rule: rule), (Lines: takable.Revised, Rule: rule with { Revised = 1 }) };
        return new CutDecision(rule, takable, limits, await Carries(work, agreement, (limits, takable.Total), cutoff), [.. rules.Where(part => part.Lines > 0).Select(part => part.Rule)]);
    }

    // What the fund has quoted is due as it is, so it is never too little.
    private static CutDecision OfNotices(CutRule rule, CutLimits limits, IReadOnlyList<NoticedPeriod> periods)
    {
        var going = periods.Where(period => period.Verdict == NoticeVerdict.Goes).ToList();
        var takable = new Takable { Lines = going.Sum(period => period.Ready.Lines), Revised = going.Sum(period => period.Ready.Revised * period.Ready.Lines), Total = going.Sum(period => period.Ready.Amount) };
        return new CutDecision(rule, takable, limits, false, [.. going.Select(period => period.Rule)]) { Quoted = [.. going.Select(period => period.Ready.Period)], Unquoted = periods.Sum(period => period.Ready.Amount) - takable.Total };
    }

    public static CutRule RuleOf(StoredAgreement agreement, DateOnly on) =>
        new(agreement.Id, on, agreement.Agreement.Shortfall switch { Shortfall.ProRata => 0, Shortfall.HoldBatch => 2, _ => 1 });

    /// <summary>True when a cut of this total waits for the next cut-off.</summary>
    public static async Task<bool> Carries(Work work, StoredAgreement agreement, (CutLimits Limits, long Total) cut, AsOf cutoff) =>
        cut.Limits.Carries(cut.Total, isLast: false) && cut.Limits.Carries(cut.Total, await IsLast(work, agreement, cutoff));

    /// <summary>About how many remittances a cut becomes.</summary>
    public async Task<int> Remittances(Work work) => Limits.Allow(Takable.Lines, Takable.Total) ? Math.Max(1, Rules.Count) : (await Parts(work, Rule, Limits)).Count;

    /// <summary>The remittances into which the lines of a rule are cut, each as so many of the lines that are left.</summary>
    public static async Task<IReadOnlyList<CutPart>> Parts(Work work, CutRule rule, CutLimits limits)
    {
        var split = new CutSplit(limits);
        await foreach (var line in work.Declarables.Lines(rule)) split.Add(line.MemberNo, line.Period, line.Amount);
        return split.Parts();
    }

    // Money that no later cut-off of the term would take is not left behind.
    private static async Task<bool> IsLast(Work work, StoredAgreement agreement, AsOf cutoff)
    {
        if (!(await RunSettlement.NextCutoff(work, agreement, cutoff.Instant)).Ok(out var next, out var refusal)) throw new InvalidOperationException(refusal.Detail);
        if (next is not { } later || agreement.Agreement.TermOn(cutoff.Day) is not { } term) return true;
        return AsOf.DayIn(later, agreement.Agreement) > term.End;
    }
}
