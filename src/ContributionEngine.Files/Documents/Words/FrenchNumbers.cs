namespace ContributionEngine.Files;

/// <summary>Whole numbers in French of France and of Africa: <c>quatre-vingts</c> and <c>deux cents</c> lose their s before another number, and before <c>mille</c>.</summary>
internal static class FrenchNumbers
{
    private static readonly string[] Small =
    [
        "", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
    ];

    private static readonly string[] Tens = ["", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt"];

    public static string Of(long number)
    {
        if (number == 0) return "zéro";
        var (milliards, below) = Math.DivRem(number, 1_000_000_000);
        var (millions, rest) = Math.DivRem(below, 1_000_000);
        var (thousands, last) = Math.DivRem(rest, 1_000);
        return AmountWords.Joined(Counted(milliards, "milliard"), Counted(millions, "million"), thousands switch { 0 => "", 1 => "mille", _ => $"{UpToThousand(thousands, false)} mille" }, UpToThousand(last, true));
    }

    private static string Counted(long count, string what) => count switch { 0 => "", 1 => $"un {what}", _ => $"{UpToThousand(count, true)} {what}s" };

    private static string UpToThousand(long number, bool isLast)
    {
        var (hundreds, rest) = Math.DivRem(number, 100);
        var cent = hundreds switch { 0 => "", 1 => "cent", _ => $"{Small[hundreds]} cent{(rest == 0 && isLast ? "s" : "")}" };
        return AmountWords.Joined(cent, UpToHundred(rest, isLast));
    }

    private static string UpToHundred(long number, bool isLast)
    {
        if (number < Small.Length) return Small[number];
        if (number == 80) return isLast ? "quatre-vingts" : "quatre-vingt";
        var (tens, units) = Math.DivRem(number, 10);
        if (tens is 7 or 9) units += 10;
        if (units == 0) return Tens[tens];
        return units is 1 or 11 && tens < 8 ? $"{Tens[tens]} et {Small[units]}" : $"{Tens[tens]}-{Small[units]}";
    }
}
