using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What a pack says of late payment, as far as booking it asks.</summary>
/// <param name="Kinds">The kinds of charges that the pack knows.</param>
/// <param name="Late">Works them out.</param>
internal sealed record LateRules(IReadOnlyList<string> Kinds, Func<LateInput, Outcome<IReadOnlyList<LateCharge>>> Late)
{
    /// <summary>Some charge hangs on what is published month by month.</summary>
    public bool UsesSeries { get; init; } = true;

    /// <summary>The rules of an agreement's pack, or null when they can charge nothing with its parameters.</summary>
    public static async Task<LateRules?> Of(Work work, StoredAgreement stored)
    {
        if (!(await SchemePacks.Of(work, stored)).Ok(out var pack, out _)) return null;
        return stored.Agreement.Terms.Any(term => pack.ChargesLate(term.Parameters)) ? new LateRules(pack.LateKinds, pack.Late) { UsesSeries = pack.File.Late.Any(rule => rule.Series is not null) } : null;
    }
}

/// <summary>What late charges should stand on some principals, and which of them cannot be worked out yet.</summary>
internal sealed class LateTargets
{
    /// <summary>Reason of the case that a needed value of a series is not published.</summary>
    public const string SeriesMissing = "series_missing";

    /// <summary>Reason of the case that a pack's rule cannot charge for another cause.</summary>
    public const string NotCharged = "late_not_charged";

    private const string SeriesField = "series.";

    public Dictionary<(long Principal, string Kind), LateCharge> Charges { get; } = [];

    /// <summary>What stands on these stays as it is.</summary>
    public HashSet<(long Principal, string Kind)> Unknown { get; } = [];

    public Dictionary<string, NewCase> Cases { get; } = [];

    /// <summary>Asks the rules about principals of one term; what lacks a value does not keep the others from being charged.</summary>
    public void Add(LateRules rules, LateInput input)
    {
        if (Take(rules.Late(input))) return;
        foreach (var kind in rules.Kinds)
        {
            var ofKind = input with { Kinds = [kind] };
            if (Take(rules.Late(ofKind))) continue;
            foreach (var principal in input.Principals) One(rules.Late(ofKind with { Principals = [principal] }), (long.Parse(principal.Id, System.Globalization.CultureInfo.InvariantCulture), kind));
        }
    }

    private void One(Outcome<IReadOnlyList<LateCharge>> outcome, (long Principal, string Kind) of)
    {
        if (Take(outcome)) return;
        Unknown.Add(of);
        var missing = Case(outcome.Refusal!, of.Kind);
        Cases.TryAdd($"{missing.Reason} {missing.Subject}", missing);
    }

    private bool Take(Outcome<IReadOnlyList<LateCharge>> outcome)
    {
        if (!outcome.Ok(out var charges, out _)) return false;
        foreach (var charge in charges) Charges[(long.Parse(charge.Principal, System.Globalization.CultureInfo.InvariantCulture), charge.Kind)] = charge;
        return true;
    }

    private static NewCase Case(Refusal refusal, string kind)
    {
        if (refusal.Field?.StartsWith(SeriesField, StringComparison.Ordinal) != true) return new NewCase(NotCharged, kind, null, $"{refusal.Detail:why}");
        var at = refusal.Field.LastIndexOf('.');
        var (series, month) = (refusal.Field[SeriesField.Length..at], refusal.Field[(at + 1)..]);
        return new NewCase(SeriesMissing, $"{series} {month}", null, $"No value of {series:series} for {month:month} is entered, so {kind:kind} that needs it is not charged. Enter it with 'series set {series} {month} PERCENT --source TEXT'.");
    }
}
