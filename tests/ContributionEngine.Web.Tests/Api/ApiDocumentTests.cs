using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using ContributionEngine.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;

namespace ContributionEngine.Web.Tests;

/// <summary>The document of the API: reviewed, and good enough to make a client from.</summary>
internal sealed class ApiDocumentTests
{
    private const string Switch = "CONTRIBUTION_ENGINE_WRITE_SNAPSHOTS";

    private static readonly string Kept = Path.Combine(SourceTree.Root, "docs/openapi.json");

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Test]
    public async Task The_document_is_as_reviewed()
    {
        var text = (await ApiTests.Document(await Prepared.Shared())).ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable(Switch) == "1") await File.WriteAllTextAsync(Kept, text);
        Assert.That(await File.ReadAllTextAsync(Kept) == text, Is.True, $"docs/openapi.json is not what the program gives: write it again with {Switch}=1 and look at the difference.");
    }

    [Test]
    public async Task A_client_that_is_made_from_the_document_compiles_and_calls()
    {
        var site = await Prepared.Shared();
        var document = await OpenApiDocument.FromJsonAsync((await ApiTests.Document(site)).ToJsonString());
        var settings = new CSharpClientGeneratorSettings { ClassName = "EngineClient", UseBaseUrl = false, OperationNameGenerator = new NSwag.CodeGeneration.OperationNameGenerators.SingleClientFromOperationIdOperationNameGenerator(), CSharpGeneratorSettings = { Namespace = "Made", JsonLibrary = NJsonSchema.CodeGeneration.CSharp.CSharpJsonLibrary.SystemTextJson } };
        var assembly = Compiled(new CSharpClientGenerator(document, settings).GenerateFile());
        using var http = site.Client(Prepared.Treasurer);
        var type = assembly.GetType("Made.EngineClient")!;
        var client = Activator.CreateInstance(type, http)!;
        Assert.That(await Called(type, client, "GetMeAsync", "Name"), Is.EqualTo(Prepared.Treasurer));
        Assert.That(await Called(type, client, "GetObligationsAsync", "Has_more"), Is.EqualTo(true));
    }

    [Test]
    public async Task The_page_for_people_names_every_operation_and_needs_no_script()
    {
        var site = await Prepared.Shared();
        using var client = site.Client(null);
        var page = await client.GetStringAsync("/docs");
        Assert.That(page, Does.Contain("/v1/settlement-runs").And.Contain("Idempotency-Key").And.Not.Contain("<script"));
    }

    private static async Task<object?> Called(Type type, object client, string method, string property)
    {
        var way = type.GetMethods().First(found => found.Name == method && found.GetParameters().All(parameter => parameter.ParameterType != typeof(CancellationToken)));
        var task = (Task)way.Invoke(client, [.. way.GetParameters().Select(parameter => parameter.ParameterType == typeof(int?) ? (object)1 : null)])!;
        await task;
        var answer = task.GetType().GetProperty("Result")!.GetValue(task)!;
        return answer.GetType().GetProperty(property)!.GetValue(answer);
    }

    private static Assembly Compiled(string code)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("Made", [CSharpSyntaxTree.ParseText(code)], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var bytes = new MemoryStream();
        var result = compilation.Emit(bytes);
        Assert.That(result.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error), Is.Empty);
        return Assembly.Load(bytes.ToArray());
    }
}
