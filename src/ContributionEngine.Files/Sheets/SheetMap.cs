using System.Text.Json;
using System.Text.Json.Serialization;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>What a treasurer said of a file: which column is which, and how amounts and dates are written.</summary>
public sealed record SheetMap
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Our field name to the header text of theirs, or to <c>#3</c> for the third column where a text would fit two.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>The header texts of all columns, where <see cref="Columns"/> has a place: a saved map is used again only for a sheet that has just these. Null: not said, and then not again.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary><c>.</c> or <c>,</c>; null: decided per column.</summary>
    public string? Decimal { get; init; }

    /// <summary><c>dmy</c> or <c>mdy</c>; null: decided per column.</summary>
    public string? DateOrder { get; init; }

    /// <summary>Only for workbooks.</summary>
    public string? Sheet { get; init; }

    /// <summary>Line of the header, from 1; null: the first row, within the first fifty, that names the columns.</summary>
    public int? HeaderRow { get; init; }

    /// <summary>Reads the map, or refuses it with code <c>map_invalid</c>.</summary>
    public static Outcome<SheetMap> Read(string json)
    {
        try
        {
            var map = JsonSerializer.Deserialize<SheetMap>(json, Options);
            if (map is null) return Invalid("it holds null");
            if (map.Decimal is not (null or "." or ",")) return Invalid("decimal must be «.» or «,»");
            if (map.DateOrder is not (null or "dmy" or "mdy")) return Invalid("date_order must be «dmy» or «mdy»");
            if (map.Columns.Values.Any(string.IsNullOrEmpty)) return Invalid("a column has no name");
            return map.HeaderRow is < 1 ? Invalid("header_row counts from 1") : map;
        }
        catch (JsonException fault)
        {
            return Invalid($"it is not read at {fault.Path}, line {fault.LineNumber + 1}");
        }
    }

    private static Refusal Invalid(string why) => Refusal.Usage("map_invalid", $"The map cannot be used: {why}.") with
    {
        Help = "A map looks like {\"columns\":{\"amount\":\"Monto\"},\"decimal\":\",\",\"date_order\":\"dmy\"}.",
    };
}
