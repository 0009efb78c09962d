using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ContributionEngine.House.Tests;

/// <summary>What the names in src mean: all of it bound as one program against the packages that it is built with.</summary>
internal static class Meaning
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly Lazy<CSharpCompilation> Bound = new(Bind);

    public static SemanticModel Of(Source source) => Bound.Value.GetSemanticModel(source.Tree);

    private static CSharpCompilation Bind()
    {
        var libraries = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("contribution", StringComparison.OrdinalIgnoreCase));
        return CSharpCompilation.Create(
            "product",
            House.Product.Select(source => source.Tree).Append(CSharpSyntaxTree.ParseText(ImplicitUsings, new CSharpParseOptions(LanguageVersion.Preview))),
            libraries.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
    }
}
