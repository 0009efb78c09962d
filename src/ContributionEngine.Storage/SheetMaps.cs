using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>A map that an organisation has submitted: how its sheets are read.</summary>
public sealed record StoredSheetMap
{
    public long Id { get; init; }

    public string Organisation { get; init; } = "";

    /// <summary>Its JSON.</summary>
    public string Map { get; init; } = "";

    public string SavedBy { get; init; } = "";

    public DateTimeOffset SavedAt { get; init; }
}

/// <summary>The maps that organisations have submitted; each organisation's are its own.</summary>
public sealed class SheetMaps(Work work)
{
    private static readonly Sql Newest = new(dialect => $"""
        select m.id, o.code as organisation, m.map, m.saved_by, m.saved_at
          from sheet_map m
          join organisation o on o.id = m.organisation_id
         where m.organisation_id = @organisationId
         order by m.saved_at desc, m.id desc {dialect.Limit("@take")}
        """);

    private static readonly Sql ById = """
        select m.id, o.code as organisation, m.map, m.saved_by, m.saved_at
          from sheet_map m
          join organisation o on o.id = m.organisation_id
         where m.id = @id and (@scope is null or m.organisation_id = @scope)
        """;

    private static readonly Sql OrganisationByCode = "select id from organisation where code = @code and (@scope is null or id = @scope)";

    private static readonly Sql Standing = "select map from sheet_map where organisation_id = @organisationId and columns_key = @key";

    private static readonly Sql Add = """
        insert into sheet_map (id, organisation_id, columns_key, map, saved_by, saved_at) values (@id, @organisationId, @key, @map, @by, @now)
        """;

    private static readonly Sql Renew = """
        update sheet_map set map = @map, saved_by = @by, saved_at = @now where organisation_id = @organisationId and columns_key = @key
        """;

    private static readonly Sql Drop = "delete from sheet_map where id = @id";

    /// <summary>An organisation's maps, the newest first.</summary>
    public Task<IReadOnlyList<StoredSheetMap>> Of(long organisationId, int take) => work.Rows<StoredSheetMap>(Newest, new { organisationId, take });

    /// <summary>The map of that id, or a refusal with code <c>map_unknown</c>; another organisation's is as unknown as none.</summary>
    public async Task<Outcome<StoredSheetMap>> Find(long id) =>
        await work.One<StoredSheetMap>(ById, new { id, scope = work.Actor.OrganisationId }) is { } map ? map
        : Refusal.NotFound("map_unknown", $"There is no saved map «{id}».") with { Help = "List the maps with 'upload maps'." };

    /// <summary>The organisation of that code, or a refusal with code <c>organisation_unknown</c>; another's is as unknown as none.</summary>
    public async Task<Outcome<long>> Organisation(string code) =>
        await work.One<long?>(OrganisationByCode, new { code, scope = work.Actor.OrganisationId }) is { } id ? id
        : Refusal.NotFound("organisation_unknown", $"There is no organisation «{code}».") with { Help = "It comes with its first agreement: 'agreement import'." };

    /// <summary>Makes a map the organisation's newest, in place of one of the same columns.</summary>
    /// <param name="key">Names the columns that it maps.</param>
    /// <returns>False when the very same map was there already.</returns>
    public async Task<bool> Save(long organisationId, string key, string map)
    {
        var before = await work.One<string>(Standing, new { organisationId, key });
        await work.Do(before is null ? Add : Renew, new { id = before is null ? work.NextId() : 0, organisationId, key, map, by = work.Actor.Name, now = work.Now });
        return before != map;
    }

    public Task Forget(long id) => work.Do(Drop, new { id });
}
