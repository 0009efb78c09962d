using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Carries out one of the actions that <see cref="ShowRemittance"/> lists.</summary>
public sealed class ActOnRemittance(Database database)
{
    /// <summary>Gives the number of the remittance to look at then: itself, or the one that was made. Refusals: those of the action.</summary>
    public async Task<Outcome<string>> Run(Actor actor, (string Number, string Action, string Reason) asked, CancellationToken stop)
    {
        var (number, action, reason) = asked;
        var (again, handing) = (new CutAgain(database), new HandOver(database));
        return action switch
        {
            ShowRemittance.Supplementary => Made(await again.Supplement(actor, number, null, stop)),
            ShowRemittance.Revised => Made(await again.Revise(actor, number, null, stop)),
            ShowRemittance.Cancel => (await handing.Cancel(actor, number, reason, stop)).Ok(out var cancelled, out var refusal) ? cancelled.Number : refusal,
            _ => (await handing.Now(actor, number, stop)).Ok(out var handed, out var no) ? handed.Number : no,
        };
    }

    private static Outcome<string> Made(Outcome<IReadOnlyList<StoredRemittance>> made) => made.Ok(out var remittances, out var refusal) ? remittances[0].Number : refusal;
}
