using System.Globalization;
using System.Threading.RateLimiting;
using ContributionEngine.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace ContributionEngine.Web;

/// <summary>How many requests of the API a user may make: as many as people and programs need, and not so many that others wait.</summary>
internal static class RateLimits
{
    public const string Policy = "api";

    /// <summary>Requests of one user in a minute, where the settings say nothing.</summary>
    public const int PerMinute = 1_200;

    private static readonly TimeSpan Refill = TimeSpan.FromSeconds(1);

    public static IServiceCollection AddRateLimits(this IServiceCollection services, int perMinute) => services.AddRateLimiter(limits =>
    {
        limits.AddPolicy(Policy, call => RateLimitPartition.GetTokenBucketLimiter(call.User.Identity?.Name ?? $"at {call.Connection.RemoteIpAddress}", _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute, TokensPerPeriod = Math.Max(1, perMinute / 60), ReplenishmentPeriod = Refill, QueueLimit = 0, AutoReplenishment = true,
        }));
        limits.OnRejected = async (rejected, _) =>
        {
            var call = rejected.HttpContext;
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Refill;
            call.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            call.Response.Headers["RateLimit-Policy"] = $"\"user\";q={perMinute};w=60";
            await Problems.Of(Refusal.Conflict("rate_limited", "There are too many requests.") with { Value = $"{perMinute}" }, StatusCodes.Status429TooManyRequests).ExecuteAsync(call);
        };
    });
}
