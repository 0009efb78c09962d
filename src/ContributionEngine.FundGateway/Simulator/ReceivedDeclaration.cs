using ContributionEngine.Core;
using ContributionEngine.Files;

namespace ContributionEngine.FundGateway;

/// <summary>A declaration as the fund checks it on arrival: a generic one is well formed and adds up; any other form is bytes, taken as they are.</summary>
internal static class ReceivedDeclaration
{
    /// <summary>Null for a form that the simulator does not read.</summary>
    public static Outcome<ReadDeclaration?> Read(Stream stream)
    {
        using (stream)
        {
            if (!IsGeneric(stream)) return Outcome<ReadDeclaration?>.Of(null);
            stream.Position = 0;
            return DeclarationCsv.Read(stream).Ok(out var read, out var refusal) ? read : refusal;
        }
    }

    private static bool IsGeneric(Stream stream)
    {
        Span<byte> begin = stackalloc byte[2];
        return stream.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false) == begin.Length && begin.SequenceEqual("H,"u8);
    }
}
