using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>The agreements that a report is about, each with the moment at which it is looked at in its own time zone.</summary>
/// <param name="IsAll">All that the acting user may see, rather than one by name.</param>
/// <param name="Today">The moment without an agreement: in its time zone where there is one, else in UTC.</param>
internal sealed record AskedAgreements(Work Work, bool IsAll, AsOf Today, IReadOnlyList<(StoredAgreement Agreement, AsOf At)> All)
{
    private const string NoZone = "UTC";

    /// <summary>Those that are looked at together: nearly always one group, so that one statement is about all of them.</summary>
    public IEnumerable<(AsOf At, IReadOnlyList<StoredAgreement> Agreements)> ByMoment =>
        All.GroupBy(one => one.At).Select(group => (group.Key, (IReadOnlyList<StoredAgreement>)[.. group.Select(one => one.Agreement)]));

    public static async Task<Outcome<AskedAgreements>> Find(Work work, ReportQuestion question)
    {
        var found = new List<StoredAgreement>();
        if (question.Agreement is not { } number) found.AddRange(await work.Agreements.Seen());
        else if ((await work.Agreements.Find(number)).Ok(out var named, out var unknown)) found.Add(named);
        else return unknown;
        var all = new List<(StoredAgreement, AsOf)>();
        foreach (var agreement in found)
        {
            if (!AsOf.Read(question.AsOf, agreement.Agreement.Settlement.TimeZone, work.Now).Ok(out var at, out var refusal)) return refusal;
            all.Add((agreement, at));
        }

        if (!AsOf.Read(question.AsOf, question.Agreement is null ? NoZone : found[0].Agreement.Settlement.TimeZone, work.Now).Ok(out var today, out var no)) return no;
        return new AskedAgreements(work, question.Agreement is null, today, all);
    }
}
