using System.Reflection;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using ContributionEngine.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Razor.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace ContributionEngine.Web.Tests;

/// <summary>One way into the site: an address with places in it, a method, and who may use it.</summary>
/// <param name="Method">GET, POST, PUT or DELETE.</param>
internal sealed record Way(string Method, RoutePattern Address, Access Access, bool IsPage)
{
    /// <summary>Whoever is not signed in gets a page of her own: forms of the sign-in go on to it.</summary>
    public bool IsOpen => Access == Access.Anyone;

    /// <summary>The address with the names of things in its places, each by the word before it.</summary>
    public string At(IReadOnlyDictionary<string, string> there)
    {
        var (address, before) = ("", "");
        foreach (var segment in Address.PathSegments)
        {
            var text = string.Concat(segment.Parts.Select(part => part switch
            {
                RoutePatternLiteralPart literal => literal.Content,
                RoutePatternParameterPart { Name: "status" } => "404",
                RoutePatternParameterPart { Name: "kind" } => "csv",
                RoutePatternParameterPart { Name: "format" } => "html",
                RoutePatternParameterPart { Name: "correction" } => "reverse",
                RoutePatternSeparatorPart separator => separator.Content,
                _ => there.GetValueOrDefault(before, "1"),
            }));
            (address, before) = ($"{address}/{Uri.EscapeDataString(text)}", text);
        }

        return address == "" ? "/" : address;
    }

    public override string ToString() => $"{Method} {Address.RawText}";
}

/// <summary>Every page and every endpoint of the site, as it maps them itself.</summary>
internal static class Ways
{
    private static readonly Dictionary<string, Type> Models = typeof(Site).Assembly.GetCustomAttributes<RazorCompiledItemAttribute>()
        .Where(item => item.Type.GetProperty("Model") is { } model && model.PropertyType.IsSubclassOf(typeof(PageModel)))
        .ToDictionary(item => item.Identifier, item => item.Type.GetProperty("Model")!.PropertyType);

    public static async Task<IReadOnlyList<Way>> All()
    {
        var folder = Directory.CreateTempSubdirectory("ways-");
        try
        {
            var builder = WebApplication.CreateSlimBuilder();
            await using var database = new Database(Dialect.Of($"sqlite:{Path.Combine(folder.FullName, "none.db")}").Value, TimeProvider.System);
            Site.Add(builder, new SiteSettings(database, Path.Combine(folder.FullName, "keys")) { SecondPerson = FourEyes.Read(FourEyes.Default).Value });
            await using var app = builder.Build();
            Site.Map(app);
            return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().SelectMany(Of).DistinctBy(way => $"{way}")];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A thing of each kind that is there in <see cref="Prepared.Remitted"/>, by the word that stands before its name in an address.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> Things(SitePlace site)
    {
        var (receipts, remittances) = (await site.Work.Export("receipts"), await site.Work.Export("remittances"));
        return new Dictionary<string, string>
        {
            ["agreements"] = "CR-2021-014", ["members"] = "A001", ["uploads"] = receipts.Rows[0]["upload"], ["receipts"] = receipts.Rows[0]["receipt"], ["remittances"] = remittances.Rows[0]["remittance"],
            ["cases"] = (await site.Work.Export("cases")).Rows[0]["case"], ["packs"] = "cr-convenio-2021", ["v"] = new string('0', 64), ["language"] = "es", ["reports"] = "ageing", ["users"] = Prepared.Officer, ["runs"] = (await site.Work.Json("settlement list --agreement CR-2021-014"))[0].At("run"),
            ["webhooks"] = (await site.Work.Json("webhook endpoint list")).AsArray()[0].At("endpoint"),
        };
    }

    private static IEnumerable<Way> Of(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
        {
            var model = Models[page.RelativePath];
            var allows = model.GetCustomAttribute<AllowsAttribute>() ?? throw new InvalidOperationException($"{model.Name} does not say who may use it.");
            yield return new Way("GET", endpoint.RoutePattern, allows.Access, true);
            if (model.GetMethods().Any(method => method.Name.StartsWith("OnPost", StringComparison.Ordinal))) yield return new Way("POST", endpoint.RoutePattern, allows.Changes, true);
            yield break;
        }

        var allowed = endpoint.Metadata.GetMetadata<AllowsAttribute>() ?? throw new InvalidOperationException($"{endpoint.DisplayName} does not say who may use it.");
        foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
        {
            yield return new Way(method, endpoint.RoutePattern, method is "GET" or "HEAD" ? allowed.Access : allowed.Changes, !endpoint.RoutePattern.RawText!.StartsWith("/v1", StringComparison.Ordinal));
        }
    }
}
