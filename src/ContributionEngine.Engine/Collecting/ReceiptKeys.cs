using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Business keys of receipts: the receipt number where there is one, else everything that makes a payment this payment.
/// 128 bits of SHA-256; as text, the 22 characters that stand for them.
/// </summary>
internal sealed class ReceiptKeys(Currency currency)
{
    private const int KeyBytes = 16;
    private const int UsualBytes = 512;
    private const int ShortNumber = 14;

    private readonly Dictionary<(Period? Period, string? Component), int> purposes = [];

    /// <summary>A receipt number as it is compared: without blanks around it and without case.</summary>
    public static string Folded(string receiptNo) => receiptNo.Trim().ToUpperInvariant();

    public UInt128 Of(ReceiptRow row, MemberDirectory.Payer? member) => Hashed(row.ReceiptNo is { } number
        ? Numbered(number)
        : string.Create(CultureInfo.InvariantCulture, $"row|{Payer(row, member)}|{row.ReceivedOn:yyyy-MM-dd}|{row.AmountMinor}|{currency.Code}|{row.Period}|{row.Component}|{row.Method}|{row.Reference}"));

    /// <summary>The key, as it is stored, that a posted payment without a number has in a file that names this member and period.</summary>
    public string Of(StoredReceipt receipt, long memberId, string? period) => Text(Hashed(
        string.Create(CultureInfo.InvariantCulture, $"row|{memberId}|{receipt.ReceivedOn:yyyy-MM-dd}|{receipt.Amount}|{currency.Code}|{period}|{receipt.NamedComponent}|{receipt.Method}|{receipt.Reference}")));

    /// <summary>The key, as it is stored, of everything that has this receipt number.</summary>
    public static string OfNumber(string number) => Text(Hashed(Numbered(number)));

    /// <summary>
    /// Tells a row from the others of its file, as the key does and cheaper: a short receipt number is its own print, sixteen
    /// bytes that hold its letters.
    /// </summary>
    public UInt128 Print(ReceiptRow row, MemberDirectory.Payer? member)
    {
        var number = row.ReceiptNo.AsSpan().Trim();
        if (number.IsEmpty || number.Length > ShortNumber || !Ascii.IsValid(number)) return Of(row, member);
        Span<byte> bytes = stackalloc byte[KeyBytes];
        bytes.Clear();
        Ascii.ToUpper(number, bytes, out _);
        return BinaryPrimitives.ReadUInt128LittleEndian(bytes);
    }

    /// <summary>The key under which the same payment was held in suspense before its member was known.</summary>
    public UInt128 WhenUnknown(ReceiptRow row) => Of(row, null);

    /// <summary>The key as it is stored.</summary>
    public static string Text(UInt128 key)
    {
        Span<byte> bytes = stackalloc byte[KeyBytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, key);
        return Convert.ToBase64String(bytes)[..^2];
    }

    /// <summary>What tells the row from other lines of its receipt.</summary>
    public ReceiptLine Line(ReceiptRow row, MemberDirectory.Payer? member)
    {
        var payer = member?.MemberId ?? (long)(ulong)Hashed(Payer(row, member));
        if (row.Period is null && row.Component is null) return new ReceiptLine(payer, 0);
        if (!purposes.TryGetValue((row.Period, row.Component), out var purpose)) purposes[(row.Period, row.Component)] = purpose = purposes.Count + 1;
        return new ReceiptLine(payer, purpose);
    }

    // The member where she is known, whatever the row calls her; else what the row says.
    private static string Payer(ReceiptRow row, MemberDirectory.Payer? member) =>
        member is null ? $"?{row.MemberNo}/{row.NationalId}" : member.MemberId.ToString(CultureInfo.InvariantCulture);

    private static string Numbered(string number) => $"no|{Folded(number)}";

    private static UInt128 Hashed(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var bytes = most <= UsualBytes ? stackalloc byte[UsualBytes] : new byte[most];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(text, bytes)], hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
