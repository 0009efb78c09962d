using System.Reflection;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
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
