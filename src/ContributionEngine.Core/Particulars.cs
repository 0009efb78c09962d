namespace ContributionEngine.Core;

/// <summary>What a sentence needs in another language: which of the sentences of its code it is, and the values that stand in it.</summary>
/// <param name="Variant">Null for the usual sentence of the code.</param>
/// <param name="Values">Amounts in major units with a point, days as yyyy-MM-dd, months as yyyy-MM, everything else as it was written.</param>
public sealed record Particulars(string? Variant, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Values that are null are left out.</summary>
    public static Particulars Of(string? variant, params IEnumerable<(string Name, string? Value)> values) =>
        new(variant, values.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Name, pair => pair.Value!));
}
