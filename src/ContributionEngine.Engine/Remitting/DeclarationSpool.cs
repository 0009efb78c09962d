using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A declaration written to disk while its lines stream by: its figures are known before anything is sealed.</summary>
internal sealed class DeclarationSpool : IAsyncDisposable
{
    private readonly FileStream file;

    private DeclarationSpool(FileStream file, WrittenDeclaration written) => (this.file, this.Written) = (file, written);

    public WrittenDeclaration Written { get; }

    public static async Task<DeclarationSpool> Write(StoredAgreement agreement, (string Reference, DateTimeOffset Cutoff, string? Revises) of, IAsyncEnumerable<StoredLine> lines, CancellationToken stop)
    {
        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose, BufferSize = 1 << 16,
        });
        var header = new DeclarationHeader(of.Reference, agreement.Number, agreement.Agreement.Fund.Code, agreement.Agreement.Organisation.Code, of.Cutoff, agreement.Currency) { Revises = of.Revises };
        var written = await DeclarationCsv.Write(file, header, Lines(lines), stop);
        return new DeclarationSpool(file, written);
    }

    /// <summary>The bytes in parts, from the beginning.</summary>
    public IEnumerable<byte[]> Parts()
    {
        file.Position = 0;
        return PartStream.Split(file);
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();

    private static async IAsyncEnumerable<DeclarationLine> Lines(IAsyncEnumerable<StoredLine> lines)
    {
        await foreach (var line in lines) yield return new DeclarationLine(line.LineNo, line.MemberNo, line.NationalId, line.Period, line.Component, line.Class, line.Amount);
    }
}
