using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContributionEngine.Core;

namespace ContributionEngine.Web;

/// <summary>How the API writes: snake_case, amounts as decimal texts, instants in UTC.</summary>
internal static class ApiJson
{
    public static readonly JsonSerializerOptions Options = Into(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Into(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectRequiredConstructorParameters = true;
        options.RespectNullableAnnotations = true;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new InstantText());
        return options;
    }

    /// <summary>An amount in major units, as a decimal text: never a number, which many programs read as a fraction of two.</summary>
    public static string Text(Money amount) => amount.ToMajor();

    public static string? Text(Money? amount) => amount?.ToMajor();
}
