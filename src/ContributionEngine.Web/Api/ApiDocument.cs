using System.Text.Json;
using System.Text.Json.Nodes;
using ContributionEngine.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ContributionEngine.Web;

/// <summary>What the OpenAPI document says beyond what the endpoints say of themselves.</summary>
internal static class ApiDocument
{
    public const string Title = "ContributionEngine";
    private const string Key = "key";

    public static void Describe(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = way => way.RelativePath?.StartsWith("v1/", StringComparison.Ordinal) == true;
        options.CreateSchemaReferenceId = type => type.Type.Name.EndsWith("Form", StringComparison.Ordinal) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = Title, Version = "v1", Description = "Contribution collection and remittance for group registration agreements. Amounts are decimal texts beside a currency, numbers are opaque texts, times are UTC." };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Key] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key of a user (ce_...), or an access token of the OpenID Connect provider." },
            };
            Inline(document);
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Key, document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(async (operation, context, stop) =>
        {
            var path = context.Description.RelativePath!["v1/".Length..];
            operation.OperationId = context.Description.HttpMethod!.ToLowerInvariant() + string.Concat(path.Split('/', '-').Select(part => part.Trim('{', '}')).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
            operation.Tags = new HashSet<OpenApiTagReference> { new(path.Split('/')[0], context.Document) };
            foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? []) parameter.Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Name!);
            var access = context.Description.ActionDescriptor.EndpointMetadata.OfType<AllowsAttribute>().Last().Access;
            operation.Extensions = new Dictionary<string, IOpenApiExtension> { ["x-access"] = new JsonNodeExtension(JsonValue.Create(Pack.Word(access))) };
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<WritesOnce>().Any()) SayWrite(operation);
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<TakesForm>().FirstOrDefault() is not { } takes) return;
            var form = await context.GetOrCreateSchemaAsync(takes.Form, null, stop);
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = new Dictionary<string, OpenApiMediaType> { ["multipart/form-data"] = new() { Schema = form } } };
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(DateTimeOffset) || context.JsonTypeInfo.Type == typeof(DateTimeOffset?)) (schema.Type, schema.Format) = (context.JsonTypeInfo.Type == typeof(DateTimeOffset) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null, "date-time");
            return Task.CompletedTask;
        });
    }

    // The tools that make clients know a file by its form and not by a name.
    private static void Inline(OpenApiDocument document)
    {
        foreach (var form in document.Paths.Values.SelectMany(path => path.Operations?.Values.AsEnumerable() ?? []).SelectMany(way => way.RequestBody?.Content?.Values.AsEnumerable() ?? []))
        {
            if (form.Schema?.Properties is not { } fields) continue;
            foreach (var name in fields.Where(field => field.Value is OpenApiSchemaReference { Reference.Id: nameof(IFormFile) }).Select(field => field.Key).ToList()) fields[name] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        }

        document.Components?.Schemas?.Remove(nameof(IFormFile));
    }

    private static void SayWrite(OpenApiOperation operation)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(Of(Once.Header, ParameterLocation.Header, "A value of your own for this request: sent again with it, the request is not done again and is answered the same for 7 days. Not needed with dry_run=true.", JsonSchemaType.String));
        operation.Parameters.Add(Of("If-Match", ParameterLocation.Header, "ETag of what is changed, as you saw it last: where it has changed since, the answer is 412.", JsonSchemaType.String));
        operation.Parameters.Add(Of(ApiCall.DryRun, ParameterLocation.Query, "true: everything is checked and worked out, and nothing is written.", JsonSchemaType.Boolean));
        operation.Parameters.Add(Of("as_of", ParameterLocation.Query, "The day, or the instant, at which it is done; the default is now.", JsonSchemaType.String));
    }

    private static OpenApiParameter Of(string name, ParameterLocation place, string says, JsonSchemaType type) => new() { Name = name, In = place, Description = says, Schema = new OpenApiSchema { Type = type } };
}
