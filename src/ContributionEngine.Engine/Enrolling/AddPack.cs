using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A version of a pack that was added, and whom it concerns.</summary>
/// <param name="State"><c>added</c>, or <c>known</c> when these bytes were there already and nothing was written.</param>
public sealed record AddedPack(string Pack, string Version, string Sha256, string State, IReadOnlyList<RatedAgreement> Agreements);

/// <summary>By which version an agreement is rated.</summary>
/// <param name="Pinned">True when it keeps that version until it is renewed.</param>
/// <param name="ReRated">True when the next schedule of it follows the version that was added.</param>
public sealed record RatedAgreement(string Agreement, string Version, bool Pinned, bool ReRated);

/// <summary>Adds a scheme pack, or a higher version of one, from a file. A version that is known never changes.</summary>
public sealed class AddPack(Database database)
{
    private const string Added = "added";

    public async Task<Outcome<AddedPack>> Run(Actor actor, byte[] content, CancellationToken stop)
    {
        using var file = new MemoryStream(content);
        if (!PackReader.Read(file).Ok(out var pack, out var refusal)) return refusal;
        if (NoWord(pack) is { } noWord) return noWord;
        var adding = new KnownPack(pack.Id, pack.File.Version, SchemePacks.Hash(content), Added, true);
        return await database.Attempt<AddedPack>(actor, async work =>
        {
            var known = await SchemePacks.Known(work, pack.Id);
            if (known.Any(version => version.Version == adding.Version && version.Sha256 == adding.Sha256)) return await Answer(work, adding, "known");
            if (Unfit(adding, known) is { } unfit) return unfit;
            if (known.Count > 0 && await OtherCurrency(work, pack, known[^1]) is { } other) return other;

            await SchemePacks.Keep(work, adding, content);
            await work.Audit.Record(Audit.Administration, "pack-added", $"{adding.Pack} {adding.Version}", JsonSerializer.Serialize(new { sha256 = adding.Sha256 }));
            return await Answer(work, adding, Added);
        }, stop);
    }

    private static Refusal? NoWord(Pack pack)
    {
        var faults = new[] { ("pack", pack.Id), ("version", pack.File.Version) }.Where(item => !PackVersion.IsWord(item.Item2)).Select(item =>
            Refusal.Input("pack_invalid", $"{item.Item1}: «{item.Item2}» is not up to {PackVersion.LengthMax} letters, digits and underscores with single dots or hyphens between them.") with
            {
                Field = item.Item1, Value = item.Item2, Help = "Write it like ph-group-2025 and 2025-2.",
            }).ToList();
        return faults.Count == 0 ? null : faults[0] with { Errors = faults };
    }

    private static Refusal? Unfit(KnownPack adding, IReadOnlyList<KnownPack> known)
    {
        if (known.Any(version => version.Version == adding.Version))
        {
            return Refusal.Conflict("pack_version_exists", $"Version {adding.Version} of pack {adding.Pack} is there already, with other content.") with
            {
                Field = "version", Value = adding.Version, Help = "A version never changes, because amounts were worked out with it. Give yours a higher one.",
            };
        }

        if (known.Count == 0 || PackVersion.Compare(adding.Version, known[^1].Version) > 0) return null;
        return Refusal.Input("pack_version_not_higher", $"version: «{adding.Version}» is not above {known[^1].Version}, the newest version of pack {adding.Pack} here.") with
        {
            Field = "version", Value = adding.Version, Help = "The newest version is the one that holds. Give yours a higher one.",
        };
    }

    private static async Task<Refusal?> OtherCurrency(Work work, Pack pack, KnownPack newest)
    {
        if (!(await SchemePacks.Load(work, newest)).Ok(out var before, out var unreadable)) return unreadable;
        return before.Currency == pack.Currency ? null : Refusal.Input("pack_currency_changed", $"currency: «{pack.Currency.Code}» is not that of version {newest.Version}, {before.Currency.Code}.") with
        {
            Field = "currency", Value = pack.Currency.Code, Help = "Agreements have their amounts in one currency. A scheme in another currency is another pack, with an id of its own.",
        };
    }

    private static async Task<AddedPack> Answer(Work work, KnownPack adding, string state)
    {
        var newest = (await SchemePacks.Known(work, adding.Pack))[^1].Version;
        return new AddedPack(adding.Pack, adding.Version, adding.Sha256, state, [.. (await work.Agreements.OfPack(adding.Pack)).Select(agreement =>
            new RatedAgreement(agreement.Number, agreement.PackVersion ?? newest, agreement.PackVersion is not null, agreement.PackVersion is null && newest == adding.Version))]);
    }
}
