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
    /// <summary>Reason of the case of a line that is above what the fund takes in one remittance.</summary>
    public const string AboveLimit = "line_above_limit";

    public async Task Run(Cut said, Turn turn, CancellationToken stop)
    {
        await Advance(said, turn, stop);
        var (run, agreement, ids) = await turn.Read(async work =>
        {
            var run = await work.Settlements.Get(said.Run);
            var agreement = await work.Agreements.Get(run.AgreementId);
            var decision = await CutDecision.At(work, agreement, new AsOf(run.Cutoff, run.CutoffOn));
            return (run, agreement, decision.Takable.Lines + (IdBlocks.UnitIds * (1 + await decision.Remittances(work))));
        }, stop);
        await turn.Database.Ids.Ensure(ids, stop);
        await turn.Once(async work => await Cut(work, await work.Agreements.GetToChange(agreement.Id), await work.Settlements.Get(run.Id)), stop);
    }

    // A step of its own: once it is taken, nothing is missing, so a repeat goes on to the cut.
    private static async Task Advance(Cut said, Turn turn, CancellationToken stop)
    {
        var (agreement, missing) = await turn.Read(async work =>
        {
            var run = await work.Settlements.Get(said.Run);
            var agreement = await work.Agreements.Get(run.AgreementId);
            return (agreement, ShortfallRules.MayAdvance(agreement.Agreement) ? await work.Advances.Missing(agreement.Id, run.CutoffOn, DateOnly.MaxValue) : []);
        }, stop);
        if (missing.Count == 0) return;
        await turn.Database.Ids.Ensure((3L * missing.Count) + IdBlocks.UnitIds, stop);
        await turn.Write(async work =>
        {
            var (held, run) = (await work.Agreements.GetToChange(agreement.Id), await work.Settlements.Get(said.Run));
            if (IsOver(run)) return;
            await HeldBatches.Expire(work, held, run);
            await AdvanceMissing.At(work, held, run);
        }, stop);
    }

    private static bool IsOver(StoredRun run) => run.State is not ("planned" or "running");

    private static async Task Cut(Work work, StoredAgreement agreement, StoredRun run)
    {
        if (IsOver(run)) return;
        var decision = await CutDecision.At(work, agreement, new AsOf(run.Cutoff, run.CutoffOn));
        if (!decision.IsCarried) await Seal(work, agreement, run, decision);
        await HeldBatches.Hold(work, agreement, run);
        await NoticedPeriods.Ask(work, agreement, run.CutoffOn);
        var carried = decision.IsCarried ? decision.Takable.Total : 0;
        await work.Settlements.Conclude(run.Id, "completed", carried);
        await work.Audit.Record(agreement.Number, "settlement-run", run.Number, JsonSerializer.Serialize(new { cutoff = run.Cutoff, lines = decision.Takable.Lines, total = decision.Takable.Total, carried_forward = carried }));
    }

    private static async Task Seal(Work work, StoredAgreement agreement, StoredRun run, CutDecision decision)
    {
        // What is sealed first would itself be among what the differences are to.
        var parts = new List<(CutRule Rule, StoredRemittance? Revised)>();
        foreach (var rule in decision.Rules) parts.Add((rule, rule.Revised == 1 ? await work.Remittances.Get(await work.Lines.RevisedBy(rule)) : null));
        var declaring = new Declaring(work, agreement, run, decision.Limits);
        foreach (var (rule, revised) in parts) await Seal(work, (agreement, run, revised), declaring, rule);
        await declaring.KeepCases();
    }

    private static async Task Seal(Work work, (StoredAgreement Agreement, StoredRun Run, StoredRemittance? Revised) of, Declaring declaring, CutRule rule)
    {
        await foreach (var ready in declaring.Of(rule, of.Revised))
        {
            await using var file = ready.File;
            // Members who are held back are missing of what the fund has quoted.
            if (rule.Notice is null || rule.Notice.Amount == file.Written.TotalMinor) await Seal(work, of, ready, of.Revised is null ? "regular" : "revised");
        }
    }

    /// <summary>Seals what is ready, with the earlier remittance that it goes with, if any.</summary>
    internal static async Task Seal(Work work, (StoredAgreement Agreement, StoredRun Run, StoredRemittance? Earlier) of, ReadyDeclaration ready, string kind)
    {
        var (agreement, run, earlier) = of;
        var header = new NewRemittance
        {
            Id = ready.Id,
            AgreementId = agreement.Id,
            RunId = run.Id == 0 ? null : run.Id,
            Kind = kind,
            Supplements = earlier?.Id,
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
            FundReference = ready.Header.FundReference,
        };
        await work.Remittances.Cut(header, ready.Rule);
        work.WebhookEvents.Note(new Announcement(WebhookTypes.RemittanceCreated, header.Number, agreement.Id));
        if (ready.Rule.Notice is { } notice) await NoticedPeriods.Confirm(work, notice, run.CutoffOn, header);
        if (ready.Header.Proofs.Count > 0) await work.LineProofs.Told(agreement.Id, header.Id);
        await work.Remittances.KeepContent(header.Id, ready.File.Parts());
        var again = await work.Lines.SentAgainOn(header.Id);
        foreach (var reason in new[] { Answer.LineRejected, Answer.LineReturned }) await work.Cases.Close(agreement.Id, reason, again, new CaseEnd("sent_again", $"sent again on {header.Number:remittance}"));
        await work.Journal.Book(agreement, run.CutoffOn, $"{header.Number} sealed", JournalEntry.Of(LedgerEvent.Remitted, (Account.Custody, header.Total), (Account.InTransit, -header.Total)));
        await work.Say(agreement.Id, new Deliver(header.Id, work.Actor.Name));
        if (header.Total > CutLimits.Of(agreement.Agreement.Settlement, agreement.Currency).AmountMax) await work.Cases.Open(agreement.Id, run.CutoffOn, [Above(agreement, header)]);
    }

    private static NewCase Above(StoredAgreement agreement, NewRemittance header) => new(AboveLimit, header.Number, header.Total,
        $"One line comes to {new Money(header.Total, agreement.Currency):amount}, above what the fund takes in one remittance. It was sent alone, because a line is never split; agree with the fund that it takes it.");
}
