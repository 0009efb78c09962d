using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Takes in an answer that a person gives, for any remittance that she may see, and lists what came.</summary>
public sealed class ImportAnswer(Database database)
{
    /// <summary>How an answer came that a person gave.</summary>
    public const string ByHand = "import";

    /// <summary>Refusals: those of reading the file; nothing is stored then.</summary>
    public Task<Outcome<TakenAnswer>> Run(Actor actor, RawAnswer file, CancellationToken stop) => database.Attempt<TakenAnswer>(actor, async work =>
    {
        if (!(await TakenAnswers.Take(work, file)).Ok(out var taken, out var refusal)) return refusal;
        await work.Audit.Record(Audit.Administration, "answer-imported", file.Name, JsonSerializer.Serialize(new { sha256 = file.Sha256, findings = taken.Findings.Count }));
        return taken;
    }, stop);

    /// <summary>What funds have answered, oldest first. Refusals: an agreement or a remittance that is not there.</summary>
    public Task<Outcome<IReadOnlyList<CameIn>>> List(Actor actor, (string? Agreement, string? Remittance) only, CancellationToken stop) => database.Attempt(actor, async work =>
    {
        if (only.Agreement is { } number && (await work.Agreements.Find(number)).Refusal is { } unknown) return unknown;
        if (only.Remittance is not { } quoted) return Outcome<IReadOnlyList<CameIn>>.Of(await work.Acknowledgements.List(only.Agreement, null));
        return (await work.Remittances.Find(quoted)).Ok(out var remittance, out var refusal)
            ? Outcome<IReadOnlyList<CameIn>>.Of(await work.Acknowledgements.List(only.Agreement, remittance.Number))
            : refusal;
    }, stop);
}
