using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A map as a list shows it.</summary>
public sealed record SavedMap(long Id, string Organisation, SheetMap Map, string SavedBy, DateTimeOffset SavedAt);

/// <summary>
/// What an organisation has once said of its sheets, so that it is asked once: a map that was submitted is read by again, whatever
/// the order of the columns then.
/// </summary>
public sealed class SavedMaps(Database database)
{
    /// <summary>How many of an organisation's maps a sheet is held against.</summary>
    private const int Newest = 10;

    private const int Listed = 100;

    private static readonly string[] Needed = ["member_no", "national_id", "amount", "received_on"];

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The maps of an organisation, the newest first. Refusals: <c>organisation_unknown</c>, <c>agreement_unknown</c>, <c>organisation_needed</c>.</summary>
    public Task<Outcome<IReadOnlyList<SavedMap>>> List(Actor actor, string? organisation, string? agreement, CancellationToken stop) => database.Read<Outcome<IReadOnlyList<SavedMap>>>(actor, async work =>
    {
        if (!(await OrganisationOf(work, organisation, agreement)).Ok(out var id, out var refusal)) return refusal;
        return (await work.SheetMaps.Of(id, Listed)).Select(Shown).ToList();
    }, stop);

    /// <summary>Forgets a map. Refusals: <c>map_unknown</c>.</summary>
    public Task<Outcome<SavedMap>> Forget(Actor actor, long id, CancellationToken stop) => database.Attempt<SavedMap>(actor, async work =>
    {
        if (!(await work.SheetMaps.Find(id)).Ok(out var map, out var refusal)) return refusal;
        await work.SheetMaps.Forget(id);
        await work.Audit.Record(Audit.Administration, "sheet-map-forgotten", map.Organisation, map.Map);
        return Shown(map);
    }, stop);

    /// <summary>Texts of the maps that a sheet of this agreement is held against.</summary>
    internal static async Task<IReadOnlyList<string>> Of(Work work, StoredAgreement agreement) =>
        [.. (await work.SheetMaps.Of(agreement.OrganisationId, Newest)).Select(map => map.Map)];

    /// <summary>Saves a map with which a file was submitted.</summary>
    internal static async Task Save(Work work, StoredAgreement agreement, SheetMap submitted, Understanding understood)
    {
        // A map without columns would fit every sheet: it is kept for sheets with the columns of this one. The header is found anew each time.
        var columns = submitted.Columns.Count > 0 ? submitted.Columns
            : understood.Columns.Where(column => Needed.Contains(column.Field)).ToDictionary(column => column.Field, column => column.Header);
        var text = JsonSerializer.Serialize(submitted with { Columns = columns, HeaderRow = null }, Options);
        if (await work.SheetMaps.Save(agreement.OrganisationId, KeyOf(columns, submitted.Names ?? []), text)) await work.Audit.Record(agreement.Number, "sheet-map-saved", agreement.Agreement.Organisation.Code, text);
    }

    private static async Task<Outcome<long>> OrganisationOf(Work work, string? organisation, string? agreement)
    {
        if (organisation is not null) return await work.SheetMaps.Organisation(organisation);
        if (agreement is null) return Refusal.Usage("organisation_needed", "Say whose maps: --organisation or --agreement.");
        return (await work.Agreements.Find(agreement)).Ok(out var found, out var refusal) ? found.OrganisationId : refusal;
    }

    private static SavedMap Shown(StoredSheetMap map) => new(map.Id, map.Organisation, SheetMap.Read(map.Map).Value, map.SavedBy, map.SavedAt);

    private static string KeyOf(IReadOnlyDictionary<string, string> columns, IReadOnlyList<string> names)
    {
        var lines = columns.Select(column => $"{column.Key}={PlainLetters.Folded(column.Value)}").Order(StringComparer.Ordinal).Concat(names.Select(PlainLetters.Folded));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
    }
}
