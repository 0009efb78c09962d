using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>
/// Where the bytes of a declaration go: through a buffer into the hash and the target. Ugly on purpose, because a million lines pass here:
/// numbers and days are written as bytes, nothing is allocated for a line, and what is full is hashed on another core while the next fills.
/// </summary>
internal sealed class DeclarationBytes(Stream target) : IDisposable
{
    private const int Size = 1 << 18;

    // A record is shorter than what is above it, save for texts that nobody writes.
    private const int DueAt = Size - (1 << 16);
    private const int NumberMax = 24;

    private readonly IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] buffer = new byte[Size];
    private byte[] other = new byte[Size];
    private Task hashing = Task.CompletedTask;
    private int used;
    private long flushed;

    /// <summary>It is time for <see cref="Drain"/>.</summary>
    public bool IsDue => used >= DueAt;

    public void Dispose() => sha.Dispose();

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Room(bytes.Length);
        bytes.CopyTo(buffer.AsSpan(used));
        used += bytes.Length;
    }

    public void Write(string text)
    {
        if (IsNarrowed(text, isCell: false)) return;
        Room(text.Length * 3);
        used += Encoding.UTF8.GetBytes(text, buffer.AsSpan(used));
    }

    public void Write(long number)
    {
        Room(NumberMax);
        Utf8Formatter.TryFormat(number, buffer.AsSpan(used), out var written);
        used += written;
    }

    /// <summary>Minor units in major units, such as <c>1250.50</c>.</summary>
    public void Major(long minor, int digits)
    {
        if (digits == 0 || minor < 0)
        {
            Write(Money.ToMajor(minor, digits));
            return;
        }

        var (whole, cents) = Math.DivRem(minor, digits == 2 ? 100 : 1000);
        Write(whole);
        Room(digits + 1);
        buffer[used++] = (byte)'.';
        Digits(cents, digits);
    }

    /// <summary>Minor units of hundredths, zero or more, in major units, filled with zeros from the left to a width.</summary>
    public void Hundredths(long minor, int width)
    {
        Room(width);
        var (whole, cents) = Math.DivRem(minor, 100);
        Digits(whole, width - 3);
        buffer[used++] = (byte)'.';
        Digits(cents, 2);
    }

    /// <summary>Plain ASCII text, filled with blanks from the right to a width, or cut at it.</summary>
    public void Left(string text, int width)
    {
        Write(text.Length > width ? text[..width] : text);
        Fill((byte)' ', width - text.Length);
    }

    /// <summary>Plain ASCII text, filled with blanks from the left to a width.</summary>
    public void Right(string text, int width)
    {
        Fill((byte)' ', width - text.Length);
        Write(text);
    }

    /// <summary>Day, month and year without signs between them.</summary>
    public void DayMonthYear(DateOnly day)
    {
        Room(8);
        Digits(day.Day, 2);
        Digits(day.Month, 2);
        Digits(day.Year, 4);
    }

    /// <summary>A day as <c>yyyy-MM-dd</c>.</summary>
    public void Day(DateOnly day)
    {
        Room(10);
        Digits(day.Year, 4);
        buffer[used++] = (byte)'-';
        Digits(day.Month, 2);
        buffer[used++] = (byte)'-';
        Digits(day.Day, 2);
    }

    /// <summary>A cell of a CSV file that other programs read: quoted where RFC 4180 asks for it, otherwise as it is.</summary>
    public void Cell(string? text)
    {
        if (text is not null && !IsNarrowed(text, isCell: true)) Write(CsvCells.Plain(text));
    }

    /// <summary>The same, also guarded where a spreadsheet would run it.</summary>
    public void Guarded(string text)
    {
        if (text.Length > 0 && (text[0] is '=' or '+' or '-' or '@' or '\t' || !IsNarrowed(text, isCell: true))) Write(CsvCells.Text(text));
    }

    /// <summary>Hands over what is full.</summary>
    public async ValueTask Drain(CancellationToken stop)
    {
        await hashing;
        var (full, count) = (buffer, used);
        hashing = Task.Run(() => sha.AppendData(full, 0, count), CancellationToken.None);
        (buffer, other, used, flushed) = (other, full, 0, flushed + count);
        await target.WriteAsync(full.AsMemory(0, count), stop);
    }

    /// <summary>Everything has been written; gives the length and the lower-case hex SHA-256.</summary>
    public async Task<(long Bytes, string Sha256)> Finish(CancellationToken stop)
    {
        await Drain(stop);
        await hashing;
        await target.FlushAsync(stop);
        return (flushed, Convert.ToHexStringLower(sha.GetHashAndReset()));
    }

    // Nearly all texts are short and plain: one pass narrows them. What needs quotes, or more than a byte for a letter, goes the long way.
    private bool IsNarrowed(string text, bool isCell)
    {
        Room(text.Length);
        var free = buffer.AsSpan(used, text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter > '~' || (isCell && letter is ',' or ';' or '"' or '\n' or '\r')) return false;
            free[i] = (byte)letter;
        }

        used += text.Length;
        return true;
    }

    private void Fill(byte with, int count)
    {
        if (count <= 0) return;
        Room(count);
        buffer.AsSpan(used, count).Fill(with);
        used += count;
    }

    // From the last digit to the first.
    private void Digits(long number, int width)
    {
        for (var at = used + width - 1; at >= used; at--, number /= 10) buffer[at] = (byte)('0' + (number % 10));
        used += width;
    }

    // A record that is longer than what is kept free makes the buffer larger.
    private void Room(int count)
    {
        if (buffer.Length - used < count) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, used + count));
    }
}
