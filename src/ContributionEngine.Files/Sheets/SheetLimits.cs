namespace ContributionEngine.Files;

/// <summary>How large a sheet may be.</summary>
public static class SheetLimits
{
    /// <summary>Bytes of a file (F03), also of one that comes out of a zip.</summary>
    public const long BytesMax = 256L << 20;

    /// <summary>Bytes of a workbook in the old format (F03): its 65,536 rows need no more.</summary>
    public const long OldWorkbookBytesMax = 32L << 20;

    /// <summary>Rows of a file (F12).</summary>
    public const int RowsMax = 2_000_000;

    /// <summary>Columns of a file (F12).</summary>
    public const int ColumnsMax = 200;

    /// <summary>Characters of one record; a longer one is a broken quote (F13).</summary>
    public const int RecordCharsMax = 1 << 21;

    /// <summary>Characters of one cell of a workbook, which is what spreadsheets hold (F13).</summary>
    public const int CellCharsMax = 32_767;

    /// <summary>Entries of a zip or parts of a workbook (F13).</summary>
    public const int EntriesMax = 1_000;

    /// <summary>Bytes that a zip or a workbook may inflate to (F13).</summary>
    public const long InflatedMax = 512L << 20;

    /// <summary>How many times larger than its packed form an entry may become (F13), once it is past <see cref="InflatedFree"/>.</summary>
    public const int RatioMax = 200;

    /// <summary>Bytes that may come out of an entry before its ratio counts.</summary>
    public const long InflatedFree = 8L << 20;

    /// <summary>Texts that a workbook shares between its cells (F13), and their bytes in UTF-8.</summary>
    public const int SharedTextsMax = 4_000_000;

    public const long SharedBytesMax = 96L << 20;
}
