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

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static DatedFacts Read(EnrolmentFact fact) => new(fact.ValidFrom, Read(fact.Document));

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
            Others = shape.Others ?? MemberFacts.None.Others,
        };
    }

    private sealed record Shape(
        string? DeclaredIncome, string? Category, string? Zone, int? Beneficiaries, int? AdditionalDependants, string? FirstRegistered, IReadOnlyList<string>? Flags,
        IReadOnlyDictionary<string, string>? Others);
}
