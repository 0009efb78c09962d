using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContributionEngine.Core;

/// <summary>How an instant is written for other programs: RFC 3339, in UTC, to the second.</summary>
public sealed class InstantText : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-ddTHH:mm:ssZ";

    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Of(value));
}
