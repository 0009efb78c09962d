using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What a member owes and has paid of one component of a period, before and after. A class is principal, interest, surcharge or fee.</summary>
public sealed record ChangedObligation(string MemberNo, string Period, string Component, string Class, Money OwedBefore, Money OwedAfter, Money PaidBefore, Money PaidAfter);

/// <summary>A period of a member whose principal was paid in full and is not any more, or the other way round: <c>paid</c>, <c>part_paid</c>, <c>unpaid</c>, <c>nothing_owed</c>.</summary>
public sealed record ChangedCover(string MemberNo, string Period, string Before, string After);

/// <summary>What the next cut-off would take.</summary>
/// <param name="Cutoff">Null when there is none within two years.</param>
public sealed record ChangedRemittance(DateTimeOffset? Cutoff, long LinesBefore, long LinesAfter, Money TotalBefore, Money TotalAfter);

/// <summary>A case that was opened or closed on the way.</summary>
public sealed record ChangedCase(string Case, string Reason, string Subject, Money? Amount);

/// <summary>Whatever else a correction changes. What members owe is told of the first 2,000 members, and lists show the first thousand rows.</summary>
public sealed record KnockOns
{
    /// <summary>Members whose money the correction moves.</summary>
    public required int Members { get; init; }

    /// <summary>Principal and fees that are open again, or paid.</summary>
    public required IReadOnlyList<ChangedObligation> Obligations { get; init; }

    /// <summary>How many there are of the members who were looked at.</summary>
    public required int ObligationsTotal { get; init; }

    public required IReadOnlyList<ChangedObligation> LateCharges { get; init; }

    public required IReadOnlyList<ChangedCover> Cover { get; init; }

    public required ChangedRemittance? NextRemittance { get; init; }

    public required IReadOnlyList<KnownClaim> Claims { get; init; }

    public required IReadOnlyList<ChangedCase> CasesOpened { get; init; }

    public required IReadOnlyList<ChangedCase> CasesClosed { get; init; }
}

/// <summary>How some members and the agreement stand at one moment; two of them give the knock-ons of what lies between.</summary>
internal sealed class Standing
{
    private const int ListedMax = 1_000;
    private const int MembersMax = 2_000;
    private const string NothingOwed = "nothing_owed";

    private readonly Currency currency;
    private readonly Dictionary<(string MemberNo, string Period, string Component, string Class), (long Owed, long Paid)> owed;
    private readonly Dictionary<(string MemberNo, string Period), string> cover;
    private readonly int members;
    private readonly SettlementForecast? next;
    private readonly IReadOnlyList<StoredCase> cases;

    private Standing(Currency currency, (Dictionary<(string MemberNo, string Period, string Component, string Class), (long Owed, long Paid)> Owed, int Members) of, SettlementForecast? next, IReadOnlyList<StoredCase> cases)
    {
        (this.currency, owed, members, this.next, this.cases) = (currency, of.Owed, of.Members, next, cases);
        cover = owed.Where(item => item.Key.Class == "principal").GroupBy(item => (item.Key.MemberNo, item.Key.Period), item => item.Value).ToDictionary(period => period.Key, Paid);
    }

    public static async Task<Standing> Of(Work work, StoredAgreement agreement, AsOf asOf, IReadOnlyCollection<long> enrolments)
    {
        // A file may hold more than anybody would read, or memory.
        var some = enrolments.Order().Take(MembersMax).ToList();
        var names = (await work.Members.Enrolments(some)).ToDictionary(member => member.EnrolmentId, member => member.MemberNo);
        var owed = (await work.Obligations.OfEnrolled(some)).Where(row => row.Collected == 1)
            .GroupBy(row => (names[row.EnrolmentId], row.Period, row.Component, row.Class))
            .ToDictionary(group => group.Key, group => (group.Sum(row => row.Amount - row.Reduced), group.Sum(row => row.Allocated)));
        var next = await RunSettlement.Next(work, agreement, asOf.Instant);
        return new Standing(agreement.Currency, (owed, enrolments.Count), next.Ok(out var forecast, out _) ? forecast : null, await work.Cases.List(new CaseFilter(agreement.Number, null, null)));
    }

    /// <summary>What has become of it.</summary>
    public KnockOns Until(Standing after, IEnumerable<StoredClaim> claims)
    {
        var changed = owed.Keys.Union(after.owed.Keys).Where(key => owed.GetValueOrDefault(key) != after.owed.GetValueOrDefault(key)).Order()
            .Select(key => Changed(key, owed.GetValueOrDefault(key), after.owed.GetValueOrDefault(key))).ToLookup(row => row.Class is "interest" or "surcharge");
        return new KnockOns
        {
            Members = members,
            Obligations = [.. changed[false].Take(ListedMax)],
            ObligationsTotal = changed[false].Count(),
            LateCharges = [.. changed[true].Take(ListedMax)],
            Cover = [.. Covers(changed[false], after).Take(ListedMax)],
            NextRemittance = next is null || after.next is null ? null : new ChangedRemittance(after.next.Cutoff, next.Lines, after.next.Lines, next.Total, after.next.Total),
            Claims = [.. claims.Take(ListedMax).Select(row => KnownClaim.Of(row, currency))],
            CasesOpened = Less(after.cases, cases),
            CasesClosed = Less(cases, after.cases),
        };
    }

    private ChangedObligation Changed((string MemberNo, string Period, string Component, string Class) key, (long Owed, long Paid) before, (long Owed, long Paid) now) => new(
        key.MemberNo, key.Period, key.Component, key.Class, Major(before.Owed), Major(now.Owed), Major(before.Paid), Major(now.Paid));

    private IEnumerable<ChangedCover> Covers(IEnumerable<ChangedObligation> changed, Standing after) => changed.Where(row => row.Class == "principal")
        .Select(row => (row.MemberNo, row.Period)).Distinct()
        .Select(of => new ChangedCover(of.MemberNo, of.Period, cover.GetValueOrDefault(of, NothingOwed), after.cover.GetValueOrDefault(of, NothingOwed)))
        .Where(period => period.Before != period.After);

    private static string Paid(IEnumerable<(long Owed, long Paid)> principal)
    {
        var rows = principal.ToList();
        return rows.TrueForAll(row => row.Owed == 0) ? NothingOwed : rows.TrueForAll(row => row.Paid == row.Owed) ? "paid" : rows.Exists(row => row.Paid > 0) ? "part_paid" : "unpaid";
    }

    private ChangedCase[] Less(IReadOnlyList<StoredCase> all, IReadOnlyList<StoredCase> others)
    {
        var there = others.Select(row => row.Id).ToHashSet();
        return [.. all.Where(row => !there.Contains(row.Id)).Take(ListedMax).Select(row => new ChangedCase(row.Number, row.Reason, row.Subject, row.Amount is { } amount ? Major(amount) : null))];
    }

    private Money Major(long minor) => new(minor, currency);
}
