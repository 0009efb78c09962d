using System.Globalization;

namespace ContributionEngine.Files;

/// <summary>Numbers as workbooks hold them, turned into the decimal text that a person would read. Nothing is calculated with them.</summary>
internal static class CellNumbers
{
    private const int DigitsKept = 15;
    private const int LastLeapFault = 60;
    private const int DaysMax = 2_958_465;
    private const int DaysBetween = 1_462;
    private static readonly DateOnly Epoch1900 = new(1899, 12, 31);
    private static readonly DateOnly Epoch1904 = new(1904, 1, 1);

    /// <summary>The number as it stands in the file: at most 15 digits; with an exponent only where it has more.</summary>
    public static string Text(string raw)
    {
        if (raw.Length <= DigitsKept && raw[0] is >= '1' and <= '9' && !raw.AsSpan().ContainsAnyExceptInRange('0', '9')) return raw;
        return double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? Text(number) : raw;
    }

    public static string Text(double number)
    {
        var text = number.ToString("G15", CultureInfo.InvariantCulture);
        return text.Contains("E-", StringComparison.Ordinal) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var small) ? small.ToString(CultureInfo.InvariantCulture) : text;
    }

    /// <summary>The day of a serial number, which counts from 1900 with a 29 February that never was, or from 1904; null when there is no such day.</summary>
    public static string? Day(string raw, bool is1904)
    {
        if (!decimal.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var serial) || serial < (is1904 ? 0 : 1) || serial > (is1904 ? DaysMax - DaysBetween : DaysMax)) return null;
        var days = (int)decimal.Floor(serial);
        if (is1904) return Iso(Epoch1904.AddDays(days));
        return days == LastLeapFault ? null : Iso(Epoch1900.AddDays(days > LastLeapFault ? days - 1 : days));
    }

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
