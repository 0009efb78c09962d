using System.Security.Cryptography;
using ContributionEngine.Core;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ContributionEngine.Engine;

/// <summary>What is asked of a password, how it is kept, and how one that is good once is made.</summary>
internal static class Passwords
{
    /// <summary>Characters.</summary>
    public const int LengthMin = 10;

    /// <summary>Characters: more would only cost time.</summary>
    public const int LengthMax = 200;

    /// <summary>How long a one-time password is good.</summary>
    public static readonly TimeSpan OneTimeFor = TimeSpan.FromDays(7);

    private const int HashRounds = 210_000;

    /// <summary>A password that is a user's name and at most so many characters more is her name.</summary>
    private const int BesideNameMax = 4;

    private const int DistinctMin = 4;
    private const int GroupLetters = 4;
    private const int OneTimeLetters = 16;

    // Without those that look alike when they are read out or copied by hand.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    private static readonly PasswordHasher<string> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = HashRounds }));

    private static readonly Lazy<string> Nobodys = new(() => Hash("nobody has this password"));

    public static string Hash(string password) => Hasher.HashPassword("", password);

    /// <summary>Whether the password is right, and whether it should be hashed anew. Takes its time even where there is nothing to compare with.</summary>
    public static (bool IsRight, bool IsStale) Verify(string? hash, string password)
    {
        var verdict = password.Length > LengthMax ? PasswordVerificationResult.Failed : Hasher.VerifyHashedPassword("", hash ?? Nobodys.Value, password);
        return hash is null ? (false, false) : (verdict != PasswordVerificationResult.Failed, verdict == PasswordVerificationResult.SuccessRehashNeeded);
    }

    /// <summary>A password that nobody can guess, in groups that can be read out.</summary>
    public static string OneTime() => Grouped(RandomNumberGenerator.GetString(Letters, OneTimeLetters));

    /// <summary>Why a password will not do, or null. Refusals: <c>password_short</c>, <c>password_long</c>, <c>password_is_name</c>, <c>password_common</c>.</summary>
    public static Refusal? Fault(string name, string password)
    {
        if (password.Length < LengthMin) return Weak("password_short", $"The password is shorter than {LengthMin} characters.") with { Value = Text(LengthMin) };
        if (password.Length > LengthMax) return Weak("password_long", $"The password is longer than {LengthMax} characters.") with { Value = Text(LengthMax) };
        if (password.Length - password.Replace(name, "", StringComparison.OrdinalIgnoreCase).Length is > 0 and var named && password.Length - named <= BesideNameMax) return Weak("password_is_name", "The password is the name of the user.");
        return password.Distinct().Count() < DistinctMin || GuessedPasswords.Has(password) ? Weak("password_common", "The password is one of those that are tried first.") : null;
    }

    internal static string Grouped(string letters) => string.Join('-', letters.Chunk(GroupLetters).Select(group => new string(group)));

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static Refusal Weak(string code, string sentence) =>
        Refusal.Input(code, sentence) with { Field = "password", Help = $"Take at least {LengthMin} characters: several words that do not belong together are good, and a password keeper may choose them." };
}
