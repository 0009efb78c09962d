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

    public static string Text(DateOnly day) => day.ToString(DateFormat, CultureInfo.InvariantCulture);

    public static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    /// <summary>The instant as databases keep it: UTC, to the microsecond, cut and never rounded.</summary>
    internal static DateTime Kept(DateTimeOffset instant) => new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);

    internal static DateOnly Day(object value) => value switch
    {
        DateOnly day => day,
        DateTime midnight => DateOnly.FromDateTime(midnight),
        _ => DateOnly.ParseExact((string)value, DateFormat, CultureInfo.InvariantCulture),
    };

    internal static DateTimeOffset Instant(object value) => value is DateTime moment
        ? new DateTimeOffset(DateTime.SpecifyKind(moment, DateTimeKind.Utc))
        : DateTimeOffset.ParseExact((string)value, InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
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
