using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Dated attributes of an enrolment, as they are stored: a JSON document that holds only what is known.</summary>
internal static class MemberAttributes
{
    private const int IncomeDecimals = 6;

    private static readonly Dictionary<string, string> Nothing = [];

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>What holds on a day: the latest facts that are valid from then or before, else the first ones.</summary>
    public static MemberFacts At(IReadOnlyList<EnrolmentFact> dated, DateOnly day) => DocumentAt(dated, day) is { } document ? Read(document) : new MemberFacts();

    /// <summary>The document of what holds on a day, or null when nothing is known.</summary>
    public static string? DocumentAt(IReadOnlyList<EnrolmentFact> dated, DateOnly day) =>
        dated.Count == 0 ? null : (dated.LastOrDefault(fact => fact.ValidFrom <= day) ?? dated[0]).Document;

    public static string Write(MemberFacts facts) => JsonSerializer.Serialize(
        new Shape(
            facts.DeclaredIncome?.ToString(), facts.Category, facts.Zone, facts.Beneficiaries, facts.AdditionalDependants,
            facts.FirstRegistered?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), facts.Flags.Count == 0 ? null : facts.Flags, facts.Others.Count == 0 ? null : facts.Others),
        Options);

    public static MemberFacts Read(string document)
    {
        var shape = JsonSerializer.Deserialize<Shape>(document, Options)!;
        return new MemberFacts
        {
            DeclaredIncome = Ratio.TryParse(shape.DeclaredIncome, IncomeDecimals, out var income) ? income : null,
            Category = shape.Category,
            Zone = shape.Zone,
            Beneficiaries = shape.Beneficiaries,
            AdditionalDependants = shape.AdditionalDependants,
            FirstRegistered = shape.FirstRegistered is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
            Flags = shape.Flags ?? [],
            Others = shape.Others ?? Nothing,
        };
    }

    private sealed record Shape(
        string? DeclaredIncome, string? Category, string? Zone, int? Beneficiaries, int? AdditionalDependants, string? FirstRegistered, IReadOnlyList<string>? Flags,
        IReadOnlyDictionary<string, string>? Others);
}
