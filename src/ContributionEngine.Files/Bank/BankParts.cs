using System.Security.Cryptography;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>One file to read by itself.</summary>
/// <param name="Name">As its sender named it; behind the name of its zip where it came in one.</param>
/// <param name="Sha256">Lower-case hex; empty when it could not be unpacked.</param>
public sealed record BankPart(string Name, string Sha256, Outcome<Func<Stream>> Open);

/// <summary>The files in a file: those of a zip, or itself. Their names are only names, and one that is broken stops no other.</summary>
public sealed class BankParts : IDisposable
{
    private readonly List<TemporaryFile> held = [];
    private readonly List<BankPart> parts = [];

    private BankParts()
    {
    }

    public IReadOnlyList<BankPart> Parts => parts;

    public static BankParts Of(Func<Stream> open, string name, string sha256)
    {
        var found = new BankParts();
        try
        {
            if (!IsZip(open) || !found.Unpack(open, name)) found.parts.Add(new BankPart(name, sha256, Outcome<Func<Stream>>.Of(open)));
        }
        catch (SheetRefusedException refused)
        {
            found.parts.Add(new BankPart(name, sha256, BankProblem.Of(refused.Refusal)));
        }

        return found;
    }

    public void Dispose() => held.ForEach(file => file.Dispose());

    private static bool IsZip(Func<Stream> open)
    {
        using var stream = open();
        Span<byte> head = stackalloc byte[4];
        return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.SequenceEqual("PK\u0003\u0004"u8);
    }

    // A workbook is a zip too, and is read as what it is.
    private bool Unpack(Func<Stream> open, string name)
    {
        using var archive = SafeArchive.Of(open);
        if (archive.Has("[Content_Types].xml")) return false;
        foreach (var entry in archive.Names.Where(FileKinds.IsContent).Order(StringComparer.Ordinal)) parts.Add(Taken(archive, entry, $"{name}/{entry}"));
        if (parts.Count == 0) throw new SheetRefusedException(BankProblem.Empty());
        return true;
    }

    private BankPart Taken(SafeArchive archive, string entry, string name)
    {
        try
        {
            var copy = new TemporaryFile();
            held.Add(copy);
            using (var content = archive.Open(entry, isMarkup: false)) content.CopyTo(copy.Target);
            using var written = copy.Open();
            return new BankPart(name, Convert.ToHexStringLower(SHA256.HashData(written)), Outcome<Func<Stream>>.Of(copy.Open));
        }
        catch (SheetRefusedException refused)
        {
            return new BankPart(name, "", BankProblem.Of(refused.Refusal));
        }
    }
}
