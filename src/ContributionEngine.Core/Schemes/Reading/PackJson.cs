using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;

namespace ContributionEngine.Core;

/// <summary>Reads the JSON of packs: snake_case, amounts as strings, months as yyyy-MM, nothing unknown.</summary>
internal static class PackJson
{
    public static readonly JsonSerializerOptions Options = StrictJson.With(new RatioText(), new PeriodText());

    /// <summary>The form of a pack file as a JSON schema, made from the records that read it.</summary>
    public static string Schema()
    {
        Options.MakeReadOnly(populateMissingResolver: true);
        var schema = Options.GetJsonSchemaAsNode(typeof(PackFile), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Described }).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "Scheme pack");
        return schema.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    // What a converter reads is text of a certain form, which the exporter cannot know.
    private static JsonNode Described(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var pattern = type == typeof(Ratio) ? "^-?[0-9]+(\\.[0-9]{1,9})?$" : type == typeof(Period) ? "^[0-9]{4}-(0[1-9]|1[0-2])$" : null;
        if (pattern is null) return schema;
        JsonNode types = type == context.TypeInfo.Type ? "string" : new JsonArray("string", "null");
        return new JsonObject { ["type"] = types, ["pattern"] = pattern };
    }

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
