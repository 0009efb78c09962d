using System.Text;
using ContributionEngine.Core;
using Sylvan.Data.Csv;

namespace ContributionEngine.Files;

/// <summary>
/// A CSV as it was sent: its encoding and delimiter found once, then read as often as needed, record by record with the
/// physical line where each begins.
/// </summary>
internal sealed class CsvSource : SheetSource
{
    private readonly Func<Stream> open;

    private CsvSource(Func<Stream> open, Encoding encoding, char delimiter, bool isMarked) => (this.open, Encoding, Mark, IsMarked) = (open, encoding, delimiter, isMarked);

    public Encoding Encoding { get; }

    /// <summary>What stands between the cells.</summary>
    public char Mark { get; }

    /// <summary>The file begins with the mark of its encoding.</summary>
    public bool IsMarked { get; }

    /// <summary>Looks at the bytes. Refusals: F13 not text.</summary>
    public static Outcome<CsvSource> Of(Func<Stream> open, ReadOnlySpan<byte> head)
    {
        var encoding = TextEncoding.Of(head, open);
        var text = encoding.GetString(head);
        return text.Contains('\0') ? FileProblem.Unreadable("it holds bytes that no text has") : new CsvSource(open, encoding, Delimiter.Of(text), TextEncoding.IsMarked(head));
    }

    public override IEnumerable<SheetRecord> Records()
    {
        using var text = new BoundedText(open(), Encoding, Mark);
        long line = 1;
        using var reader = Guarded(line, () => CsvDataReader.Create(text, new CsvDataReaderOptions
        {
            HasHeaders = false, Delimiter = Mark, Comment = '\0', BufferSize = 1 << 16, MaxBufferSize = SheetLimits.RecordCharsMax, ResultSetMode = ResultSetMode.SingleResult,
        }));
        var record = new CsvRecord(reader, Mark);
        Func<bool> next = reader.Read;
        while (Guarded(line, next))
        {
            var raw = reader.GetRawRecordSpan();
            if (raw.Contains('\0')) throw SheetRefusedException.Unreadable($"line {line} holds bytes that no text has");
            var lines = Lines(raw);
            record.StandAt(line);
            if (!(line == 1 && Delimiter.Told(raw) is not null) && !record.IsBlank) yield return record;
            line += lines;
        }
    }

    private static T Guarded<T>(long line, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvRecordTooLargeException)
        {
            throw SheetRefusedException.Unreadable($"what begins in line {line} has no end: a quote is not closed, or the line is longer than {SheetLimits.RecordCharsMax} characters");
        }
        catch (CsvFormatException)
        {
            throw SheetRefusedException.Unreadable($"a quote near line {line} is not closed");
        }
    }

    private static long Lines(ReadOnlySpan<char> raw)
    {
        raw = raw.TrimEnd("\r\n");
        if (!raw.ContainsAny('\r', '\n')) return 1;
        var lines = 1L;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '\n' || (raw[i] == '\r' && (i + 1 == raw.Length || raw[i + 1] != '\n'))) lines++;
        }

        return lines;
    }
}

/// <summary>The text of a CSV. The parser takes a line of however many cells, and ever longer for each.</summary>
internal sealed class BoundedText(Stream stream, Encoding encoding, char mark) : StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true, 1 << 16)
{
    private const int MarksMax = 100 * SheetLimits.ColumnsMax;
    private int marks;

    public override int Read(char[] buffer, int index, int count)
    {
        var read = base.Read(buffer, index, count);
        var letters = buffer.AsSpan(index, read);
        var end = letters.LastIndexOfAny('\r', '\n');
        marks = (end < 0 ? marks : 0) + letters[(end + 1)..].Count(mark);
        return marks <= MarksMax ? read : throw new SheetRefusedException(FileProblem.TooMany("columns", SheetLimits.ColumnsMax));
    }
}

/// <summary>A record of a CSV.</summary>
internal sealed class CsvRecord(CsvDataReader reader, char mark) : SheetRecord
{
    private long row;

    /// <summary>What stands between its cells.</summary>
    public char Mark => mark;

    public override long Row => row;

    public override int Count => reader.RowFieldCount;

    /// <summary>The record exactly as it was sent, without its line end.</summary>
    public string Raw => reader.GetRawRecordSpan().TrimEnd("\r\n").ToString();

    public bool IsBlank
    {
        get
        {
            for (var i = 0; i < reader.RowFieldCount; i++)
            {
                if (!Span(i).IsEmpty) return false;
            }

            return true;
        }
    }

    public override ReadOnlySpan<char> Span(int column) => column < 0 || column >= reader.RowFieldCount ? [] : CellText.Tidied(reader.GetFieldSpan(column));

    public override string Verbatim(int column) => column < reader.RowFieldCount ? reader.GetString(column) : "";

    internal void StandAt(long line) => row = line;
}
