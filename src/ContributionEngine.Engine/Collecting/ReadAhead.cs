using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ContributionEngine.Engine;

/// <summary>Reads ahead: while some rows are checked, the next ones are read.</summary>
internal static class ReadAhead
{
    private const int ChunksAhead = 2;

    /// <summary>The rows in chunks, in their order. What reading throws, this throws.</summary>
    public static async IAsyncEnumerable<T[]> InChunks<T>(IEnumerable<T> rows, int perChunk, [EnumeratorCancellation] CancellationToken stop)
    {
        var chunks = Channel.CreateBounded<T[]>(new BoundedChannelOptions(ChunksAhead) { SingleReader = true, SingleWriter = true });
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var reading = Task.Run(() => Read(rows.Chunk(perChunk), chunks.Writer, over.Token), CancellationToken.None);
        try
        {
            await foreach (var chunk in chunks.Reader.ReadAllAsync(stop)) yield return chunk;
        }
        finally
        {
            await over.CancelAsync();
            await reading;
        }
    }

    private static async Task Read<T>(IEnumerable<T[]> rows, ChannelWriter<T[]> chunks, CancellationToken stop)
    {
        try
        {
            foreach (var chunk in rows) await chunks.WriteAsync(chunk, stop);
            chunks.Complete();
        }
        catch (Exception failure)
        {
            chunks.Complete(failure);
        }
    }
}
