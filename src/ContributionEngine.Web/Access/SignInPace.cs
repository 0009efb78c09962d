using System.Threading.RateLimiting;
using ContributionEngine.Core;
using Microsoft.AspNetCore.Http;

namespace ContributionEngine.Web;

/// <summary>How often one address may try to sign in: hashing is slow by design, and a machine that guesses would take all of it.</summary>
internal sealed class SignInPace : IDisposable
{
    /// <summary>Tries of one address in a minute; a whole office may come from one.</summary>
    public const int TriesMax = 60;

    private readonly PartitionedRateLimiter<string> tries = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions { PermitLimit = TriesMax, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));

    public static Refusal TooOften { get; } = new(RefusalKind.NotAllowed, "sign_in_too_often", "There were too many tries from your address.") { Help = "Wait a minute and try again." };

    public bool Takes(HttpContext call)
    {
        using var lease = tries.AttemptAcquire(call.Connection.RemoteIpAddress?.ToString() ?? "");
        return lease.IsAcquired;
    }

    public void Dispose() => tries.Dispose();
}
