using System.Text;

namespace ContributionEngine.Files;

/// <summary>In which encoding a text was saved, told by its bytes.</summary>
internal static class TextEncoding
{
    /// <summary>Bytes from the start of a file that the layout of a text is told by.</summary>
    public const int HeadBytes = 1 << 16;

    // A text in UTF-16 has a NUL beside nearly every letter; stray NULs in any other text do not come so close.
    private const int NulsInHundred = 40;

    static TextEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The code page of old office programs.</summary>
    public static Encoding Windows1252 => Encoding.GetEncoding(1252);

    public static Encoding Of(ReadOnlySpan<byte> head, Func<Stream> open)
    {
        if (head.StartsWith<byte>([0xFF, 0xFE])) return Encoding.Unicode;
        if (head.StartsWith<byte>([0xFE, 0xFF])) return Encoding.BigEndianUnicode;
        if (NulsAt(head, 1) >= NulsInHundred && NulsAt(head, 0) == 0) return new UnicodeEncoding(bigEndian: false, byteOrderMark: false);
        if (NulsAt(head, 0) >= NulsInHundred && NulsAt(head, 1) == 0) return new UnicodeEncoding(bigEndian: true, byteOrderMark: false);
        return IsUtf8(open) ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) : Windows1252;
    }

    /// <summary>True when the bytes begin with the mark of their encoding.</summary>
    public static bool IsMarked(ReadOnlySpan<byte> head) =>
        head.StartsWith<byte>([0xEF, 0xBB, 0xBF]) || head.StartsWith<byte>([0xFF, 0xFE]) || head.StartsWith<byte>([0xFE, 0xFF]);

    public static string NameOf(Encoding encoding) => encoding.CodePage switch
    {
        1200 => "UTF-16 LE",
        1201 => "UTF-16 BE",
        1252 => "Windows-1252",
        _ => "UTF-8",
    };

    private static int NulsAt(ReadOnlySpan<byte> head, int parity)
    {
        var nuls = 0;
        for (var i = parity; i < head.Length; i += 2)
        {
            if (head[i] == 0) nuls++;
        }

        return head.Length < 2 ? 0 : nuls * 100 / (head.Length / 2);
    }

    private static bool IsUtf8(Func<Stream> open)
    {
        using var stream = open();
        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var bytes = new byte[HeadBytes];
        var letters = new char[HeadBytes + 16];
        try
        {
            int read;
            while ((read = stream.Read(bytes)) > 0) decoder.GetChars(bytes, 0, read, letters, 0, flush: false);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
