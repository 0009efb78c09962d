using ContributionEngine.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ContributionEngine.Web;

/// <summary>The HTTP API: the commands of the command line for other programs, over the same use cases.</summary>
internal static class Api
{
    public const string Root = "/v1";

    public static void Add(IServiceCollection services, SiteSettings settings)
    {
        services.AddScoped<ApiCall>();
        services.AddRateLimits(settings.RequestsPerMinute);
        services.ConfigureHttpJsonOptions(json => ApiJson.Into(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.Configure<Microsoft.AspNetCore.Http.Features.FormOptions>(forms => forms.MultipartBodyLengthLimit = SheetLimits.BytesMax);
        services.AddOpenApi("v1", ApiDocument.Describe);
    }

    public static void Map(IEndpointRouteBuilder site)
    {
        var api = site.MapGroup(Root).RequireRateLimiting(RateLimits.Policy).DisableAntiforgery();
        AgreementsApi.Map(api);
        MembersApi.Map(api);
        UploadsApi.Map(api);
        ReceiptsApi.Map(api);
        RemittancesApi.Map(api);
        ToldPaymentsApi.Map(api);
        BankApi.Map(api);
        QuestionsApi.Map(api);
        MatchesApi.Map(api);
        CasesApi.Map(api);
        SettlementRunsApi.Map(api);
        ReportsApi.Map(api);
        StatementsApi.Map(api);
        AuditApi.Map(api);
        SelfApi.Map(api);
        WebhooksApi.Map(api);
        site.MapOpenApi("/openapi/{documentName}.json").Allows(Engine.Access.Anyone);
        site.MapGet("/docs", DocsPage.Answer).Allows(Engine.Access.Anyone).ExcludeFromDescription();
    }
}
