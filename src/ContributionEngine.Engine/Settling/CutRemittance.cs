using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Cuts what a settlement run takes into a sealed remittance, and differences to what has been remitted into another one: lines
/// as sets, bytes, SHA-256 and totals in one transaction, and the word to deliver them. A run that is completed is left alone.
/// </summary>
public sealed class CutRemittance : IUseCase<Cut>
{
    public async Task Run(Cut said, Turn turn, CancellationToken stop)
    {
        var (run, agreement, takable) = await turn.Read(async work =>
        {
            var run = await work.Settlements.Get(said.Run);
            var agreement = await work.Agreements.Get(run.AgreementId);
            return (run, agreement, await work.Lines.Takable(Rule(agreement, run)));
        }, stop);
        await turn.Database.Ids.Ensure(takable.Lines + IdBlocks.UnitIds, stop);
        await turn.Once(async work => await Cut(work, await work.Agreements.GetToChange(agreement.Id), await work.Settlements.Get(run.Id)), stop);
    }

    internal static CutRule Rule(StoredAgreement agreement, StoredRun run) => Rule(agreement, run.CutoffOn);

    internal static CutRule Rule(StoredAgreement agreement, DateOnly on) =>
        new(agreement.Id, on, agreement.Agreement.Shortfall == Shortfall.ProRata ? 0 : 1);

    private static async Task Cut(Work work, StoredAgreement agreement, StoredRun run)
    {
        if (run.State is not ("planned" or "running")) return;
        var rule = Rule(agreement, run);
        var takable = await work.Lines.Takable(rule);
        var revised = takable.Revised > 0 ? await work.Remittances.Get(await work.Lines.RevisedBy(rule)) : null;
        var declaring = new Declaring(work, agreement, run);
        if (takable.Lines > takable.Revised) await Seal(work, (agreement, run, null), declaring, rule);
        if (revised is not null) await Seal(work, (agreement, run, revised), declaring, rule with { Revised = 1 });
        await declaring.KeepCases();
        await work.Settlements.Conclude(run.Id, "completed");
        await work.Audit.Record(agreement.Number, "settlement-run", run.Number, JsonSerializer.Serialize(new { cutoff = run.Cutoff, lines = takable.Lines, total = takable.Total }));
    }

    private static async Task Seal(Work work, (StoredAgreement Agreement, StoredRun Run, StoredRemittance? Revised) of, Declaring declaring, CutRule rule)
    {
        await foreach (var ready in declaring.Of(rule, of.Revised))
        {
            await using (ready.File) await Seal(work, of, ready);
        }
    }

    private static async Task Seal(Work work, (StoredAgreement Agreement, StoredRun Run, StoredRemittance? Revised) of, ReadyDeclaration ready)
    {
        var (agreement, run, revised) = of;
        var header = new NewRemittance
        {
            Id = ready.Id,
            AgreementId = agreement.Id,
            RunId = run.Id,
            Kind = revised is null ? "regular" : "revised",
            Supplements = revised?.Id,
            Cutoff = run.Cutoff,
            Sequence = await work.Remittances.Sequence(agreement.Id, run.Cutoff),
            Currency = agreement.Currency.Code,
            Reference = ready.Header.Reference,
            LineCount = ready.File.Written.Lines,
            Total = ready.File.Written.TotalMinor,
            Sha256 = ready.File.Written.Sha256,
            Bytes = ready.File.Written.Bytes,
            Channel = agreement.Agreement.Channel.Kind,
            Format = ready.Format.Name,
            FileName = ready.Format.FileName(ready.Header),
            Period = ready.Rule.Period,
        };
        await work.Remittances.Cut(header, ready.Rule);
        await work.Remittances.KeepContent(header.Id, ready.File.Parts());
        await work.Cases.Close(agreement.Id, Answer.LineRejected, await work.Lines.SentAgainOn(header.Id), $"sent again on {header.Number}");
        await work.Journal.Book(agreement, run.CutoffOn, $"{header.Number} sealed", JournalEntry.Of(LedgerEvent.Remitted, (Account.Custody, header.Total), (Account.InTransit, -header.Total)));
        await work.Say(agreement.Id, new Deliver(header.Id, work.Actor.Name));
    }
}
