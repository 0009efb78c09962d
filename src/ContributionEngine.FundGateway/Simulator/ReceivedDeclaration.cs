using ContributionEngine.Core;
using ContributionEngine.Files;

namespace ContributionEngine.FundGateway;

/// <summary>A declaration as the fund checks it on arrival: well formed, and its lines add up to its trailer.</summary>
internal static class ReceivedDeclaration
{
    public static Outcome<ReadDeclaration> Read(Stream stream)
    {
        using (stream) return DeclarationCsv.Read(stream);
    }
}
