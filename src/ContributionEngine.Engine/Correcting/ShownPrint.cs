using System.Security.Cryptography;
using System.Text.Json;

namespace ContributionEngine.Engine;

/// <summary>Tells what a person was shown from anything else, so that nothing else is done.</summary>
public static class ShownPrint
{
    /// <returns>Lower-case hex SHA-256.</returns>
    public static string Of<T>(T shown) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(shown)));
}
