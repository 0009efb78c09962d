using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContributionEngine.Core;

/// <summary>How files that people write are read: snake_case, words for enums, nothing unknown, nothing missing.</summary>
internal static class StrictJson
{
    public static JsonSerializerOptions With(params ReadOnlySpan<JsonConverter> converters)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowOutOfOrderMetadataProperties = true,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        };
        foreach (var converter in converters) options.Converters.Add(converter);
        return options;
    }
}
