using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContributionEngine.Core;

/// <summary>Reads the JSON of packs: snake_case, amounts as strings, months as yyyy-MM, nothing unknown.</summary>
internal static class PackJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new RatioText(), new PeriodText(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    private sealed class RatioText : JsonConverter<Ratio>
    {
        public override Ratio Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Ratio.TryParse(reader.GetString(), 9, out var value) ? value : throw new JsonException("A figure is a decimal string such as \"4.17\".");

        public override void Write(Utf8JsonWriter writer, Ratio value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    private sealed class PeriodText : JsonConverter<Period>
    {
        public override Period Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Period.TryParse(reader.GetString(), out var month) ? month : throw new JsonException("A month is written as yyyy-MM.");

        public override void Write(Utf8JsonWriter writer, Period value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
