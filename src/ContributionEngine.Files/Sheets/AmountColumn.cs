using System.Globalization;
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
    private const int LettersMax = 40;
    private const int DigitsMax = 18;

    private long dots;
    private long commas;
    private long unsureDots;
    private long unsureCommas;
    private string? unsure;
    private string? contested;

    /// <summary>The decimal mark, once decided.</summary>
    public char Decimal { get; private set; } = '.';

    /// <summary>The mark that the cells voted for; null when they did not.</summary>
    public string? Voted => dots == commas ? null : dots > commas ? "." : ",";

    /// <summary>The mark that the column was read with; null when every cell reads the same with either.</summary>
    public string? Used => dots + commas > 0 || unsure is not null ? Decimal.ToString() : null;

    // 12.5 beside 1.234: the vote makes the second an amount of three decimals, which no such currency has; so it may as well be a thousand.
    private bool IsOpen => currency.Digits is 1 or 2 && (Voted == "." ? unsureDots >= dots : Voted == "," && unsureCommas >= commas);

    /// <summary>Lets a cell vote.</summary>
    public void See(ReadOnlySpan<char> cell)
    {
        Span<char> letters = stackalloc char[LettersMax];
        var text = Stripped(cell, letters);
        var mark = Mark(text);
        if (mark == '.') dots++;
        else if (mark == ',') commas++;
        else if (mark == '?' && text.Contains('.')) unsureDots++;
        else if (mark == '?') unsureCommas++;
        if (mark == '?') unsure ??= cell.ToString();
        else if (mark != ' ' && contested is null) contested = cell.ToString();
    }

    /// <summary>Decides the mark: as told, else by the vote, else as the organisation wrote it before; a refusal F07 when a cell is ambiguous and nothing decides.</summary>
    public Refusal? Decide(string? told, string? before = null)
    {
        if ((told ?? (IsOpen ? null : Voted) ?? before) is { } mark) Decimal = mark[0];
        else if ((unsure ?? contested) is { } cell) return Ask(cell);
        return null;
    }

    /// <summary>Reads a cell in minor units.</summary>
    public AmountReading Read(ReadOnlySpan<char> cell, out long minor)
    {
        Span<char> letters = stackalloc char[LettersMax];
        var text = Stripped(cell, letters);
        return Read(text, currency.Digits == 0 && CouldBeEither(text) ? Other(text) : Decimal, out minor);
    }

    /// <summary>Reads a cell that a workbook holds as a number, whatever mark the texts of the column use.</summary>
    public AmountReading ReadNumber(ReadOnlySpan<char> cell, out long minor)
    {
        if (!cell.Contains('E')) return Read(cell, '.', out minor);
        minor = 0;
        return AmountReading.NotAnAmount;
    }

    private AmountReading Read(ReadOnlySpan<char> text, char mark, out long minor)
    {
        minor = 0;
        if (!Parts(text, mark, out var whole, out var decimals)) return AmountReading.NotAnAmount;
        decimals = decimals.TrimEnd('0');
        if (decimals.Length > currency.Digits) return AmountReading.TooManyDecimals;
        Span<char> digits = stackalloc char[LettersMax + 4];
        var length = 0;
        foreach (var letter in whole)
        {
            if (char.IsAsciiDigit(letter)) digits[length++] = letter;
        }

        decimals.CopyTo(digits[length..]);
        digits[(length + decimals.Length)..(length + currency.Digits)].Fill('0');
        return length <= DigitsMax && long.TryParse(digits[..(length + currency.Digits)], NumberStyles.None, CultureInfo.InvariantCulture, out minor) ? AmountReading.Fine : AmountReading.NotAnAmount;
    }

    private static Refusal Ask(string cell)
    {
        var digits = new string([.. cell.Where(char.IsAsciiDigit)]);
        var behind = cell.Length - 1 - cell.LastIndexOfAny(['.', ',']);
        return FileProblem.Decimals(cell, digits.Length > behind ? $"{digits[..^behind]}.{digits[^behind..]}" : digits, digits);
    }

    // '.' or ',' for a cell that decides the decimal mark, '?' for one that could be read two ways, ' ' for one without a say.
    private char Mark(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAny('.', ',')) return ' ';
        if (CouldBeEither(text)) return currency.Digits == 0 ? ' ' : '?';
        return Parts(text, '.', out _, out _) ? '.' : Parts(text, ',', out _, out _) ? ',' : ' ';
    }

    // Without decimals in the currency such a mark groups, whatever the other cells say.
    private static bool CouldBeEither(ReadOnlySpan<char> text) => text.ContainsAny('.', ',') && Parts(text, '.', out _, out _) && Parts(text, ',', out _, out _);

    private static char Other(ReadOnlySpan<char> text) => text.Contains('.') ? ',' : '.';

    // A whole part in groups of three, or in none, and digits behind the decimal mark where there is one.
    private static bool Parts(ReadOnlySpan<char> text, char mark, out ReadOnlySpan<char> whole, out ReadOnlySpan<char> decimals)
    {
        var point = text.IndexOf(mark);
        whole = point < 0 ? text : text[..point];
        decimals = point < 0 ? default : text[(point + 1)..];
        if (point >= 0 && (decimals.IsEmpty || decimals.ContainsAnyExceptInRange('0', '9'))) return false;
        var group = mark == '.' ? ',' : '.';
        var first = whole.IndexOf(group);
        if (first < 0) return !whole.IsEmpty && !whole.ContainsAnyExceptInRange('0', '9');
        if (first is 0 or > 3 || whole[0] == '0' || whole[..first].ContainsAnyExceptInRange('0', '9')) return false;
        for (var i = first; i < whole.Length; i += 4)
        {
            if (whole[i] != group || i + 4 > whole.Length || whole.Slice(i + 1, 3).ContainsAnyExceptInRange('0', '9')) return false;
        }

        return true;
    }

    private ReadOnlySpan<char> Stripped(ReadOnlySpan<char> cell, Span<char> letters)
    {
        if (!cell.ContainsAnyExcept("0123456789.,")) return cell.Length <= LettersMax ? cell : default;
        cell = CurrencySigns.Without(cell, currency.Code);
        var length = 0;
        foreach (var letter in cell)
        {
            if (letter is ' ' or '\u00A0' or '\u202F' or '\u2009' or '\'' or '\u2019') continue;
            if (length == letters.Length || !(char.IsAsciiDigit(letter) || letter is '.' or ',')) return default;
            letters[length++] = letter;
        }

        return letters[..length];
    }
}
