using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>An agreement as people see it.</summary>
/// <param name="State">draft, active, notice, ended or closed.</param>
/// <param name="BroughtTo">The day to which credit and late charges are worked out; null before the first command.</param>
/// <param name="PackVersions">The version of the pack that each term is bound to; null: the newest.</param>
public sealed record ShownAgreement(Agreement Agreement, Currency Currency, string State, DateOnly? BroughtTo, IReadOnlyList<string?> PackVersions)
{
    /// <summary>The clock of its days and cut-offs.</summary>
    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(Agreement.Settlement.TimeZone);

    /// <summary>The fund takes a period only as one amount that it has quoted.</summary>
    public bool TakesOnlyQuoted { get; init; }

    internal static ShownAgreement Of(StoredAgreement stored) => new(stored.Agreement, stored.Currency, stored.State, stored.BroughtTo, stored.PackVersions);
}

/// <summary>Shows one agreement with its terms, also one that is just taken in.</summary>
public sealed class ShowAgreement(Database database)
{
    /// <summary>Refusals: <c>agreement_unknown</c>.</summary>
    public Task<Outcome<ShownAgreement>> Run(Actor actor, string number, CancellationToken stop) => database.Read<Outcome<ShownAgreement>>(actor, async work =>
        (await work.Agreements.Find(number)).Ok(out var stored, out var refusal) ? ShownAgreement.Of(stored) with { TakesOnlyQuoted = await NoticedPeriods.AreTheRule(work, stored) } : refusal, stop);

    /// <summary>Refusals: those of <see cref="ImportAgreement"/>.</summary>
    public async Task<Outcome<ShownAgreement>> Import(Actor actor, string json, CancellationToken stop) =>
        (await new ImportAgreement(database).Run(actor, json, stop)).Ok(out var stored, out var refusal) ? ShownAgreement.Of(stored) : refusal;
}
