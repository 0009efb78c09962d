using System.Text;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>What an amount cell turned out to be.</summary>
public enum AmountReading
{
    Fine,
    NotAnAmount,
    TooManyDecimals,
}

/// <summary>
/// How the amounts of one column are written. Cells that can be read one way only vote for the decimal mark; cells that could
/// be read two ways follow the vote, and without a vote the treasurer is asked. Nothing is guessed.
/// </summary>
public sealed class AmountColumn(Currency currency)
{
    private const string Signs = "₡$€£₱₵₦₹";

    private long dots;
    private long commas;
    private string? unsure;

    /// <summary>The decimal mark, once decided.</summary>
    public char Decimal { get; private set; } = '.';

    /// <summary>The mark that the cells voted for; null when they did not.</summary>
    public string? Voted => dots == commas ? null : dots > commas ? "." : ",";

    /// <summary>Lets a cell vote.</summary>
    public void See(string cell)
    {
        switch (Mark(Stripped(cell)))
        {
            case '.':
                dots++;
                break;
            case ',':
                commas++;
                break;
            case '?':
                unsure ??= cell;
                break;
        }
    }

    /// <summary>Decides the mark: as told, else by the vote; a refusal F07 when a cell is ambiguous and nothing decides.</summary>
    public Refusal? Decide(string? told)
    {
        if (told is not null) Decimal = told[0];
        else if (Voted is { } voted) Decimal = voted[0];
        else if (unsure is not null || dots > 0) return Ask(unsure ?? "1,234.50");
        return null;
    }

    /// <summary>Reads a cell in minor units.</summary>
    public AmountReading Read(string cell, out long minor)
    {
        minor = 0;
        var text = Stripped(cell);
        if (text.Length == 0 || text.AsSpan().ContainsAnyExcept("0123456789.,")) return AmountReading.NotAnAmount;
        if (currency.Digits == 0 && Mark(text) == '?') text = text.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
        var point = text.IndexOf(Decimal);
        if (point >= 0 && text.IndexOf(Decimal, point + 1) >= 0) return AmountReading.NotAnAmount;
        var whole = point < 0 ? text : text[..point];
        var decimals = point < 0 ? "" : text[(point + 1)..];
        if (!Ungrouped(whole, Decimal == '.' ? ',' : '.', out var digits) || (point >= 0 && decimals.Length == 0) || decimals.AsSpan().ContainsAny('.', ',')) return AmountReading.NotAnAmount;
        if (decimals.TrimEnd('0').Length > currency.Digits) return AmountReading.TooManyDecimals;
        var kept = decimals.TrimEnd('0').PadRight(currency.Digits, '0');
        return long.TryParse(digits + kept, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out minor)
            ? AmountReading.Fine
            : AmountReading.NotAnAmount;
    }

    private static Refusal Ask(string cell)
    {
        var digits = new string([.. cell.Where(char.IsAsciiDigit)]);
        return FileProblem.Decimals(cell, digits.Length > 3 ? $"{digits[..^3]}.{digits[^3..]}" : digits, digits);
    }

    // '.' or ',' for a cell that decides the decimal mark, '?' for one that could be read two ways, ' ' for one without a say.
    private char Mark(string text)
    {
        if (text.Length == 0 || text.AsSpan().ContainsAnyExcept("0123456789.,")) return ' ';
        var (dot, comma) = (text.LastIndexOf('.'), text.LastIndexOf(','));
        if (dot < 0 && comma < 0) return ' ';
        if (dot >= 0 && comma >= 0) return dot > comma ? '.' : ',';
        var (mark, at) = dot >= 0 ? ('.', dot) : (',', comma);
        var other = mark == '.' ? ',' : '.';
        if (text.IndexOf(mark) != at) return other;
        var couldGroup = text.Length - at - 1 == 3 && at is >= 1 and <= 3 && text[0] != '0';
        if (!couldGroup) return mark;
        return currency.Digits == 0 ? other : '?';
    }

    private string Stripped(string cell)
    {
        var text = new StringBuilder(cell.Length);
        foreach (var letter in cell)
        {
            if (letter is ' ' or '\u00A0' or '\u202F' or '\u2009' or '\'' or '\u2019' || Signs.Contains(letter)) continue;
            text.Append(letter);
        }

        var plain = text.ToString();
        if (plain.StartsWith(currency.Code, StringComparison.OrdinalIgnoreCase)) plain = plain[currency.Code.Length..];
        return plain.EndsWith(currency.Code, StringComparison.OrdinalIgnoreCase) ? plain[..^currency.Code.Length] : plain;
    }

    private static bool Ungrouped(string whole, char group, out string digits)
    {
        digits = whole.Replace(group.ToString(), "", StringComparison.Ordinal);
        if (whole.Length == 0 || digits.Length > 18) return false;
        var parts = whole.Split(group);
        return parts.Length == 1 || (parts[0].Length is >= 1 and <= 3 && parts.Skip(1).All(part => part.Length == 3));
    }
}
