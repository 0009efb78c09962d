using System.Globalization;
using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Makes late charges and takes back what was assumed too much (rule 1): each principal is charged up to the days on which its
/// parts were received, and for what is unpaid up to the day. Credit then meets the charges, and what it pays is looked at again.
/// </summary>
internal sealed class ChargeLate
{
    private readonly Work work;
    private readonly StoredAgreement agreement;
    private readonly LateRules rules;
    private readonly AsOf at;
    private readonly Sums made = new();
    private readonly Sums lowered = new();

    // Nothing is taken back because an as-of date is earlier than a former one.
    private ChargeLate(Work work, StoredAgreement agreement, LateRules rules, AsOf asOf)
    {
        (this.work, this.agreement, this.rules) = (work, agreement, rules);
        at = agreement.BroughtTo is { } later && later > asOf.Day ? asOf with { Day = later } : asOf;
    }

    /// <summary>Charges whatever is overdue in the agreement, and what has changed in this unit of work.</summary>
    public static async Task InAgreement(Work work, StoredAgreement agreement, AsOf asOf, IReadOnlyCollection<long> changed)
    {
        if (await LateRules.Of(work, agreement) is { } rules) await By(rules, work, (agreement, asOf), changed);
    }

    /// <summary>Charges the principals whose money has changed in this unit of work; others are as they were brought up.</summary>
    public static async Task OnChanged(Work work, StoredAgreement agreement, AsOf asOf, IReadOnlyCollection<long> changed)
    {
        if (await LateRules.Of(work, agreement) is { } rules) await new ChargeLate(work, agreement, rules, asOf).Run(changed, false);
    }

    /// <summary>As <see cref="InAgreement"/>, by rules that are handed in.</summary>
    internal static async Task By(LateRules rules, Work work, (StoredAgreement Agreement, AsOf AsOf) of, IReadOnlyCollection<long> changed)
    {
        var charging = new ChargeLate(work, of.Agreement, rules, of.AsOf);
        // A value that was missing may be there now, also for what has been paid since.
        var waits = await work.Cases.AnyOpen(of.Agreement.Id, LateTargets.SeriesMissing) || await work.Cases.AnyOpen(of.Agreement.Id, LateTargets.NotCharged);
        // What was brought to this day before is as it was, but for what has changed in this unit; published rates may have changed elsewhere.
        var isThere = of.Agreement.BroughtTo == charging.at.Day && !waits && !rules.UsesSeries;
        IReadOnlyList<long> overdue = isThere ? [] : waits ? await work.LateCharges.All(of.Agreement.Id, charging.at.Day) : await work.LateCharges.Open(of.Agreement.Id, charging.at.Day);
        await charging.Run([.. overdue, .. changed], waits);
    }

    // Money that charges give back pays principal, which may then have been late by less: until nothing moves any more.
    private async Task Run(IReadOnlyCollection<long> scope, bool isWhole)
    {
        for (var more = true; more && (scope.Count > 0 || isWhole); isWhole = false)
        {
            more = await Round(scope, isWhole);
            if (more) scope = await SpendCredit.On(work, agreement, at);
        }

        if (made.Count + lowered.Count == 0) return;
        await work.Audit.Record(agreement.Number, "late-charged", agreement.Number, JsonSerializer.Serialize(new
        {
            made = made.Count, made_total = made.Total, lowered = lowered.Count, lowered_total = lowered.Total,
        }));
    }

    /// <summary>True when credit may have something to do.</summary>
    private async Task<bool> Round(IReadOnlyCollection<long> scope, bool isWhole)
    {
        var principals = await work.LateCharges.Principals(scope, at.Day);
        var charges = await work.LateCharges.On(scope);
        var targets = principals.Count == 0 ? new LateTargets() : await Targets(principals);
        await Cases(targets, isWhole);
        var difference = LateDifference.Of(principals, targets, charges, (await work.Obligations.PaidBeforeOf(charges.Select(row => row.Id))).ToHashSet());
        var freed = await Lower(difference.Reduced, charges.Select(row => row.Id).ToHashSet());
        await Replace(difference.Replaced);
        await Make(difference.Added);
        return freed > 0 || difference.Added.Count > 0;
    }

    private async Task<LateTargets> Targets(IReadOnlyList<StoredObligation> principals)
    {
        var paid = (await work.LateCharges.PaidLate(principals.Select(row => row.Id))).ToLookup(row => row.ObligationId);
        var published = (await work.PublishedRates.All(null)).ToDictionary(row => (row.Series, row.Month), row => Percent(row.RatePercent));
        var targets = new LateTargets();
        foreach (var ofTerm in principals.GroupBy(TermOf))
        {
            var late = ofTerm.Select(row => new LatePrincipal(row.Id.ToString(CultureInfo.InvariantCulture), row.Component, row.DueOn, Parts(row, paid[row.Id]))).Where(principal => principal.Parts.Count > 0).ToList();
            if (late.Count == 0) continue;
            targets.Add(rules, new LateInput
            {
                Principals = late,
                Parameters = ofTerm.Key.Parameters,
                Series = (series, month) => published.TryGetValue((series, month.ToString()), out var percent) ? percent : null,
            });
        }

        return targets;
    }

    private IReadOnlyList<LatePart> Parts(StoredObligation principal, IEnumerable<LateMoney> paid)
    {
        var parts = paid.Select(row => new LatePart(row.ReceivedOn, Major(row.Amount))).ToList();
        if (principal.Outstanding > 0) parts.Add(new LatePart(at.Day, Major(principal.Outstanding)));
        return parts;
    }

    private async Task Cases(LateTargets targets, bool isWhole)
    {
        if (!isWhole)
        {
            await work.Cases.Open(agreement.Id, at.Day, [.. targets.Cases.Values]);
            return;
        }

        foreach (var reason in new[] { LateTargets.SeriesMissing, LateTargets.NotCharged })
        {
            await work.Cases.Keep(agreement.Id, at.Day, new CasesOf(reason, new CaseEnd("late_charged", $"what was missing is there, and what is late is charged")), [.. targets.Cases.Values.Where(item => item.Reason == reason)]);
        }
    }

    private async Task<long> Lower(Dictionary<long, long> reductions, HashSet<long> compared)
    {
        if (reductions.Count == 0) return 0;
        var freed = await FreeAllocations.Above(work, agreement, (reductions, compared), at);
        if (reductions.Count == 0) return freed;
        await work.Obligations.Reduce([.. reductions], "the late charge was worked out anew", at.Day);
        await Book(lowered.Add(reductions.Count, reductions.Values.Sum()), -1);
        return freed;
    }

    private async Task Replace(List<StoredObligation> rows)
    {
        if (rows.Count == 0) return;
        await work.Obligations.Replace(rows.Select(row => row.Id));
        await Book(rows.Sum(row => row.Amount), -1);
    }

    private async Task Make(IReadOnlyList<MissingCharge> added)
    {
        if (added.Count == 0) return;
        var ids = work.Database.Ids.NextRun(added.Count);
        var documents = added.Select(Basis).Distinct().ToList();
        var bases = documents.Zip(await work.Obligations.BasisIds(agreement.Id, documents)).ToDictionary(pair => pair.First, pair => pair.Second);
        await work.Obligations.Add(added.Select((item, i) => (agreement.Id, Row(item, ids + i, bases[Basis(item)]))));
        await Book(made.Add(added.Count, added.Sum(item => item.Amount)), 1);
    }

    private Task Book(long total, int sign) =>
        work.Journal.Book(agreement, at.Day, "late charges", JournalEntry.Of(LedgerEvent.Scheduled, (Account.Owed, sign * total), (Account.Scheduled, -sign * total)));

    private static string Basis(MissingCharge item) => SchedulePlan.Text(item.Before == 0
        ? item.Charge.Steps
        : [.. item.Charge.Steps, new Step("less what was charged before", new Money(item.Before, item.Charge.Amount.Currency).ToMajor(), null), new Step("further charge", new Money(item.Amount, item.Charge.Amount.Currency).ToMajor(), null)]);

    // It lies right after its principal in the order of payment, and opens on the day on which it is made.
    private StoredObligation Row(MissingCharge item, long id, long basis) => item.Principal with
    {
        Id = id, Class = Words.Of(item.Charge.Class), Cause = item.Cause, OpensOn = at.Day, Amount = item.Amount, Reduced = 0, Allocated = 0, BasisId = basis, PrincipalId = item.Principal.Id,
    };

    private Term TermOf(StoredObligation row)
    {
        var terms = agreement.Agreement.Terms;
        if (!Period.TryParse(row.Period, out var month)) throw new InvalidOperationException($"«{row.Period}» is stored as a period.");
        var period = month with { Months = (int)row.Months };
        return terms.FirstOrDefault(term => period.Touches(term.Start, term.End)) ?? terms[^1];
    }

    private Ratio Major(long minor) => Ratio.Of(minor, agreement.Currency.MinorPerMajor);

    private static Ratio Percent(string text) => Ratio.TryParse(text, SetSeries.Decimals, out var percent) ? percent : throw new InvalidOperationException($"«{text}» is stored as a percent.");

    private sealed class Sums
    {
        public int Count { get; private set; }

        public long Total { get; private set; }

        public long Add(int count, long total)
        {
            Count += count;
            Total += total;
            return total;
        }
    }
}
