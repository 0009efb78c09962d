using System.Data;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ContributionEngine.Storage;

/// <summary>How dates and instants are spelled, and read from whatever a database's driver gives for them.</summary>
public static class Values
{
    public const string DateFormat = "yyyy-MM-dd";
    public const string InstantFormat = "yyyy-MM-ddTHH:mm:ss.ffffffZ";

    // The framework's own round trip is several times faster than a format that is spelled out; it has a digit more.
    private const string RoundTrip = "O";
    private const int RoundTripLength = 28;
    private const int InstantLength = 27;

    public static string Text(DateOnly day) => day.ToString(RoundTrip, CultureInfo.InvariantCulture);

    public static string Text(DateTimeOffset instant)
    {
        Span<char> text = stackalloc char[RoundTripLength];
        instant.UtcDateTime.TryFormat(text, out _, RoundTrip, CultureInfo.InvariantCulture);
        text[InstantLength - 1] = 'Z';
        return new string(text[..InstantLength]);
    }

    /// <summary>The instant as databases keep it: UTC, to the microsecond, cut and never rounded.</summary>
    internal static DateTime Kept(DateTimeOffset instant) => new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);

    internal static DateOnly Day(object value) => value switch
    {
        DateOnly day => day,
        DateTime midnight => DateOnly.FromDateTime(midnight),
        _ => Day((string)value),
    };

    private static DateOnly Day(string text)
    {
        if (text is not [_, _, _, _, '-', _, _, '-', _, _]) throw new FormatException($"«{text}» is no day as {DateFormat}.");
        return new DateOnly(Digits(text.AsSpan(0, 4)), Digits(text.AsSpan(5, 2)), Digits(text.AsSpan(8, 2)));
    }

    private static int Digits(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    internal static DateTimeOffset Instant(object value) => value is DateTime moment
        ? new DateTimeOffset(DateTime.SpecifyKind(moment, DateTimeKind.Utc))
        : Instant((string)value);

    private static DateTimeOffset Instant(string text)
    {
        if (text.Length != InstantLength || text[^1] != 'Z') throw new FormatException($"«{text}» is no instant as {InstantFormat}.");
        Span<char> longer = stackalloc char[RoundTripLength];
        text.CopyTo(longer);
        (longer[InstantLength - 1], longer[RoundTripLength - 1]) = ('0', 'Z');
        return DateTimeOffset.ParseExact(longer, RoundTrip, CultureInfo.InvariantCulture);
    }
}

/// <summary>Dates as the database's own type, or as text where it has none; the type is said for null too, because servers ask.</summary>
internal sealed class Days : SqlMapper.ITypeHandler
{
    public object Parse(Type destinationType, object value) => Values.Day(value);

    public void SetValue(IDbDataParameter parameter, object value)
    {
        var isText = parameter is SqliteParameter;
        parameter.DbType = isText ? DbType.String : DbType.Date;
        parameter.Value = value is DateOnly day ? isText ? Values.Text(day) : day.ToDateTime(TimeOnly.MinValue) : DBNull.Value;
    }
}

/// <summary>UTC instants likewise.</summary>
internal sealed class Instants : SqlMapper.ITypeHandler
{
    public object Parse(Type destinationType, object value) => Values.Instant(value);

    public void SetValue(IDbDataParameter parameter, object value)
    {
        var isText = parameter is SqliteParameter;
        parameter.DbType = isText ? DbType.String : parameter is Npgsql.NpgsqlParameter ? DbType.DateTime : DbType.DateTime2;
        parameter.Value = value is DateTimeOffset instant ? isText ? Values.Text(instant) : Values.Kept(instant) : DBNull.Value;
    }
}
