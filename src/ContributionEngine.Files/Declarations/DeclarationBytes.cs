using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>
/// Where the bytes of a declaration go: through one buffer into the hash and the target. Ugly on purpose, because a million lines
/// pass here: numbers are written as bytes and nothing is allocated for a line; measured at a third of the time of interpolated text.
/// </summary>
internal sealed class DeclarationBytes(Stream target) : IDisposable
{
    private const int Size = 1 << 16;
    private const int NumberMax = 24;

    private readonly byte[] buffer = new byte[Size];
    private readonly IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int used;
    private long flushed;

    public void Dispose() => sha.Dispose();

    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (used == Size) Flush();
            var part = bytes[..Math.Min(bytes.Length, Size - used)];
            part.CopyTo(buffer.AsSpan(used));
            used += part.Length;
            bytes = bytes[part.Length..];
        }
    }

    public void Write(string text)
    {
        if (text.Length > Size / 4)
        {
            Write(Encoding.UTF8.GetBytes(text));
            return;
        }

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
        buffer[used] = (byte)'.';
        for (var at = used + digits; at > used; at--, cents /= 10) buffer[at] = (byte)('0' + (cents % 10));
        used += digits + 1;
    }

    /// <summary>Minor units in major units, filled with zeros from the left to a width.</summary>
    public void Major(long minor, int digits, int width)
    {
        var plain = Money.ToMajor(minor, digits);
        Fill((byte)'0', width - plain.Length);
        Write(plain);
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

    /// <summary>A day in a form such as <c>ddMMyyyy</c>.</summary>
    public void Day(DateOnly day, string form) => Write(day.ToString(form, System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A cell of a CSV file that other programs read: quoted where RFC 4180 asks for it, otherwise as it is.</summary>
    public void Cell(string? text)
    {
        if (text is not null) Write(CsvCells.Plain(text));
    }

    public void Fill(byte with, int count)
    {
        if (count <= 0) return;
        Room(count);
        buffer.AsSpan(used, count).Fill(with);
        used += count;
    }

    /// <summary>Everything has been written; gives the length and the lower-case hex SHA-256.</summary>
    public (long Bytes, string Sha256) Finish()
    {
        Flush();
        target.Flush();
        return (flushed, Convert.ToHexStringLower(sha.GetHashAndReset()));
    }

    private void Room(int count)
    {
        if (Size - used < count) Flush();
    }

    private void Flush()
    {
        sha.AppendData(buffer, 0, used);
        target.Write(buffer, 0, used);
        flushed += used;
        used = 0;
    }
}
