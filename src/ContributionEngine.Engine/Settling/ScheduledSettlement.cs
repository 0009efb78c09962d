using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>An agreement that the scheduler could not serve in this round.</summary>
public sealed record Unserved(string Agreement, string Code, string Why);

/// <summary>
/// Settles what is due, agreement by agreement, brings each to the day, and has it tied out once a day. There is no leader: any number of schedulers may run,
/// for an agreement and cut-off have one run, which the database itself guards.
/// </summary>
public sealed class ScheduledSettlement(Database database)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(6);
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);
    private static readonly Actor Scheduler = new("scheduler");

    private readonly Dictionary<string, DateTimeOffset> next = [];

    /// <summary>Serves every agreement whose time has come; one query when none has.</summary>
    public async Task<IReadOnlyList<Unserved>> Round(CancellationToken stop)
    {
        var unserved = new List<Unserved>();
        foreach (var number in await database.Read(Scheduler, work => work.Agreements.All(), stop))
        {
            if (next.TryGetValue(number, out var at) && at > database.Clock.GetUtcNow()) continue;
            var served = await Serve(number, stop);
            next[number] = served.Ok(out var then, out var refusal) ? then : database.Clock.GetUtcNow() + Retry;
            if (refusal is not null) unserved.Add(new Unserved(number, refusal.Code, refusal.Detail));
        }

        return unserved;
    }

    // When the agreement is to be looked at again.
    private async Task<Outcome<DateTimeOffset>> Serve(string number, CancellationToken stop)
    {
        try
        {
            var begun = await new RunSettlement(database).Begin(Scheduler, new SettlementRequest(number, null), stop);
            if (begun.Refusal is { } refusal) return refusal;
            return await database.Attempt<DateTimeOffset>(Scheduler, async work =>
            {
                if (!(await work.Agreements.FindToChange(number)).Ok(out var agreement, out var no)) return no;
                var zone = TimeZoneInfo.FindSystemTimeZoneById(agreement.Agreement.Settlement.TimeZone);
                var today = AsOf.DayIn(work.Now, zone);
                if (agreement.BroughtTo is not { } day || day < today) await BringUp.To(work, agreement, new AsOf(work.Now, today));
                if (!await work.TieOuts.HasRunOn(agreement.Id, today)) await work.Say(agreement.Id, new TieOut(agreement.Id, Scheduler.Name));
                if (!(await RunSettlement.NextCutoff(work, agreement, work.Now)).Ok(out var cutoff, out no)) return no;
                return new[] { cutoff ?? DateTimeOffset.MaxValue, AsOf.EndOf(today, zone).AddSeconds(1), work.Now + LookAgain }.Min();
            }, stop);
        }
        catch (BusyException busy)
        {
            return Refusal.Conflict("agreement_busy", busy.Message);
        }
    }
}
