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

    /// <summary>The declaration of these lines, or the writer's refusal, of which nothing is kept.</summary>
    public static async Task<Outcome<DeclarationSpool>> Write(DeclarationFormat format, DeclarationHeader header, IAsyncEnumerable<DeclarableLine> lines, CancellationToken stop)
    {
        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose, BufferSize = 0,
        });
        if ((await format.Write(file, header, Lines(lines), stop)).Ok(out var written, out var refusal)) return new DeclarationSpool(file, written);
        await file.DisposeAsync();
        return refusal;
    }

    /// <summary>The bytes in parts, from the beginning.</summary>
    public IEnumerable<byte[]> Parts()
    {
        file.Position = 0;
        return PartStream.Split(file);
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();

    private static async IAsyncEnumerable<DeclarationLine> Lines(IAsyncEnumerable<DeclarableLine> lines)
    {
        // A member's lines stand together, so her attributes are read once.
        var (document, member) = ((string?)null, DeclaredMember.Unknown);
        await foreach (var line in lines)
        {
            if (member.FullName != line.FullName || document != line.Document)
            {
                document = line.Document;
                member = new DeclaredMember(line.FullName, document is null ? MemberFacts.None : MemberAttributes.Read(document));
            }

            yield return new DeclarationLine(line.LineNo, line.MemberNo, line.NationalId, line.Period, line.Component, line.Class, line.Amount) { Months = (int)line.Months, Member = member };
        }
    }
}
