using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;

namespace ContributionEngine.Core;

/// <summary>A banking calendar as it is shipped: its holidays and for which years the list was made.</summary>
/// <param name="Id">Country code.</param>
/// <param name="Source">Where the list comes from and how sure it is.</param>
/// <param name="FromYear">First year that the list covers; outside it only weekends are known.</param>
/// <param name="ToYear">Last year that the list covers.</param>
public sealed record ShippedCalendar(string Id, string Name, string Source, int FromYear, int ToYear, IReadOnlyList<Holiday> Holidays)
{
    public BankingCalendar ToCalendar() => new(Id, Holidays);
}

/// <summary>The banking calendars that come with the program.</summary>
public static class CalendarLibrary
{
    private const string Prefix = "calendars/";
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly ConcurrentDictionary<string, ShippedCalendar> Loaded = [];

    /// <summary>Ids in alphabetical order.</summary>
    public static IReadOnlyList<string> Ids { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^".json".Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The calendar of that id, or a refusal with code <c>calendar_unknown</c>.</summary>
    public static Outcome<ShippedCalendar> Find(string id) => Ids.Contains(id)
        ? Loaded.GetOrAdd(id, Load)
        : Refusal.NotFound("calendar_unknown", $"There is no calendar «{id}».") with { Help = $"Shipped calendars: {string.Join(", ", Ids)}." };

    private static ShippedCalendar Load(string id)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Prefix}{id}.json")!;
        return JsonSerializer.Deserialize<ShippedCalendar>(stream, Options)!;
    }
}
