using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContributionEngine.Core;

/// <summary>What a sentence needs in another language: which of the sentences of its code it is, and the values that stand in it.</summary>
/// <param name="Variant">Null for the usual sentence of the code.</param>
/// <param name="Values">Amounts in major units with a point, with or without their currency behind them (<c>38600.00 CRC</c>); days as yyyy-MM-dd, months as yyyy-MM, lists with a comma and a space between, everything else as it was written.</param>
public sealed record Particulars(string? Variant, IReadOnlyDictionary<string, string> Values)
{
    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    /// <summary>What else was said, each in a sentence of its own, where the sentence has a place <c>inner</c>; null: nothing.</summary>
    public IReadOnlyList<Remark>? Inner { get; init; }

    /// <summary>Values that are null are left out.</summary>
    public static Particulars Of(string? variant, params IEnumerable<(string Name, string? Value)> values) => new Particulars(variant, new Dictionary<string, string>()).With(values);

    /// <summary>The same with further values; those that are null are left out.</summary>
    public Particulars With(params IEnumerable<(string Name, string? Value)> values)
    {
        var all = Values.ToDictionary();
        foreach (var (name, value) in values.Where(pair => pair.Value is not null)) all[name] = value!;
        return this with { Values = all };
    }

    /// <summary>As they are kept: JSON.</summary>
    public string Text() => JsonSerializer.Serialize(this, Json);

    /// <summary>What <see cref="Text"/> has written; null of null.</summary>
    [return: NotNullIfNotNull(nameof(kept))]
    public static Particulars? Read(string? kept) => kept is null ? null : JsonSerializer.Deserialize<Particulars>(kept, Json)!;
}
