using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Makes the report of a settlement run: its control totals, its cases, and the hashes of what it was made from.</summary>
public sealed class ReportSettlement(Database database)
{
    /// <summary>Refusals: <c>run_unknown</c>.</summary>
    public Task<Outcome<SettlementReport>> Run(Actor actor, (string Run, string? Language) of, CancellationToken stop) => database.Read<Outcome<SettlementReport>>(actor, async work =>
    {
        if (!(await work.Settlements.Find(of.Run)).Ok(out var run, out var refusal)) return refusal;
        var (agreement, counts) = (await work.Agreements.Get(run.AgreementId), await work.SettlementFacts.Counts(run.Id));
        var accepted = await work.FundAccounts.Accepted(run.AgreementId);
        return new SettlementReport
        {
            Run = run.Number, State = run.State, Agreement = agreement.Number, Organisation = agreement.Agreement.Organisation.Name, Fund = agreement.Agreement.Fund.Name, Currency = agreement.Currency,
            Cutoff = run.Cutoff, CutoffOn = run.CutoffOn, CarriedForward = run.Carried, Lines = counts.Lines, Members = counts.Members, LinesAmount = counts.Amount, Language = of.Language,
            Inputs = [.. await Packs(work, agreement), .. (await work.SettlementFacts.Inputs(run.Id)).Select(one => new SettlementInput("upload", one.Number, one.FileName, one.Sha256, one.Receipts, one.Amount))],
            Remittances = [.. (await work.Remittances.OfTheRun(run.Id)).Select(one => Settled(one, accepted.GetValueOrDefault(one.Id)))],
            Cases = [.. (await work.SettlementFacts.Cases(run.Id)).Select(one => new SettlementCase(one.Number, one.Reason, one.Subject, one.Amount, one.OpenedOn, one.State))],
        };
    }, stop);

    // Only what is kept has bytes of its own: a pack of the program goes with the program.
    private static async Task<IEnumerable<SettlementInput>> Packs(Work work, StoredAgreement agreement) => (await work.Packs.Of(agreement.Agreement.Pack))
        .Where(pack => agreement.PackVersions.Contains(pack.Version)).Select(pack => new SettlementInput("pack", $"{pack.Pack}-{pack.Version}", "", pack.Sha256, 0, 0));

    private static SettledRemittance Settled(StoredRemittance one, long accepted) => new(one.Number, one.Reference, one.Kind, one.State.Shown, one.FileName, one.Sha256)
    {
        Lines = one.LineCount, Total = one.Total, Accepted = accepted, Rejected = one.Rejected, Paid = one.Paid, IsCancelled = one.State.Delivery == DeliveryState.Cancelled,
    };
}
