using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What a settlement run was asked for.</summary>
/// <param name="AsOf">Cuts at this moment; null: at the latest scheduled cut-off that has passed.</param>
public sealed record SettlementRequest(string Agreement, string? AsOf);

/// <summary>A run that was begun, found, or had nothing to do.</summary>
/// <param name="Run">Null when no cut-off is due.</param>
/// <param name="Fresh">False when this cut-off has run before.</param>
public sealed record BegunRun(string Agreement, StoredRun? Run, bool Fresh);

/// <summary>What the next cut-off would take.</summary>
public sealed record SettlementForecast(string Agreement, DateTimeOffset? Cutoff, long Lines, Money Total, string? Blocked)
{
    /// <summary>What the organisation would pay for members who have not; only a rehearsal counts it among the lines.</summary>
    public required Money Advance { get; init; }
}

/// <summary>
/// Begins a settlement run: one per agreement and cut-off, guarded by the database. It first brings the agreement to the
/// cut-off; missed cut-offs are folded into the latest one.
/// </summary>
public sealed class RunSettlement(Database database)
{
    public Task<Outcome<BegunRun>> Begin(Actor actor, SettlementRequest request, CancellationToken stop) => database.Attempt<BegunRun>(actor, async work =>
    {
        if (!(await work.Agreements.FindToChange(request.Agreement)).Ok(out var agreement, out var refusal)) return refusal;
        await SayOpen(work, agreement.Id);
        if (!(await CutoffOf(work, agreement, request.AsOf)).Ok(out var cutoff, out refusal)) return refusal;
        if (cutoff is not { } at) return new BegunRun(agreement.Number, null, false);
        if (await work.Settlements.Find(agreement.Id, at.Instant) is { } before) return new BegunRun(agreement.Number, before, false);

        await BringUp.To(work, agreement, at);
        var id = work.NextId();
        var run = new StoredRun { Id = id, Number = Numbers.Run(id), AgreementId = agreement.Id, Cutoff = at.Instant, CutoffOn = at.Day, State = "running", StartedAt = work.Now };
        await work.Settlements.Add(run);
        await work.Say(agreement.Id, new Cut(id, actor.Name));
        return new BegunRun(agreement.Number, run, true);
    }, stop);

    /// <summary>Says again what the unfinished runs of an agreement wait for: each goes on where it was. Gives how many there are. Refusals: <c>agreement_unknown</c>.</summary>
    public Task<Outcome<int>> Resume(Actor actor, string number, CancellationToken stop) => database.Attempt<int>(actor, async work =>
    {
        if (!(await work.Agreements.FindToChange(number)).Ok(out var agreement, out var refusal)) return refusal;
        return await SayOpen(work, agreement.Id);
    }, stop);

    private static async Task<int> SayOpen(Work work, long agreementId)
    {
        var open = await work.Settlements.Open(agreementId);
        foreach (var run in open) await work.Say(agreementId, new Cut(run.Id, work.Actor.Name));
        return open.Count;
    }

    /// <summary>What the cut-off of the request, or else the next scheduled one, would take: the agreement is brought to it and rolled back.</summary>
    public Task<Outcome<SettlementForecast>> Plan(Actor actor, SettlementRequest request, CancellationToken stop) =>
        database.DryRun(actor, () => database.Attempt<SettlementForecast>(actor, async work =>
        {
            if (!(await work.Agreements.FindToChange(request.Agreement)).Ok(out var agreement, out var refusal)) return refusal;
            if (!(await Forecast(work, agreement, request.AsOf)).Ok(out var forecast, out refusal)) return refusal;
            if (forecast.Cutoff is not { } cutoff) return forecast;
            var zone = TimeZoneInfo.FindSystemTimeZoneById(agreement.Agreement.Settlement.TimeZone);
            await BringUp.To(work, agreement, new AsOf(cutoff, AsOf.DayIn(cutoff, zone)));
            return await Rehearsed(work, agreement, new AsOf(cutoff, AsOf.DayIn(cutoff, zone)));
        }, stop), stop);

    /// <summary>What the first cut-off after a moment would take of what is allocated now.</summary>
    internal static async Task<Outcome<SettlementForecast>> Next(Work work, StoredAgreement agreement, DateTimeOffset after)
    {
        return (await NextCutoff(work, agreement, after)).Ok(out var cutoff, out var refusal) ? await At(work, agreement, cutoff) : refusal;
    }

    /// <summary>The first cut-off after a moment; null when there is none within two years.</summary>
    internal static async Task<Outcome<DateTimeOffset?>> NextCutoff(Work work, StoredAgreement agreement, DateTimeOffset after)
    {
        if (!(await Calendars.Of(work, agreement)).Ok(out var calendar, out var refusal)) return refusal;
        if (!CutOffs.Of(agreement.Agreement.Settlement, calendar).Ok(out var cutOffs, out refusal)) return refusal;
        return cutOffs.NextAfter(after);
    }

    private static async Task<Outcome<SettlementForecast>> Forecast(Work work, StoredAgreement agreement, string? asOf)
    {
        if (asOf is null) return await Next(work, agreement, work.Now);
        return AsOf.Read(asOf, agreement.Agreement.Settlement.TimeZone, work.Now, mayBeLater: true).Ok(out var at, out var refusal)
            ? await At(work, agreement, at.Instant)
            : refusal;
    }

    private static async Task<SettlementForecast> At(Work work, StoredAgreement agreement, DateTimeOffset? cutoff)
    {
        if (cutoff is not { } moment) return Nothing(agreement, null, "no cut-off within two years");
        var day = AsOf.DayIn(moment, agreement.Agreement);
        var cut = await CutDecision.At(work, agreement, new AsOf(moment, day));
        var total = new Money(cut.Takable.Total, agreement.Currency);
        if (cut.IsCarried) return Nothing(agreement, moment, Carried(cut.Limits, total));
        if (cut is { Takable.Lines: 0, Unquoted: > 0 }) return Nothing(agreement, moment, $"{new Money(cut.Unquoted, agreement.Currency)} waits until the fund has quoted exactly that: see 'notice list --agreement {agreement.Number}'.");
        return new SettlementForecast(agreement.Number, moment, cut.Takable.Lines, total, null) { Advance = await Advance(work, agreement, new AsOf(moment, day)) };
    }

    private static SettlementForecast Nothing(StoredAgreement agreement, DateTimeOffset? cutoff, string why) => new(agreement.Number, cutoff, 0, Money.Zero(agreement.Currency), why) { Advance = Money.Zero(agreement.Currency) };

    /// <summary>Why a cut-off leaves everything to the next one.</summary>
    internal static string Carried(CutLimits limits, Money total) =>
        $"{total} is less than the {new Money(limits.AmountMin, total.Currency)} that a cut needs; it is carried forward to the next cut-off.";

    // With what the organisation advances, which the caller rolls back.
    private static async Task<SettlementForecast> Rehearsed(Work work, StoredAgreement agreement, AsOf cutoff)
    {
        var run = new StoredRun { Id = work.NextId(), Number = "the plan", AgreementId = agreement.Id, Cutoff = cutoff.Instant, CutoffOn = cutoff.Day };
        await HeldBatches.Expire(work, agreement, run);
        var advance = await Advance(work, agreement, cutoff);
        await AdvanceMissing.At(work, agreement, run);
        return await At(work, agreement, cutoff.Instant) with { Advance = advance };
    }

    private static async Task<Money> Advance(Work work, StoredAgreement agreement, AsOf cutoff) =>
        new((await AdvanceMissing.Of(work, agreement, cutoff)).Sum(row => row.Outstanding), agreement.Currency);

    // An explicit moment is taken as it is; otherwise the latest scheduled cut-off since the term began that has passed.
    private static async Task<Outcome<AsOf?>> CutoffOf(Work work, StoredAgreement agreement, string? asOf)
    {
        var plan = agreement.Agreement.Settlement;
        if (!AsOf.Read(asOf, plan.TimeZone, work.Now, work.Database.IsDryRun).Ok(out var moment, out var refusal)) return refusal;
        if (asOf is not null) return moment;
        if (!(await Calendars.Of(work, agreement)).Ok(out var calendar, out refusal)) return refusal;
        if (!CutOffs.Of(plan, calendar).Ok(out var cutOffs, out refusal)) return refusal;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(plan.TimeZone);
        var begin = await work.Settlements.LatestCutoff(agreement.Id) ?? AsOf.EndOf(agreement.Agreement.Start.AddDays(-1), zone);
        var recent = work.Now.AddDays(-400);
        return cutOffs.Between(begin > recent ? begin : recent, work.Now) is [.., var last] ? new AsOf(last.At, AsOf.DayIn(last.At, zone)) : (AsOf?)null;
    }
}
