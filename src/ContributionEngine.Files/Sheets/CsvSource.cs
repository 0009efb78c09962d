using System.Text;
using ContributionEngine.Core;
using Sylvan.Data.Csv;

namespace ContributionEngine.Files;

/// <summary>
/// A CSV as it was sent: its encoding and delimiter found once, then read as often as needed, record by record with the
/// physical line where each begins.
/// </summary>
public sealed class CsvSource
{
    private const int SniffBytes = 1 << 16;
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    private readonly Func<Stream> open;
    private readonly Encoding encoding;
    private readonly int skipLines;

    private CsvSource(Func<Stream> open, Encoding encoding, char delimiter, int skipLines) =>
        (this.open, this.encoding, Delimiter, this.skipLines) = (open, encoding, delimiter, skipLines);

    public char Delimiter { get; }

    /// <summary>Looks at the bytes. Refusals: F02 another kind of file, F03 too large, F04 empty, F13 not text.</summary>
    public static Outcome<CsvSource> Of(Func<Stream> open, string fileName)
    {
        using var stream = open();
        if (stream.Length > SheetLimits.BytesMax) return FileProblem.TooLarge(stream.Length);
        var head = new byte[SniffBytes];
        var read = stream.ReadAtLeast(head, SniffBytes, throwOnEndOfStream: false);
        if (read == 0) return FileProblem.Empty();
        var bytes = head.AsSpan(0, read);
        if (bytes.StartsWith("PK"u8) || bytes.StartsWith<byte>([0xD0, 0xCF, 0x11, 0xE0])) return FileProblem.Type(Path.GetExtension(fileName));
        var encoding = EncodingOf(bytes, open);
        var text = encoding.GetString(bytes);
        if (text.Contains('\0')) return FileProblem.Unreadable("it holds bytes that no text has");
        var skip = text.TrimStart('\uFEFF').StartsWith("sep=", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
        return new CsvSource(open, encoding, DelimiterOf(text, skip), skip);
    }

    /// <summary>The records with content, in order. A broken quote ends in a <see cref="CsvBrokenException"/>.</summary>
    public IEnumerable<CsvRecord> Records()
    {
        using var text = new StreamReader(open(), encoding, detectEncodingFromByteOrderMarks: true, 1 << 16);
        for (var i = 0; i < skipLines; i++) text.ReadLine();
        using var reader = CsvDataReader.Create(text, new CsvDataReaderOptions
        {
            HasHeaders = false, Delimiter = Delimiter, BufferSize = 1 << 16, MaxBufferSize = SheetLimits.RecordCharsMax, ResultSetMode = ResultSetMode.SingleResult,
        });
        long line = 1 + skipLines;
        for (var more = Read(reader, line); more; more = Read(reader, line))
        {
            var raw = reader.GetRawRecordSpan();
            if (raw.Contains('\0')) throw new CsvBrokenException($"Line {line} holds bytes that no text has.");
            var lines = 1 + raw.TrimEnd("\r\n").Count('\n');
            if (!IsBlank(reader)) yield return new CsvRecord(reader, line);
            line += lines;
        }
    }

    private static bool Read(CsvDataReader reader, long line)
    {
        try
        {
            return reader.Read();
        }
        catch (Exception broken) when (broken is CsvFormatException or CsvRecordTooLargeException)
        {
            throw new CsvBrokenException($"A quote that is opened near line {line} is never closed.");
        }
    }

    private static bool IsBlank(CsvDataReader reader)
    {
        for (var i = 0; i < reader.RowFieldCount; i++)
        {
            if (!reader.GetFieldSpan(i).IsWhiteSpace()) return false;
        }

        return true;
    }

    private static Encoding EncodingOf(ReadOnlySpan<byte> head, Func<Stream> open)
    {
        if (head.StartsWith<byte>([0xFF, 0xFE])) return Encoding.Unicode;
        if (head.StartsWith<byte>([0xFE, 0xFF])) return Encoding.BigEndianUnicode;
        return IsUtf8(open) ? new UTF8Encoding(false) : new Windows1252();
    }

    private static bool IsUtf8(Func<Stream> open)
    {
        using var stream = open();
        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var bytes = new byte[SniffBytes];
        var letters = new char[SniffBytes + 16];
        try
        {
            int read;
            while ((read = stream.Read(bytes)) > 0) decoder.GetChars(bytes, 0, read, letters, 0, flush: false);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    // The delimiter that stands most often in the first line with content, outside quotes.
    private static char DelimiterOf(string text, int skipLines)
    {
        if (skipLines == 1 && text.TrimStart('\uFEFF').Length > 4) return text.TrimStart('\uFEFF')[4];
        var first = text.Split('\n').FirstOrDefault(line => !string.IsNullOrWhiteSpace(line)) ?? "";
        var outside = string.Concat(first.Split('"').Where((_, i) => i % 2 == 0));
        return Delimiters.MaxBy(mark => outside.Count(letter => letter == mark));
    }
}

/// <summary>The record that a reader stands on; valid until the next one is read.</summary>
/// <param name="Line">Physical line where the record begins, the file's first line being 1.</param>
public readonly struct CsvRecord(CsvDataReader reader, long line)
{
    public long Line => line;

    public int Count => reader.RowFieldCount;

    /// <summary>The cell, tidied of surrounding blanks, no-break spaces and a leading apostrophe; empty when the row is shorter.</summary>
    public string this[int column] => column < 0 || column >= reader.RowFieldCount ? "" : Tidied(reader.GetFieldSpan(column));

    /// <summary>The record exactly as it was sent, without its line end.</summary>
    public string Raw => reader.GetRawRecordSpan().TrimEnd("\r\n").ToString();

    private static string Tidied(ReadOnlySpan<char> cell)
    {
        cell = cell.Trim();
        if (cell.Length > 1 && cell[0] == '\'') cell = cell[1..].TrimStart();
        return cell.IsEmpty ? "" : cell.ToString();
    }
}

/// <summary>The file cannot be read to its end as CSV.</summary>
public sealed class CsvBrokenException(string detail) : Exception(detail);
