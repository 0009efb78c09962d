using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Cuts as of a moment, outside of a settlement run, what goes with an earlier remittance: the lines of it that came back, as a supplementary one, or
/// the differences to it, as a revised one. What the fund has accepted never goes again.
/// </summary>
public sealed class CutAgain(Database database)
{
    private const string Supplementary = "supplementary";

    /// <summary>The lines that came back and whose money is free, with the member's data as they are now. Refusals: <c>nothing_came_back</c>, <c>nothing_declarable</c>.</summary>
    public Task<Outcome<IReadOnlyList<StoredRemittance>>> Supplement(Actor actor, string number, string? asOf, CancellationToken stop) => database.Attempt(actor, async work =>
    {
        if (!(await Ground(work, number, asOf)).Ok(out var ground, out var refusal)) return refusal;
        var rule = new CutRule(ground.Agreement.Id, ground.Run.CutoffOn, WholeOnly: 0) { Supplements = ground.Earlier.Id };
        if ((await work.Lines.Takable(rule)).Lines > 0) return await Cut(work, ground, rule, Supplementary);
        return Refusal.Conflict("nothing_came_back", $"No line of {ground.Earlier.Number} came back whose money is still in custody.") with { Help = "It may have gone again already: 'explain remittance' and 'case list' say where it is." };
    }, stop);

    /// <summary>The differences to what was remitted, where most of them are to this remittance. Refusals: <c>nothing_differs</c>, <c>differs_from_another</c>, <c>nothing_declarable</c>.</summary>
    public Task<Outcome<IReadOnlyList<StoredRemittance>>> Revise(Actor actor, string number, string? asOf, CancellationToken stop) => database.Attempt(actor, async work =>
    {
        if (!(await Ground(work, number, asOf)).Ok(out var ground, out var refusal)) return refusal;
        var rule = CutDecision.RuleOf(ground.Agreement, ground.Run.CutoffOn) with { Revised = 1 };
        if ((await work.Lines.Takable(rule)).Revised == 0) return Refusal.Conflict("nothing_differs", $"Nothing that is paid differs from what was remitted under {ground.Agreement.Number}.") with { Help = "What is owed less is a case: no scheme takes negative lines. What is owed more goes when it is paid." };
        var revised = await work.Remittances.Get(await work.Lines.RevisedBy(rule));
        return revised.Id == ground.Earlier.Id
            ? await Cut(work, ground, rule, "revised")
            : Refusal.Conflict("differs_from_another", $"The differences are to {revised.Number}.") with { Help = $"Say 'remittance revised {revised.Number}'." };
    }, stop);

    private sealed record Place(StoredAgreement Agreement, StoredRemittance Earlier, StoredRun Run);

    private static async Task<Outcome<Place>> Ground(Work work, string number, string? asOf)
    {
        if (!(await work.Remittances.FindToChange(number)).Ok(out var earlier, out var refusal)) return refusal;
        var agreement = await work.Agreements.Get(earlier.AgreementId);
        if (await NoticedPeriods.AreTheRule(work, agreement)) return Refusal.Conflict(NoticedPeriods.Needed, $"The fund of {agreement.Number} takes only what it has quoted.") with { Help = "Request a notice of the period with 'notice request'; what is ready goes at the next cut-off." };
        if (!AsOf.Read(asOf, agreement.Agreement.Settlement.TimeZone, work.Now, work.Database.IsDryRun).Ok(out var at, out refusal)) return refusal;
        await BringUp.To(work, agreement, at);
        // No run of the schedule: one at this moment would hide the cut-offs that were missed before it.
        return new Place(agreement, earlier, new StoredRun { AgreementId = agreement.Id, Cutoff = at.Instant, CutoffOn = at.Day });
    }

    private static async Task<Outcome<IReadOnlyList<StoredRemittance>>> Cut(Work work, Place place, CutRule rule, string kind)
    {
        var declaring = new Declaring(work, place.Agreement, place.Run, CutLimits.Of(place.Agreement.Agreement.Settlement, place.Agreement.Currency));
        var made = new List<StoredRemittance>();
        await foreach (var ready in declaring.Of(rule, kind == Supplementary ? null : place.Earlier))
        {
            await using (ready.File) await CutRemittance.Seal(work, (place.Agreement, place.Run, place.Earlier), ready, kind);
            made.Add(await work.Remittances.Get(ready.Id));
        }

        if (made.Count == 0) return Refusal.Conflict("nothing_declarable", declaring.Held.Select(held => held.Detail.Sentence).FirstOrDefault("Nothing of it can be declared.")) with { Help = "Enter what is missing with 'member import', then try again." };
        await work.Cases.Open(place.Agreement.Id, place.Run.CutoffOn, [.. declaring.Held]);
        await work.Audit.Record(place.Agreement.Number, $"remittance-{kind}", place.Earlier.Number, JsonSerializer.Serialize(new { made = made.Select(remittance => remittance.Number), total = made.Sum(remittance => remittance.Total) }));
        return Outcome<IReadOnlyList<StoredRemittance>>.Of(made);
    }
}
