using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ContributionEngine.Web.Tests;

/// <summary>An answer of the API: its status, its headers and its document.</summary>
internal sealed record ApiAnswer(int Status, HttpResponseMessage Message, JsonNode? Body)
{
    public string? Code => (string?)Body?["code"];

    public string? Header(string name) => Message.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;
}

/// <summary>Calls of the API in few words.</summary>
internal static class ApiClient
{
    public static async Task<ApiAnswer> Get(this HttpClient client, string path) => await Of(await client.GetAsync(path));

    /// <param name="key">The request's own key, and after « if » what must still be so; null: none is sent.</param>
    public static async Task<ApiAnswer> Post(this HttpClient client, string path, object? body, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body as HttpContent ?? (body is string text ? new StringContent(text, Encoding.UTF8, "application/json") : body is null ? null : JsonContent.Create(body)) };
        if (key?.Split(" if ") is [var own, .. var seen])
        {
            request.Headers.Add("Idempotency-Key", own);
            if (seen is [var tag]) request.Headers.TryAddWithoutValidation("If-Match", tag);
        }

        return await Of(await client.SendAsync(request));
    }

    /// <summary>A form with a file and some fields; each is sent with a line of its own between the parts.</summary>
    public static MultipartFormDataContent Form(string file, string content, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent { { new StringContent(content), "file", file } };
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        return form;
    }

    private static async Task<ApiAnswer> Of(HttpResponseMessage message)
    {
        var text = await message.Content.ReadAsStringAsync();
        return new ApiAnswer((int)message.StatusCode, message, message.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true ? JsonNode.Parse(text) : JsonValue.Create(text));
    }
}
