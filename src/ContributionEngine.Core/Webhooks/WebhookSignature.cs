using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ContributionEngine.Core;

/// <summary>How a receiver knows that a message is ours and new: the signature of Standard Webhooks 1.0, HMAC-SHA256 over id, time and body.</summary>
public static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimeHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    /// <summary>How long a secret is, in bytes.</summary>
    public const int SecretBytes = 32;

    private const string SecretPrefix = "whsec_";

    /// <summary>How long the secret before goes on being signed with after a rotation.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    /// <summary>A secret as a receiver is told it.</summary>
    public static string Secret(ReadOnlySpan<byte> random) => SecretPrefix + Convert.ToBase64String(random);

    /// <summary>Seconds since 1970, as the header has them.</summary>
    public static string Time(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>One signature for each secret, with blanks between; a receiver needs to know one of them.</summary>
    public static string Of(IEnumerable<string> secrets, string id, string time, string body)
    {
        var signed = Encoding.UTF8.GetBytes($"{id}.{time}.{body}");
        return string.Join(' ', secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[SecretPrefix.Length..]), signed))}"));
    }
}
