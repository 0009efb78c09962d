using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// The code on a slip that shows that it is one of ours: worked out from the receipt's id, day and amount with a secret that the
/// database was born with. It keeps anybody from going through the numbers of receipts, and is right everywhere where the receipts are.
/// </summary>
internal static class ReceiptSeal
{
    /// <summary>Letters of a code, each of five bits.</summary>
    public const int Letters = 12;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string Of(byte[] secret, long id, DateOnly receivedOn, long amount)
    {
        var hash = HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"receipt|{id}|{receivedOn:yyyy-MM-dd}|{amount}")));
        var bits = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(hash);
        return string.Create(Letters, bits, (code, left) =>
        {
            for (var i = 0; i < code.Length; i++, left <<= 5) code[i] = Alphabet[(int)(left >> 59)];
        });
    }

    /// <summary>True when the code is the receipt's; how long that takes tells nothing.</summary>
    public static bool Holds(byte[] secret, CheckedReceipt receipt, string? code) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(secret, receipt.Id, receipt.ReceivedOn, receipt.Amount)), Encoding.UTF8.GetBytes((code ?? "").ToUpperInvariant()));

    /// <summary>Where a slip is checked, short enough for a text message; null where nothing is published.</summary>
    public static string? Address(string? publicUrl, SlipReceipt receipt, byte[] secret) =>
        publicUrl is null ? null : string.Create(CultureInfo.InvariantCulture, $"{publicUrl}/v/R{receipt.Id}?h={Of(secret, receipt.Id, receipt.ReceivedOn, receipt.Amount)}");
}
