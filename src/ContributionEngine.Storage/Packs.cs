namespace ContributionEngine.Storage;

/// <summary>A version of a scheme pack that is kept in the database.</summary>
public sealed record StoredPack
{
    public string Pack { get; init; } = "";

    public string Version { get; init; } = "";

    /// <summary>Lower-case hex over the kept bytes.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary><c>added</c> by a person, or of the <c>program</c> and kept because an agreement is pinned to it.</summary>
    public string Origin { get; init; } = "";
}

/// <summary>Scheme packs as files: each version once, never changed.</summary>
public sealed class Packs(Work work)
{
    private static readonly Sql Kept = """
        select pack, version, sha256, origin from scheme_pack where (@pack is null or pack = @pack) order by pack, version
        """;

    private static readonly Sql Body = "select content from scheme_pack where pack = @pack and version = @version";

    private static readonly Sql AddPack = """
        insert into scheme_pack (pack, version, sha256, content, origin, added_by, added_at)
        values (@Pack, @Version, @Sha256, @content, @Origin, @by, @now)
        """;

    /// <summary>The kept versions of a pack; null: of every pack.</summary>
    public Task<IReadOnlyList<StoredPack>> Of(string? pack) => work.Rows<StoredPack>(Kept, new { pack });

    /// <summary>The file of a kept version, as it came.</summary>
    public async Task<byte[]> Content(string pack, string version) => (await work.One<byte[]>(Body, new { pack, version }))!;

    public Task Add(StoredPack pack, byte[] content) =>
        work.Do(AddPack, new { pack.Pack, pack.Version, pack.Sha256, pack.Origin, content, by = work.Actor.Name, now = work.Now });
}
