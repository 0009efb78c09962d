using System.Collections.Concurrent;
using System.Security.Cryptography;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A version of a scheme pack that can be used here.</summary>
/// <param name="Sha256">Lower-case hex over the pack's file.</param>
/// <param name="Origin"><c>program</c>: it came with the program; <c>added</c>: a person added it.</param>
/// <param name="IsKept">True when its file is in the database.</param>
public sealed record KnownPack(string Pack, string Version, string Sha256, string Origin, bool IsKept);

/// <summary>
/// Which version of a pack holds for whom: a term with pinned figures keeps the version that was the newest when it was taken
/// in, and everything else follows the newest of those that came with the program and those that were added.
/// </summary>
public static class SchemePacks
{
    // By the hash of the file, so that a version is read once, wherever it comes from.
    private static readonly ConcurrentDictionary<string, Outcome<Pack>> ByContent = [];

    private static readonly ConcurrentDictionary<string, KnownPack> Shipped = [];

    /// <summary>
    /// Every version of one pack, or of all, lowest first. What the database keeps goes before what the program brings under the
    /// same version: nothing changes unasked. Without a database, only what the program brings.
    /// </summary>
    public static async Task<IReadOnlyList<KnownPack>> Known(Work? work, string? id)
    {
        var kept = work is null ? [] : (await work.Packs.Of(id)).Select(row => new KnownPack(row.Pack, row.Version, row.Sha256, row.Origin, true));
        return
        [
            .. kept.Concat(PackLibrary.Ids.Where(shipped => id is null || shipped == id).Select(shipped => Shipped.GetOrAdd(shipped, OfProgram)))
                .DistinctBy(known => (known.Pack, known.Version))
                .OrderBy(known => known.Pack, StringComparer.Ordinal).ThenBy(known => known.Version, PackVersion.Order),
        ];
    }

    /// <summary>One version of a pack, the newest without one, or a refusal with code <c>pack_unknown</c>.</summary>
    public static async Task<Outcome<KnownPack>> Find(Work? work, string id, string? version = null)
    {
        var known = await Known(work, id);
        if (known.LastOrDefault(pack => version is null || pack.Version == version) is { } found) return found;
        return known.Count == 0
            ? Refusal.NotFound("pack_unknown", $"There is no scheme pack «{id}».") with { Help = $"Packs: {string.Join(", ", (await Known(work, null)).Select(pack => pack.Pack).Distinct())}." }
            : Refusal.NotFound("pack_unknown", $"There is no version «{version}» of scheme pack {id}.") with { Help = $"Its versions: {string.Join(", ", known.Select(pack => pack.Version))}." };
    }

    /// <summary>The file of a version, as it was written.</summary>
    public static Task<byte[]> Content(Work? work, KnownPack known) =>
        known.IsKept ? work!.Packs.Content(known.Pack, known.Version) : Task.FromResult(PackLibrary.Content(known.Pack));

    /// <summary>The pack that a version is.</summary>
    public static async Task<Outcome<Pack>> Load(Work? work, KnownPack known)
    {
        if (ByContent.TryGetValue(known.Sha256, out var read)) return read;
        using var content = new MemoryStream(await Content(work, known));
        return ByContent.GetOrAdd(known.Sha256, PackReader.Read(content));
    }

    /// <summary>The newest version of a pack, or a refusal with code <c>pack_unknown</c>.</summary>
    public static Task<Outcome<Pack>> Newest(Work work, string id) => Of(work, id, null);

    /// <summary>The pack of an agreement's current term.</summary>
    public static Task<Outcome<Pack>> Of(Work work, StoredAgreement agreement) => Of(work, agreement.Agreement.Pack, agreement.PackVersions[^1]);

    /// <summary>The pack of each term of an agreement, in the order of its terms.</summary>
    internal static async Task<Outcome<IReadOnlyList<Pack>>> OfTerms(Work work, StoredAgreement agreement)
    {
        var packs = new List<Pack>();
        foreach (var version in agreement.PackVersions)
        {
            if (!(await Of(work, agreement.Agreement.Pack, version)).Ok(out var pack, out var refusal)) return refusal;
            packs.Add(pack);
        }

        return packs;
    }

    /// <summary>
    /// The version that a term which begins now is pinned to, or null where the scheme pins nothing. Its file is kept, also one
    /// of the program, so that a later program with other figures does not change it.
    /// </summary>
    internal static async Task<string?> Pin(Work work, Pack pack)
    {
        if (pack.File.Agreement.PinnedMonths is null) return null;
        var known = (await Find(work, pack.Id, pack.File.Version)).Value;
        if (!known.IsKept) await Keep(work, known, PackLibrary.Content(pack.Id));
        return known.Version;
    }

    internal static Task Keep(Work work, KnownPack known, byte[] content) =>
        work.Packs.Add(new StoredPack { Pack = known.Pack, Version = known.Version, Sha256 = known.Sha256, Origin = known.Origin }, content);

    internal static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static async Task<Outcome<Pack>> Of(Work work, string id, string? version) =>
        (await Find(work, id, version)).Ok(out var known, out var refusal) ? await Load(work, known) : refusal;

    private static KnownPack OfProgram(string id) => new(id, PackLibrary.Find(id).Value.File.Version, Hash(PackLibrary.Content(id)), "program", false);
}
