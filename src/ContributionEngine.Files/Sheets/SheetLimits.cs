namespace ContributionEngine.Files;

/// <summary>How large a sheet may be.</summary>
public static class SheetLimits
{
    /// <summary>Bytes of a file (F03).</summary>
    public const long BytesMax = 256L << 20;

    /// <summary>Rows of a file (F12).</summary>
    public const int RowsMax = 2_000_000;

    /// <summary>Columns of a file (F12).</summary>
    public const int ColumnsMax = 200;

    /// <summary>Characters of one record; a longer one is a broken quote (F13).</summary>
    public const int RecordCharsMax = 1 << 20;
}
