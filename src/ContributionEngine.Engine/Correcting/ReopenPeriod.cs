using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Lets a month take booking dates again. A second person decides about a closed one; no sealed remittance changes.</summary>
internal static class ReopenPeriod
{
    /// <summary>Refusals: those of a period that is not there, <c>period_open</c>.</summary>
    public static async Task<Outcome<Correction>> Plan(Work work, CorrectionRequest request)
    {
        if (!(await work.Agreements.FindToChange(request.Agreement!)).Ok(out var agreement, out var refusal)) return refusal;
        if (!(await KeepPeriods.Find(work, agreement, request.Subject)).Ok(out var period, out refusal)) return refusal;
        if (period.State == "open") return Refusal.Conflict("period_open", $"Period {period.Month} is open already.") with { Help = "List the periods with 'period list'." };
        if (!(await Ground.Of(work, agreement.Id, request)).Ok(out var ground, out refusal)) return refusal;
        return new Correction(ground, period.Month, 0, [], () => Make(ground, period))
        {
            UseCase = "period-reopened", Receipts = 0, SecondPerson = period.State == "closed" ? SecondPerson.Always : SecondPerson.Never,
        };
    }

    private static async Task<Made> Make(Ground ground, StoredPeriod period)
    {
        await ground.Work.BookingPeriods.Save(ground.Agreement.Id, period with { State = "open", Reason = ground.Request.Reason });
        return new Made([]);
    }
}
