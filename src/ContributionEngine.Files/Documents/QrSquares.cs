using System.Collections;
using System.Text;
using QRCoder;

namespace ContributionEngine.Files;

/// <summary>The squares of a QR code, row by row from the top, with the quiet edge around them; true is dark.</summary>
internal static class QrSquares
{
    /// <summary>What the largest code holds at the lowest level of repair, in bytes.</summary>
    public const int BytesMax = 2_953;

    /// <summary>The squares, or null where the text is too long for any code.</summary>
    public static IReadOnlyList<BitArray>? Of(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > BytesMax) return null;
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.L, forceUtf8: true);
        return code.ModuleMatrix;
    }
}
