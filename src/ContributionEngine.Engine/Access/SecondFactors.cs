using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Storage;
using OtpNet;

namespace ContributionEngine.Engine;

/// <summary>Codes of an authenticator app (six digits that change every 30 seconds), and codes for when it is lost.</summary>
internal static class SecondFactors
{
    public const int RecoveryCodes = 10;

    private const string Issuer = "Contribution Engine";
    private const int SecretBytes = 20;
    private const int RecoveryLetters = 16;

    // Letters and digits that are not taken for each other.
    private const string Letters = "ABCDEFGHJKMNPQRSTVWXYZ0123456789";

    // A clock that is half a minute off is common on phones.
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    public static string NewSecret() => Base32Encoding.ToString(RandomNumberGenerator.GetBytes(SecretBytes)).TrimEnd('=');

    /// <summary>What an authenticator app reads from a QR code.</summary>
    public static string Address(string secret, string name) => new OtpUri(OtpType.Totp, secret, name, Issuer).ToString();

    /// <summary>The time step that a code belongs to; null: it is none of now.</summary>
    public static long? StepOf(string secret, string code, DateTimeOffset now) =>
        new Totp(Base32Encoding.ToBytes(secret)).VerifyTotp(now.UtcDateTime, Folded(code), out var step, Window) ? step : null;

    public static string NewRecoveryCode() => Passwords.Grouped(RandomNumberGenerator.GetString(Letters, RecoveryLetters));

    public static bool IsRecoveryCode(string code) => Folded(code).Length == RecoveryLetters;

    // A recovery code is random and long, so a plain hash keeps it as safe as a slow one would.
    public static string Sha256(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Folded(code))));

    /// <summary>True when the code is right and has not been used; it is used then. A recovery code does as well.</summary>
    public static async Task<bool> Use(Work work, StoredLogin login, (string Secret, string Code) tried)
    {
        if (IsRecoveryCode(tried.Code)) return await work.Logins.UseRecoveryCode(login.UserId, Sha256(tried.Code));
        return StepOf(tried.Secret, tried.Code, work.Now) is { } step && await work.Logins.UseStep(login.UserId, step);
    }

    private static string Folded(string code) => string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}
