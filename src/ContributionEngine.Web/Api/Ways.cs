using ContributionEngine.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ContributionEngine.Web;

/// <summary>Marks a write: it comes with a key of its own, and may be rehearsed.</summary>
internal sealed class WritesOnce;

/// <summary>Says which form an endpoint takes. It turns nobody away by itself: who may not use the endpoint at all is to hear of that first.</summary>
internal sealed record TakesForm(Type Form);

/// <summary>What each endpoint of the API says of itself: who may use it, what it is for, and what it answers.</summary>
internal static class Ways
{
    private static readonly int[] OfReads = [StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, StatusCodes.Status429TooManyRequests];

    private static readonly int[] OfWrites = [.. OfReads, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity];

    public static RouteHandlerBuilder Reads<T>(this RouteHandlerBuilder way, Access access, string summary) => way.Allows(access).WithSummary(summary).Produces<T>().Refuses(OfReads);

    /// <summary>A file in the answer.</summary>
    public static RouteHandlerBuilder ReadsFile(this RouteHandlerBuilder way, Access access, string summary) =>
        way.Allows(access).WithSummary(summary).Produces<Stream>(StatusCodes.Status200OK, "application/octet-stream").Refuses(OfReads);

    public static RouteHandlerBuilder Writes<T>(this RouteHandlerBuilder way, Access access, string summary, int status = StatusCodes.Status200OK) =>
        way.Allows(access).WithSummary(summary).Produces<T>(status).Refuses(OfWrites).WithMetadata(new WritesOnce()).AddEndpointFilter(Once.Filter);

    /// <summary>A write whose answer shows a secret: it is kept nowhere, so it comes without a key of its own and is never answered twice.</summary>
    public static RouteHandlerBuilder WritesSecret<T>(this RouteHandlerBuilder way, Access access, string summary, int status = StatusCodes.Status200OK) =>
        way.Allows(access).WithSummary(summary).Produces<T>(status).Refuses(OfWrites);

    public static RouteHandlerBuilder Takes<TForm>(this RouteHandlerBuilder way) => way.WithMetadata(new TakesForm(typeof(TForm)));

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder way, IEnumerable<int> statuses)
    {
        foreach (var status in statuses) way.ProducesProblem(status);
        return way;
    }
}
