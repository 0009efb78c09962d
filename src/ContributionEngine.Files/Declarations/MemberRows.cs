using System.Globalization;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Records of forms that have one row per member and period: the lines of a row are handed over together.</summary>
internal abstract class MemberRows : DeclarationRows
{
    private readonly List<DeclarationLine> together = [];

    public sealed override void Add(DeclarationLine line)
    {
        if (together.Count > 0 && (together[0].MemberNo != line.MemberNo || together[0].Period != line.Period)) Close();
        together.Add(line);
    }

    public override void End(long lines, long totalMinor)
    {
        if (together.Count > 0) Close();
    }

    /// <param name="lines">Never empty.</param>
    protected abstract void Row(List<DeclarationLine> lines);

    private void Close()
    {
        Row(together);
        together.Clear();
    }
}

/// <summary>What a row asks of its member. What is missing or wrong is noted by column, and the row goes on with a value that nobody will see.</summary>
internal readonly struct MemberCells(DeclarationLine line, IncompleteMembers incomplete)
{
    private const int Decimals = 6;

    /// <summary>Her national id without blanks, dots and dashes, in capitals.</summary>
    public string NationalId => line.NationalId.AsSpan().ContainsAny(" .-") ? string.Concat(line.NationalId.Where(char.IsLetterOrDigit)).ToUpperInvariant() : line.NationalId;

    public string FullName => line.Member.FullName;

    public string? Text(string column) => line.Member.Facts.Others.GetValueOrDefault(column);

    public string Needed(string column)
    {
        if (Text(column) is { } text) return text;
        Fault(column, null, "is missing");
        return "";
    }

    /// <summary>One of a few words, or another value where the column is empty.</summary>
    public string Word(string column, string? otherwise, params ReadOnlySpan<string> words)
    {
        var word = Text(column) ?? otherwise;
        if (word is null) Fault(column, null, "is missing");
        else if (!words.Contains(word)) Fault(column, word, $"«{word}» is none of {string.Join(", ", words)}");
        return word ?? "";
    }

    /// <summary>Income of the month in such units, of which the form takes no fraction; null when it was not to be had.</summary>
    public long? Income(long minorPerMajor, string whole)
    {
        if (line.Member.Facts.DeclaredIncome is not { } income)
        {
            Fault("declared_income", null, "is missing");
            return null;
        }

        if ((income * minorPerMajor).TryToLong(out var minor)) return minor;
        Fault("declared_income", $"{income}", $"«{income}» is not {whole}");
        return null;
    }

    /// <summary>An amount of a further column in minor units; zero where it is empty.</summary>
    public long Amount(string column, long minorPerMajor)
    {
        if (Text(column) is not { } text) return 0;
        if (Ratio.TryParse(text, Decimals, out var amount) && amount.Sign >= 0 && (amount * minorPerMajor).TryToLong(out var minor)) return minor;
        Fault(column, text, $"«{text}» is not an amount such as {(minorPerMajor == 1 ? "1250" : "1250.50")}");
        return 0;
    }

    public DateOnly? Day(string column)
    {
        if (Text(column) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        Fault(column, text, $"«{text}» is not a date such as 1985-04-30");
        return null;
    }

    public DateOnly NeededDay(string column)
    {
        if (Text(column) is null) Fault(column, null, "is missing");
        return Day(column) ?? default;
    }

    public void Fault(string field, string? value, string what) => incomplete.Add(line, (field, value), what);
}
