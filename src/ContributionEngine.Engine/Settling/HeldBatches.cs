using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Periods that lack money of some members: held back as a whole for so many days, or due although the organisation owes them too.
/// Then a person decides; where the organisation guarantees, it pays without being asked.
/// </summary>
internal static class HeldBatches
{
    /// <summary>Reason of the case of a period that was held for as long as the agreement allows.</summary>
    public const string TooLong = "batch_held";

    /// <summary>Reason of the case of a period that is due, lacks money, and is owed by the organisation too.</summary>
    public const string Short = "period_short";

    private const string Subject = "period ";

    /// <summary>Before a cut: what was held for long enough is paid by an organisation that guarantees.</summary>
    public static async Task Expire(Work work, StoredAgreement agreement, StoredRun run)
    {
        if (!ShortfallRules.AdvancesAfterHolding(agreement.Agreement)) return;
        var expired = (await work.Batches.Short(agreement.Id, run.CutoffOn)).Where(period => IsTooLong(agreement, period, run.CutoffOn)).Select(period => period.Period).ToList();
        if (expired.Count > 0) await Take(work, agreement, (expired, Batches.Advance), (run.CutoffOn, "the organisation guarantees"));
    }

    /// <summary>After a cut: from now on count the days of what it held back.</summary>
    public static async Task Hold(Work work, StoredAgreement agreement, StoredRun run)
    {
        if (agreement.Agreement.Shortfall != Shortfall.HoldBatch) return;
        var held = (await work.Batches.Short(agreement.Id, run.CutoffOn)).Where(period => period is { Held: > 0, HeldOn: null } && IsLate(period, run.CutoffOn)).Select(period => period.Period).ToList();
        await work.Batches.Take(agreement.Id, held, Batches.Held, run.CutoffOn);
    }

    /// <summary>Keeps a case for each period that a person must decide about.</summary>
    public static async Task Note(Work work, StoredAgreement agreement, DateOnly day)
    {
        var (holds, asks) = (agreement.Agreement.Shortfall == Shortfall.HoldBatch && !ShortfallRules.AdvancesAfterHolding(agreement.Agreement), ShortfallRules.AsksWhenDue(agreement.Agreement));
        if (!holds && !asks) return;
        var asOf = agreement.BroughtTo is { } later && later > day ? later : day;
        var periods = await work.Batches.Short(agreement.Id, asOf);
        if (holds) await work.Cases.Keep(agreement.Id, asOf, new CasesOf(TooLong, new CaseEnd("period_complete", $"the period is complete")), [.. periods.Where(period => IsTooLong(agreement, period, asOf)).Select(period => HeldCase(agreement, period))]);
        if (asks) await work.Cases.Keep(agreement.Id, asOf, new CasesOf(Short, new CaseEnd("period_complete", $"the period is complete")), [.. periods.Where(period => period.DueOn <= asOf).Select(period => ShortCase(agreement, period))]);
    }

    /// <summary>Takes the step that a person has decided; it counts from the next cut-off on.</summary>
    public static async Task<Refusal?> Decide(Work work, StoredCase found, CaseDecision asked)
    {
        var agreement = await work.Agreements.GetToChange(found.AgreementId!.Value);
        if (!AsOf.Read(asked.AsOf, agreement.Agreement.Settlement.TimeZone, work.Now, work.Database.IsDryRun).Ok(out var asOf, out var refusal)) return refusal;
        await Take(work, agreement, ([found.Subject[Subject.Length..]], asked.Action), (asOf.Day, asked.Reason));
        return null;
    }

    private static async Task Take(Work work, StoredAgreement agreement, (IReadOnlyList<string> Periods, string Step) what, (DateOnly Day, string Reason) why)
    {
        await work.Batches.Take(agreement.Id, what.Periods, what.Step, why.Day);
        await work.Audit.Record(agreement.Number, "batch-decided", agreement.Number, JsonSerializer.Serialize(new { periods = what.Periods, step = what.Step, reason = why.Reason }));
    }

    // Money that was paid ahead for a period that is neither over nor due waits for nobody yet.
    private static bool IsLate(ShortPeriod period, DateOnly day)
    {
        if (period.DueOn <= day) return true;
        return Period.TryParse(period.Period, out var month) && (month with { Months = (int)period.Months }).Last < day;
    }

    private static bool IsTooLong(StoredAgreement agreement, ShortPeriod period, DateOnly day) =>
        period.HeldOn is { } since && since.AddDays(agreement.Agreement.HoldDays!.Value) <= day;

    private static NewCase HeldCase(StoredAgreement agreement, ShortPeriod period) => new(TooLong, $"{Subject}{period.Period}", period.Held,
        $"{new Money(period.Held, agreement.Currency):amount} of {period.Period:period} is held since {period.HeldOn!.Value:date}, because {Lacks(agreement, period)}.");

    private static NewCase ShortCase(StoredAgreement agreement, ShortPeriod period) => new(Short, $"{Subject}{period.Period}", period.Missing,
        $"{period.Period:period} was due from {period.DueOn:date} on, and {Lacks(agreement, period)}. The organisation owes it {(agreement.Agreement.Liability == Liability.Joint ? "beside them" : "to the fund")}.", agreement.Agreement.Liability == Liability.Joint ? "joint" : null);

    private static Sentence Lacks(StoredAgreement agreement, ShortPeriod period) =>
        $"{period.Members:count} member{(period.Members == 1 ? " has" : "s have")} not paid in full: {new Money(period.Missing, agreement.Currency):sum} is missing";
}
