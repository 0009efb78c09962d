using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ContributionEngine.Files;

/// <summary>How documents are written for programs: snake_case, accents as they are, indented for whoever looks.</summary>
internal static class DocumentJson
{
    public static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    public static byte[] Of(object document) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(document, Options));
}
