using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Which schedule, and as of when.</summary>
/// <param name="From">First period to work out, as <c>yyyy-MM</c>; null: from the start of the terms.</param>
/// <param name="To">Last period, inside; null: to their end.</param>
public sealed record ScheduleRequest(string Agreement, string? From, string? To, string? AsOf);

/// <summary>What the schedule holds now and what this run changed.</summary>
public sealed record GeneratedSchedule(string Agreement, int Members, int Obligations, int Added, int Kept, int Replaced, int Reduced, Money Total)
{
    /// <summary>Version of the pack that the current term was worked out with.</summary>
    public required string PackVersion { get; init; }

    /// <summary>How many amounts that were there are others now, and what that adds up to, upwards and downwards.</summary>
    public required int DifferencesTotal { get; init; }

    public required Money DifferencesUp { get; init; }

    public required Money DifferencesDown { get; init; }

    /// <summary>The first of them, by member and period. What a schedule adds where nothing was is no difference.</summary>
    public required IReadOnlyList<ScheduleChange> Differences { get; init; }
}

/// <summary>
/// Works out what every enrolment owes over the terms and stores the difference from what is there, so that running it again
/// changes only what the rules, the members or the figures have changed.
/// </summary>
public sealed class GenerateSchedule(Database database)
{
    public async Task<Outcome<GeneratedSchedule>> Run(Actor actor, ScheduleRequest request, CancellationToken stop)
    {
        if (!Range(request).Ok(out var range, out var refusal)) return refusal;
        var found = await database.Read(actor, work => work.Agreements.Find(request.Agreement), stop);
        if (!found.Ok(out var agreement, out refusal)) return refusal;
        return await database.Leased(actor, agreement, () => Generate(actor, request, range, stop), stop);
    }

    private async Task<Outcome<GeneratedSchedule>> Generate(Actor actor, ScheduleRequest request, PeriodRange range, CancellationToken stop)
    {
        var loaded = await database.Read(actor, work => Load(work, request.Agreement), stop);
        if (!loaded.Ok(out var known, out var refusal)) return refusal;
        if (!SchedulePlan.Of(known, range.Holds).Ok(out var plan, out refusal)) return refusal;
        var planned = plan.Owed;

        await database.Ids.Ensure((2L * planned.Count) + IdBlocks.UnitIds, stop);
        return await database.Attempt<GeneratedSchedule>(actor, async work =>
        {
            await work.Agreements.GetToChange(known.Agreement.Id);
            if (!AsOf.Read(request.AsOf, known.Agreement.Agreement.Settlement.TimeZone, work.Now, database.IsDryRun).Ok(out var asOf, out var no)) return no;
            var stored = (await work.Obligations.Of(known.Agreement.Id)).Where(row => row.Cause.StartsWith(ScheduleDifference.Cause, StringComparison.Ordinal) && range.Holds(row.Period));
            var difference = ScheduleDifference.Of(planned, stored, await work.Obligations.PaidBefore(known.Agreement.Id));

            var changes = await ListedChanges.Of(work, known, difference);
            var touched = await ApplySchedule.To(work, known.Agreement, difference, asOf);
            await work.Cases.Keep(known.Agreement.Id, asOf.Day, new CasesOf(FollowEvents.NotCalculated, FollowEvents.Resolved), []);
            await BringUp.To(work, known.Agreement, asOf, touched);
            await work.Audit.Record(known.Agreement.Number, "schedule-generated", known.Agreement.Number, JsonSerializer.Serialize(new
            {
                version = known.Packs[^1].File.Version, added = difference.Added.Count, kept = difference.Kept, replaced = difference.Replaced.Count, reduced = difference.Reduced.Count,
            }));
            return Answer(known, planned, difference, changes);
        }, stop);
    }

    private static async Task<Outcome<ScheduleFacts>> Load(Work work, string number)
    {
        if (!(await work.Agreements.Find(number)).Ok(out var agreement, out var refusal)) return refusal;
        if (!(await SchemePacks.OfTerms(work, agreement)).Ok(out var packs, out refusal)) return refusal;
        var facts = (await work.Members.Facts(agreement.Id)).ToLookup(fact => fact.EnrolmentId);
        return new ScheduleFacts(agreement, packs, await work.Members.EnrolledIn(agreement.Id), facts) { Events = (await work.MemberEvents.Of(agreement.Id)).ToLookup(one => one.EnrolmentId) };
    }

    private static GeneratedSchedule Answer(ScheduleFacts known, List<PlannedObligation> planned, ScheduleDifference difference, IReadOnlyList<ScheduleChange> changes)
    {
        Money Sum(IEnumerable<long> minors) => new(minors.Sum(), known.Agreement.Currency);
        return new GeneratedSchedule(
            known.Agreement.Number, known.Members.Count, planned.Count, difference.Added.Count, difference.Kept, difference.Replaced.Count, difference.Reduced.Count,
            Sum(planned.Select(owed => owed.Line.Amount)))
        {
            PackVersion = known.Packs[^1].File.Version,
            DifferencesTotal = difference.Changed.Count,
            DifferencesUp = Sum(difference.Changed.Select(change => Math.Max(0, change.Now - change.Before))),
            DifferencesDown = Sum(difference.Changed.Select(change => Math.Min(0, change.Now - change.Before))),
            Differences = changes,
        };
    }

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
/// <param name="Packs">By term, in the order of the agreement's terms.</param>
public sealed record ScheduleFacts(StoredAgreement Agreement, IReadOnlyList<Pack> Packs, IReadOnlyList<EnrolledMember> Members, ILookup<long, EnrolmentFact> Facts)
{
    /// <summary>What happened to each enrolment, by day.</summary>
    public required ILookup<long, StoredEvent> Events { get; init; }

    /// <summary>The pack whose figures hold in a term.</summary>
    public Pack PackOf(Term term) => Packs[Agreement.Agreement.Terms.Count(earlier => earlier.Start < term.Start)];
}
