using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace ContributionEngine.Web;

/// <summary>The API for people to read: a page without any script, made from the document that programs read.</summary>
internal static class DocsPage
{
    public static async Task<IResult> Answer(HttpContext call, Assets files)
    {
        var document = await call.RequestServices.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync(call.RequestAborted);
        var page = new StringBuilder($"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>API - ContributionEngine</title><link rel=\"stylesheet\" href=\"{files["site.css"]}\"></head><body><main>");
        page.Append("<h1>API</h1><p>").Append(Text(document.Info.Description)).Append("</p><p>Each request carries <code>Authorization: Bearer</code> and a key. <a href=\"/openapi/v1.json\">The same as OpenAPI 3.1</a>.</p>");
        foreach (var noun in document.Paths.GroupBy(path => path.Key.Split('/')[2]))
        {
            page.Append("<h2 id=\"").Append(Text(noun.Key)).Append("\">").Append(Text(noun.Key)).Append("</h2>");
            foreach (var (path, item) in noun) foreach (var (method, operation) in item.Operations ?? []) Append(page, $"{method} {path}", operation);
        }

        return Results.Content(page.Append("</main></body></html>").ToString(), "text/html; charset=utf-8");
    }

    private static void Append(StringBuilder page, string line, OpenApiOperation operation)
    {
        page.Append("<section><h3><code>").Append(Text(line)).Append("</code></h3><p>").Append(Text(operation.Summary)).Append("</p>");
        if (operation.Parameters is { Count: > 0 } parameters)
        {
            page.Append("<dl>");
            foreach (var parameter in parameters) page.Append("<dt><code>").Append(Text(parameter.Name)).Append("</code> (").Append(Text(parameter.In.ToString()?.ToLowerInvariant())).Append(")</dt><dd>").Append(Text(parameter.Description)).Append("</dd>");
            page.Append("</dl>");
        }

        foreach (var body in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>()) page.Append("<p>Body ").Append(Text(body.Key)).Append(": <code>").Append(Text(Fields(body.Value))).Append("</code></p>");
        foreach (var (status, answer) in operation.Responses ?? [])
        {
            if (!status.StartsWith('2')) continue;
            foreach (var media in answer.Content ?? new Dictionary<string, OpenApiMediaType>()) page.Append("<p>").Append(Text(status)).Append(' ').Append(Text(media.Key)).Append(": <code>").Append(Text(Fields(media.Value))).Append("</code></p>");
        }

        page.Append("</section>");
    }

    private static string Fields(OpenApiMediaType media) => Names(media.Schema) ?? Names(media.Schema?.Items) ?? "bytes";

    private static string? Names(IOpenApiSchema? schema) => schema?.Properties is { Count: > 0 } fields ? string.Join(", ", fields.Keys) : null;

    private static string Text(string? text) => HtmlEncoder.Default.Encode(text ?? "");
}
