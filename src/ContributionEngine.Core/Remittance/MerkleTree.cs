using System.Security.Cryptography;
using System.Text;

namespace ContributionEngine.Core;

/// <summary>One step from a leaf to the root: the hash that stands beside what is known so far.</summary>
/// <param name="Side"><c>left</c> or <c>right</c>: where the sibling stands.</param>
/// <param name="Hash">Lower-case hex.</param>
public sealed record ProofStep(string Side, string Hash)
{
    public const string Left = "left";
    public const string Right = "right";

    /// <summary>As proofs spell it, such as <c>left:9cfa14d1...</c>.</summary>
    public override string ToString() => $"{Side}:{Hash}";
}

/// <summary>What shows that one line is in a tree, to whoever has the root and nothing else.</summary>
/// <param name="Salt">128 bits, lower-case hex. It keeps siblings from being guessed, so it is for the line's own member only.</param>
/// <param name="Line">The line as <see cref="ProvenLine.Text"/> spells it.</param>
/// <param name="Path">From the leaf upwards.</param>
/// <param name="Root">Lower-case hex.</param>
public sealed record LineProof(string Salt, string Line, IReadOnlyList<ProofStep> Path, string Root)
{
    /// <summary>The leaf's own hash, lower-case hex: names the line without telling it.</summary>
    public string Leaf => Convert.ToHexStringLower(MerkleTree.Leaf(Convert.FromHexString(Salt), Line));

    /// <summary>True when the line, hashed up the path, gives the root.</summary>
    public bool Holds()
    {
        var node = MerkleTree.Leaf(Convert.FromHexString(Salt), Line);
        foreach (var step in Path)
        {
            var sibling = Convert.FromHexString(step.Hash);
            node = step.Side == ProofStep.Left ? MerkleTree.Node(sibling, node) : MerkleTree.Node(node, sibling);
        }

        return Convert.ToHexStringLower(node) == Root;
    }
}

/// <summary>
/// A hash over lines, in order, in which each can be shown to be without showing another: leaf = SHA-256(0x00, salt, line), node = SHA-256(0x01, left, right), and
/// a node without a right neighbour goes up as it is (the tree of RFC 6962). Keeps one node per level, whatever the number of lines, and the paths of those that are followed.
/// </summary>
public sealed class MerkleTree
{
    /// <summary>Bytes of a salt.</summary>
    public const int SaltBytes = 16;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    // Complete subtrees from left to right, each smaller than the one before it.
    private readonly Stack<Subtree> open = [];

    /// <summary>How many lines have been added.</summary>
    public long Count { get; private set; }

    public void Add(ReadOnlySpan<byte> salt, string line) => Push(new Subtree(Leaf(salt, line), 1, []));

    /// <summary>Adds a line whose path is wanted; the steps are there once the tree is closed.</summary>
    public IReadOnlyList<ProofStep> Follow(ReadOnlySpan<byte> salt, string line)
    {
        var path = new List<ProofStep>();
        Push(new Subtree(Leaf(salt, line), 1, [path]));
        return path;
    }

    /// <summary>The root in lower-case hex; that of no line at all is the SHA-256 of nothing. Nothing is added after it.</summary>
    public string Close()
    {
        if (open.Count == 0) return Convert.ToHexStringLower(SHA256.HashData([]));
        while (open.Count > 1)
        {
            var right = open.Pop();
            open.Push(Joined(open.Pop(), right));
        }

        return Convert.ToHexStringLower(open.Peek().Hash);
    }

    internal static byte[] Leaf(ReadOnlySpan<byte> salt, string line)
    {
        if (salt.Length != SaltBytes) throw new ArgumentException($"A salt has {SaltBytes} bytes.", nameof(salt));
        var bytes = new byte[1 + SaltBytes + Utf8.GetByteCount(line)];
        salt.CopyTo(bytes.AsSpan(1));
        Utf8.GetBytes(line, bytes.AsSpan(1 + SaltBytes));
        return SHA256.HashData(bytes);
    }

    internal static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> bytes = stackalloc byte[1 + (2 * SHA256.HashSizeInBytes)];
        bytes[0] = 1;
        left.CopyTo(bytes[1..]);
        right.CopyTo(bytes[(1 + SHA256.HashSizeInBytes)..]);
        return SHA256.HashData(bytes);
    }

    private void Push(Subtree added)
    {
        Count++;
        while (open.TryPeek(out var left) && left.Leaves == added.Leaves) added = Joined(open.Pop(), added);
        open.Push(added);
    }

    private static Subtree Joined(Subtree left, Subtree right)
    {
        foreach (var path in left.Paths) path.Add(new ProofStep(ProofStep.Right, Convert.ToHexStringLower(right.Hash)));
        foreach (var path in right.Paths) path.Add(new ProofStep(ProofStep.Left, Convert.ToHexStringLower(left.Hash)));
        return new Subtree(Node(left.Hash, right.Hash), left.Leaves + right.Leaves, left.Paths.Length == 0 ? right.Paths : right.Paths.Length == 0 ? left.Paths : [.. left.Paths, .. right.Paths]);
    }

    /// <param name="Paths">Of the lines below it that are followed.</param>
    private sealed record Subtree(byte[] Hash, long Leaves, List<ProofStep>[] Paths);
}
