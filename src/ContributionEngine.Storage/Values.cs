using System.Data;
using System.Globalization;
using Dapper;

namespace ContributionEngine.Storage;

/// <summary>How dates and instants are spelled where the database has no such type.</summary>
public static class Values
{
    public const string DateFormat = "yyyy-MM-dd";
    public const string InstantFormat = "yyyy-MM-ddTHH:mm:ss.ffffffZ";

    public static string Text(DateOnly day) => day.ToString(DateFormat, CultureInfo.InvariantCulture);

    public static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);
}

internal sealed class DateText : SqlMapper.TypeHandler<DateOnly>
{
    public override DateOnly Parse(object value) => DateOnly.ParseExact((string)value, Values.DateFormat, CultureInfo.InvariantCulture);

    public override void SetValue(IDbDataParameter parameter, DateOnly value) => parameter.Value = Values.Text(value);
}

internal sealed class InstantText : SqlMapper.TypeHandler<DateTimeOffset>
{
    public override DateTimeOffset Parse(object value) =>
        DateTimeOffset.ParseExact((string)value, Values.InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
    {
        parameter.DbType = DbType.String;
        parameter.Value = Values.Text(value);
    }
}
