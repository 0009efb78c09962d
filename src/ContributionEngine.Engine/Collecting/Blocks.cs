namespace ContributionEngine.Engine;

/// <summary>A list that grows block by block: nothing is copied on the way, and nothing large is left behind for the collector.</summary>
internal sealed class Blocks<T>
    where T : struct
{
    private const int Bits = 14;
    private const int BlockSize = 1 << Bits;

    private readonly List<T[]> blocks = [];

    public int Count { get; private set; }

    public ref T this[int at] => ref blocks[at >> Bits][at & (BlockSize - 1)];

    public void Add(T item)
    {
        if (Count == blocks.Count << Bits) blocks.Add(new T[BlockSize]);
        this[Count++] = item;
    }

    /// <summary>Items that were added together, as they lie.</summary>
    public ReadOnlySpan<T> Span(int at, int length) => blocks[at >> Bits].AsSpan(at & (BlockSize - 1), length);

    /// <summary>Adds items that must lie together and says where; at most a block full.</summary>
    public int AddTogether(ReadOnlySpan<T> items)
    {
        if ((Count & (BlockSize - 1)) + items.Length > BlockSize || Count == blocks.Count << Bits)
        {
            Count = blocks.Count << Bits;
            blocks.Add(new T[BlockSize]);
        }

        var at = Count;
        items.CopyTo(blocks[^1].AsSpan(at & (BlockSize - 1)));
        Count += items.Length;
        return at;
    }
}
