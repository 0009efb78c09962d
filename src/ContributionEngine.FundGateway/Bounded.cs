namespace ContributionEngine.FundGateway;

/// <summary>Reads what others give, never more of it than a limit.</summary>
internal static class Bounded
{
    private const int PieceBytes = 80 << 10;

    /// <summary>All of it; null when it is longer than <paramref name="max"/> bytes.</summary>
    public static async Task<byte[]?> Read(Stream stream, int max, CancellationToken stop)
    {
        using var kept = new MemoryStream();
        var piece = new byte[PieceBytes];
        int read;
        while ((read = await stream.ReadAsync(piece, stop)) > 0)
        {
            if (kept.Length + read > max) return null;
            kept.Write(piece, 0, read);
        }

        return kept.ToArray();
    }
}
