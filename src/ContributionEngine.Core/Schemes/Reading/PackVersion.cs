namespace ContributionEngine.Core;

/// <summary>
/// The order of pack versions such as <c>2025-2</c>: part by part between dots and hyphens, numbers by their value and words by
/// their letters, so that 2025-10 comes after 2025-9, and 2025-1 before 2025-1-b.
/// </summary>
public static class PackVersion
{
    /// <summary>Longest id and version of a pack that may be added.</summary>
    public const int LengthMax = 60;

    public static IComparer<string> Order { get; } = Comparer<string>.Create(Compare);

    /// <summary>Below zero when the left version is the lower one; zero for versions that no order can part, such as 1.2 and 1-02.</summary>
    public static int Compare(string left, string right)
    {
        var (these, those) = (left.Split('.', '-'), right.Split('.', '-'));
        for (var i = 0; i < Math.Min(these.Length, those.Length); i++)
        {
            if (Part(these[i], those[i]) is var order && order != 0) return order;
        }

        return these.Length.CompareTo(those.Length);
    }

    /// <summary>True for what can stand as id or version: letters, digits, underscores, and single dots or hyphens between them.</summary>
    public static bool IsWord(string text) =>
        text.Length <= LengthMax && text.Split('.', '-').All(part => part.Length > 0 && part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'));

    // A number with letters behind it counts by its number first: with plain text order 2 < 10 < 1a < 2 would go round in a circle.
    private static int Part(string left, string right)
    {
        var (number, other) = (Digits(left), Digits(right));
        if (number.Length == 0 || other.Length == 0) return string.CompareOrdinal(left, right);
        var (value, otherValue) = (number.TrimStart('0'), other.TrimStart('0'));
        if (value.Length != otherValue.Length) return value.Length.CompareTo(otherValue.Length);
        var order = string.CompareOrdinal(value, otherValue);
        return order != 0 ? order : string.CompareOrdinal(left[number.Length..], right[other.Length..]);
    }

    private static string Digits(string part) => string.Concat(part.TakeWhile(char.IsAsciiDigit));
}
