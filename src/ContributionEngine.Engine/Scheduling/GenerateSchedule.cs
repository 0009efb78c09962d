using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Which schedule, and as of when.</summary>
/// <param name="From">First period to work out, as <c>yyyy-MM</c>; null: from the start of the terms.</param>
/// <param name="To">Last period, inside; null: to their end.</param>
public sealed record ScheduleRequest(string Agreement, string? From, string? To, string? AsOf);

/// <summary>What the schedule holds now and what this run changed.</summary>
public sealed record GeneratedSchedule(string Agreement, int Members, int Obligations, int Added, int Kept, int Replaced, int Reduced, Money Total);

/// <summary>
/// Works out what every enrolment owes over the terms and stores the difference from what is there, so that running it again
/// changes only what the rules, the members or the figures have changed.
/// </summary>
public sealed class GenerateSchedule(Database database)
{
    public async Task<Outcome<GeneratedSchedule>> Run(Actor actor, ScheduleRequest request, CancellationToken stop)
    {
        if (!Range(request).Ok(out var range, out var refusal)) return refusal;
        var loaded = await database.Read(actor, work => Load(work, request.Agreement), stop);
        if (!loaded.Ok(out var known, out refusal)) return refusal;
        if (!SchedulePlan.Of(known, range.Holds).Ok(out var plan, out refusal)) return refusal;
        var planned = plan.Owed;

        await database.Ids.Ensure((2L * planned.Count) + IdBlocks.UnitIds, stop);
        return await database.Attempt<GeneratedSchedule>(actor, async work =>
        {
            if (!AsOf.Read(request.AsOf, known.Agreement.Agreement.Settlement.TimeZone, work.Now, database.IsDryRun).Ok(out var asOf, out var no)) return no;
            var stored = (await work.Obligations.Of(known.Agreement.Id)).Where(row => row.Cause.StartsWith(ScheduleDifference.Cause, StringComparison.Ordinal) && range.Holds(row.Period));
            var difference = ScheduleDifference.Of(planned, stored);

            await Apply(work, known.Agreement, difference, asOf);
            await BringUp.To(work, known.Agreement, asOf);
            await work.Audit.Record(known.Agreement.Number, "schedule-generated", known.Agreement.Number, JsonSerializer.Serialize(new
            {
                added = difference.Added.Count, kept = difference.Kept, replaced = difference.Replaced.Count, reduced = difference.Reduced.Count,
            }));
            return new GeneratedSchedule(
                known.Agreement.Number, known.Members.Count, planned.Count, difference.Added.Count, difference.Kept, difference.Replaced.Count, difference.Reduced.Count,
                new Money(planned.Sum(owed => owed.Line.Amount), known.Agreement.Currency));
        }, stop);
    }

    private static async Task<Outcome<ScheduleFacts>> Load(Work work, string number)
    {
        if (!(await work.Agreements.Find(number)).Ok(out var agreement, out var refusal)) return refusal;
        var facts = (await work.Members.Facts(agreement.Id)).ToLookup(fact => fact.EnrolmentId);
        return new ScheduleFacts(agreement, await work.Members.EnrolledIn(agreement.Id), facts);
    }

    private static async Task Apply(Work work, StoredAgreement agreement, ScheduleDifference difference, AsOf asOf)
    {
        await work.Obligations.Replace(difference.Replaced);
        if (difference.Reduced.Count > 0)
        {
            await FreeAllocations.Above(work, agreement, difference.Reduced, asOf);
            await work.Obligations.Reduce([.. difference.Reduced], "the schedule was worked out anew", asOf.Day);
        }

        // By period, because files are paid by the month: what one chunk of receipts touches then lies together on disk.
        var bases = await Bases(work, difference);
        await work.Obligations.Add(difference.Added.GroupBy(item => item.Planned.Period).OrderBy(period => period.Key).SelectMany(period => Rows(work, agreement, period, bases)));
        await work.Journal.Book(agreement, asOf.Day, "schedule generated", JournalEntry.Of((Account.Owed, difference.Change), (Account.Scheduled, -difference.Change)));
    }

    // The plan holds each document once, so comparing references is comparing texts.
    private static async Task<Dictionary<string, long>> Bases(Work work, ScheduleDifference difference)
    {
        var documents = new HashSet<string>(difference.Added.Select(item => item.Planned.Line.Basis), ReferenceEqualityComparer.Instance).ToList();
        var ids = await work.Obligations.BasisIds(documents);
        return new Dictionary<string, long>(documents.Zip(ids, KeyValuePair.Create), ReferenceEqualityComparer.Instance);
    }

    private static IEnumerable<(long AgreementId, StoredObligation Row)> Rows(Work work, StoredAgreement agreement, IGrouping<Period, AddedObligation> period, Dictionary<string, long> bases)
    {
        var text = period.Key.ToString();
        foreach (var item in period) yield return (agreement.Id, Row(item, work.NextId(), text) with { BasisId = bases[item.Planned.Line.Basis] });
    }

    private static StoredObligation Row(AddedObligation item, long id, string period) => new()
    {
        Id = id,
        EnrolmentId = item.Planned.EnrolmentId,
        Period = period,
        Months = item.Planned.Period.Months,
        Component = item.Planned.Line.Component,
        ComponentOrder = item.Planned.Line.ComponentOrder,
        Payer = item.Planned.Line.Payer,
        Collected = item.Planned.Line.Collected ? 1 : 0,
        Class = "principal",
        Cause = item.Cause,
        OpensOn = item.Planned.OpensOn,
        DueOn = item.Planned.DueOn,
        Amount = item.Amount,
    };

    private static Outcome<PeriodRange> Range(ScheduleRequest request)
    {
        Period? from = null, to = null;
        if (request.From is not null && !Read(request.From, out from)) return Malformed(request.From);
        if (request.To is not null && !Read(request.To, out to)) return Malformed(request.To);
        return new PeriodRange(from, to);
    }

    private static bool Read(string text, out Period? month)
    {
        var read = Period.TryParse(text, out var found);
        month = read ? found : null;
        return read;
    }

    private static Refusal Malformed(string text) => Refusal.Usage("period_malformed", $"«{text}» is not a period such as 2021-03.");

    private readonly record struct PeriodRange(Period? From, Period? To)
    {
        public bool Holds(Period period) => (From is not { } from || period.First >= from.First) && (To is not { } to || period.First <= to.First);

        public bool Holds(string period) => Period.TryParse(period, out var month) && Holds(month);
    }
}

/// <summary>What a schedule is worked out from.</summary>
public sealed record ScheduleFacts(StoredAgreement Agreement, IReadOnlyList<EnrolledMember> Members, ILookup<long, EnrolmentFact> Facts);
