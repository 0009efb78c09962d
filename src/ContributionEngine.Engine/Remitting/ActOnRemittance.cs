using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What an action came to.</summary>
/// <param name="Number">The remittance to look at then: itself, or the first that was made.</param>
/// <param name="Made">How many were made, which hold the lines and the total; none where the action makes none.</param>
public sealed record ActedOnRemittance(string Number, int Made = 0)
{
    public long Lines { get; init; }

    /// <summary>Null where none was made.</summary>
    public Money? Total { get; init; }
}

/// <summary>Carries out one of the actions that <see cref="ShowRemittance"/> lists.</summary>
public sealed class ActOnRemittance(Database database)
{
    /// <summary>Refusals: those of the action.</summary>
    public async Task<Outcome<ActedOnRemittance>> Run(Actor actor, (string Number, string Action, string Reason) asked, CancellationToken stop)
    {
        var (number, action, reason) = asked;
        var (again, handing) = (new CutAgain(database), new HandOver(database));
        return action switch
        {
            ShowRemittance.Supplementary => Made(await again.Supplement(actor, number, null, stop)),
            ShowRemittance.Revised => Made(await again.Revise(actor, number, null, stop)),
            ShowRemittance.Cancel => (await handing.Cancel(actor, number, reason, stop)).Ok(out var cancelled, out var refusal) ? new ActedOnRemittance(cancelled.Number) : refusal,
            _ => (await handing.Now(actor, number, stop)).Ok(out var handed, out var no) ? new ActedOnRemittance(handed.Number) : no,
        };
    }

    private static Outcome<ActedOnRemittance> Made(Outcome<IReadOnlyList<StoredRemittance>> made) => !made.Ok(out var remittances, out var refusal) ? refusal : new ActedOnRemittance(remittances[0].Number, remittances.Count)
    {
        Lines = remittances.Sum(one => one.LineCount), Total = new Money(remittances.Sum(one => one.Total), Currency.Of(remittances[0].Currency).Value),
    };
}
