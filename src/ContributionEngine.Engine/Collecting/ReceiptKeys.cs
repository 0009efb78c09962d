using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Business keys of receipts: the receipt number where there is one, else everything that makes a payment this payment.
/// 22 characters that stand for 128 bits of SHA-256.
/// </summary>
internal sealed class ReceiptKeys(Currency currency)
{
    private const int KeyBytes = 16;

    /// <summary>A receipt number as it is compared: without blanks around it and without case.</summary>
    public static string Folded(string receiptNo) => receiptNo.Trim().ToUpperInvariant();

    public string Of(ReceiptRow row, EnrolledMember? member) => Hashed(row.ReceiptNo is { } number
        ? $"no|{Folded(number)}"
        : $"row|{Payer(row, member)}|{Values.Text(row.ReceivedOn)}|{row.AmountMinor}|{currency.Code}|{row.Period}|{row.Component}|{row.Method}|{row.Reference}");

    /// <summary>The key under which the same payment was held in suspense before its member was known.</summary>
    public string WhenUnknown(ReceiptRow row) => Of(row, null);

    /// <summary>Who pays: the member where she is known, whatever the row calls her; else what the row says.</summary>
    public static string Payer(ReceiptRow row, EnrolledMember? member) =>
        member is null ? $"?{row.MemberNo}/{row.NationalId}" : member.MemberId.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Hashed(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToBase64String(hash[..KeyBytes])[..^2];
    }
}
