using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A month of booking dates of an agreement.</summary>
/// <param name="Period">As <c>yyyy-MM</c>.</param>
/// <param name="AsOf">Null: now. A month can be closed once it is over.</param>
public sealed record PeriodRequest(string Agreement, string Period, string? AsOf);

/// <summary>A booking period as others see it.</summary>
/// <param name="State">open, soft_closed or closed.</param>
/// <param name="Debit">Sum of its entries' debits, which is that of their credits.</param>
public sealed record KnownPeriod(string Period, string State, long Entries, Money Debit, string? ChangedBy, DateTimeOffset? ChangedAt, string? Reason)
{
    /// <summary>What was open when it was closed: nothing that stands against closing, but money that is not at its end.</summary>
    public IReadOnlyList<KnownOpenItem>? OpenItems { get; init; }
}

/// <summary>Money that waits for something, by what it waits for.</summary>
/// <param name="Amount">Major units; empty where no currency is known.</param>
public sealed record KnownOpenItem(string Kind, string Currency, long Count, string Amount)
{
    public static KnownOpenItem Of(WaitingMoney item) =>
        new(item.Kind, item.Currency, item.Count, item.Currency == "" ? "" : new Money(item.Amount, Core.Currency.Of(item.Currency).Value).ToMajor());
}

/// <summary>Lists, soft-closes and closes booking periods. Reopening one is a correction: see <see cref="ReopenPeriod"/>.</summary>
public sealed class KeepPeriods(Database database)
{
    private const int NamedMax = 20;

    public Task<Outcome<IReadOnlyList<KnownPeriod>>> List(Actor actor, string number, CancellationToken stop) => database.Read<Outcome<IReadOnlyList<KnownPeriod>>>(actor, async work =>
    {
        if (!(await work.Agreements.Find(number)).Ok(out var agreement, out var refusal)) return refusal;
        return Outcome<IReadOnlyList<KnownPeriod>>.Of([.. (await work.BookingPeriods.Of(agreement.Id)).Where(period => period.Entries > 0 || period.ChangedBy is not null).Select(period => Known(period, agreement.Currency))]);
    }, stop);

    /// <summary>From now on only officers, approvers and operators book into the month. Refusals: <c>period_closed</c>, <c>period_soft_closed</c>, and those of finding it.</summary>
    public Task<Outcome<KnownPeriod>> SoftClose(Actor actor, PeriodRequest asked, CancellationToken stop) => Change(actor, asked, async (work, at) =>
    {
        if (at.Period.State == "soft_closed") return Refusal.Conflict("period_soft_closed", $"Period {at.Period.Month} is soft-closed already.");
        return await Save(work, at, "soft_closed");
    }, stop);

    /// <summary>
    /// From now on nobody books into the month. What stands against it is named: <c>period_not_over</c>, <c>period_earlier_open</c>, <c>run_open</c>,
    /// <c>upload_pending</c>, <c>verify_failed</c>; the whole is <c>period_not_closable</c>. Open items are listed and stand against nothing.
    /// </summary>
    public Task<Outcome<KnownPeriod>> Close(Actor actor, PeriodRequest asked, CancellationToken stop) => Change(actor, asked, async (work, at) =>
    {
        var against = await Against(work, at);
        if (against.Count > 0)
        {
            var kind = against.Exists(one => one.Kind == RefusalKind.ControlFailed) ? RefusalKind.ControlFailed : RefusalKind.Conflict;
            return new Refusal(kind, "period_not_closable", $"Period {at.Period.Month} cannot be closed: {against[0].Detail}") with { Help = against[0].Help, Errors = against };
        }

        var closed = await Save(work, at, "closed");
        return closed with { OpenItems = [.. (await work.OpenItems.Of(at.AsOf.Day, at.Agreement.Id)).Select(KnownOpenItem.Of)] };
    }, stop);

    /// <summary>The month as it stands. Refusals: <c>period_malformed</c>, <c>period_unknown</c>.</summary>
    internal static async Task<Outcome<StoredPeriod>> Find(Work work, StoredAgreement agreement, string text)
    {
        if (!Period.TryParse(text, out var month)) return Refusal.Usage("period_malformed", $"«{text}» is not a period such as 2021-03.");
        var all = await work.BookingPeriods.Of(agreement.Id);
        if (all.FirstOrDefault(period => period.Month == text) is { } found) return found;
        return all.Count > 0 && month > Month(all[^1]) ? new StoredPeriod { Month = text }
            : Refusal.NotFound("period_unknown", $"Nothing of {agreement.Number} was booked by «{text}».") with { Help = "List the periods with 'period list'." };
    }

    private Task<Outcome<KnownPeriod>> Change(Actor actor, PeriodRequest asked, Func<Work, Place, Task<Outcome<KnownPeriod>>> change, CancellationToken stop) => database.Attempt<KnownPeriod>(actor, async work =>
    {
        if (!(await work.Agreements.FindToChange(asked.Agreement)).Ok(out var agreement, out var refusal)) return refusal;
        if (!AsOf.Read(asked.AsOf, agreement.Agreement.Settlement.TimeZone, work.Now, work.Database.IsDryRun).Ok(out var asOf, out refusal)) return refusal;
        await BringUp.To(work, agreement, asOf);
        if (!(await Find(work, agreement, asked.Period)).Ok(out var period, out refusal)) return refusal;
        return period.State == "closed" ? Refusal.Conflict("period_closed", $"Period {period.Month} is closed already.") : await change(work, new Place(agreement, asOf, period));
    }, stop);

    private static async Task<KnownPeriod> Save(Work work, Place at, string state)
    {
        var period = at.Period with { State = state, ChangedBy = work.Actor.Name, ChangedAt = work.Now, Reason = "" };
        await work.BookingPeriods.Save(at.Agreement.Id, period);
        await work.Audit.Record(at.Agreement.Number, $"period-{state.Replace('_', '-')}", period.Month, JsonSerializer.Serialize(new { entries = period.Entries, debit = period.Debit }));
        return Known(period, at.Agreement.Currency);
    }

    private static async Task<List<Refusal>> Against(Work work, Place at)
    {
        var (agreement, last) = (at.Agreement, Month(at.Period).Last);
        var against = new List<Refusal>();
        if (last >= at.AsOf.Day) against.Add(Refusal.Conflict("period_not_over", $"{at.Period.Month} is not over before {Values.Text(last.AddDays(1))}.") with { Help = "Close it when its last day has passed." });
        if ((await work.BookingPeriods.Of(agreement.Id)).FirstOrDefault(earlier => earlier.State != "closed" && earlier.Entries > 0 && Month(earlier) < Month(at.Period)) is { } open)
        {
            against.Add(Refusal.Conflict("period_earlier_open", $"{open.Month}, before it, is {open.State}.") with { Help = $"Close {open.Month} first." });
        }

        against.AddRange((await work.Settlements.Open(agreement.Id)).Where(run => run.CutoffOn <= last).Select(run => Refusal.Conflict("run_open", $"Settlement run {run.Number} at {Values.Text(run.CutoffOn)} is {run.State}.") with { Help = "Finish it with 'settlement resume'." }));
        if (await work.Uploads.Next(agreement.Id) is { } chunk && chunk.AsOf <= last) against.Add(Refusal.Conflict("upload_pending", $"Rows of {chunk.Number} are not posted yet.") with { Help = "Post them with 'settlement resume'." });
        against.AddRange((await work.Proofs.Figures()).Take(NamedMax).Select(one => new Refusal(RefusalKind.ControlFailed, "verify_failed", $"truth {one.Truth}: {one.Subject}: {one.Detail}") { Help = "Run 'verify'; docs/operating.md says what to do." }));
        return against;
    }

    private static KnownPeriod Known(StoredPeriod period, Currency currency) =>
        new(period.Month, period.State, period.Entries, new Money(period.Debit, currency), period.ChangedBy, period.ChangedAt, period.Reason == "" ? null : period.Reason);

    private static Period Month(StoredPeriod period) => Period.TryParse(period.Month, out var month) ? month : throw new InvalidOperationException($"«{period.Month}» is stored as a booking period.");

    private sealed record Place(StoredAgreement Agreement, AsOf AsOf, StoredPeriod Period);
}
