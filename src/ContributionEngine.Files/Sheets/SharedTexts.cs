using System.Text;

namespace ContributionEngine.Files;

/// <summary>The texts that the cells of a workbook share, packed: there may be millions.</summary>
internal sealed class SharedTexts
{
    private const int BlockBytes = 1 << 20;
    private readonly List<byte[]> blocks = [];
    private readonly List<long> starts = [];
    private long end;

    public int Count => starts.Count;

    public string this[int at]
    {
        get
        {
            var (block, start) = Math.DivRem(starts[at], BlockBytes);
            var bytes = blocks[(int)block].AsSpan((int)start);
            return Encoding.UTF8.GetString(bytes.Slice(sizeof(int), BitConverter.ToInt32(bytes)));
        }
    }

    /// <summary>Adds a text. Refusals, thrown: F13 for more than a workbook may have.</summary>
    public void Add(string text)
    {
        var size = sizeof(int) + Encoding.UTF8.GetByteCount(text);
        if (end == (long)blocks.Count * BlockBytes || (end % BlockBytes) + size > BlockBytes)
        {
            end = (long)blocks.Count * BlockBytes;
            blocks.Add(new byte[BlockBytes]);
        }

        if (starts.Count == SheetLimits.SharedTextsMax || end > SheetLimits.SharedBytesMax) throw SheetRefusedException.Unreadable("its cells share more texts than a workbook has");
        var target = blocks[^1].AsSpan((int)(end % BlockBytes));
        BitConverter.TryWriteBytes(target, Encoding.UTF8.GetBytes(text, target[sizeof(int)..]));
        starts.Add(end);
        end += size;
    }
}
