namespace ContributionEngine.Files;

/// <summary>Whole numbers in English, with <c>and</c> before the tens, as East Africa and Asia write them.</summary>
internal static class EnglishNumbers
{
    private static readonly string[] Small =
    [
        "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    public static string Of(long number)
    {
        if (number == 0) return "zero";
        var (billions, below) = Math.DivRem(number, 1_000_000_000);
        var (millions, rest) = Math.DivRem(below, 1_000_000);
        var (thousands, last) = Math.DivRem(rest, 1_000);
        var more = AmountWords.Joined(Counted(billions, "billion"), Counted(millions, "million"), Counted(thousands, "thousand"));
        return AmountWords.Joined(more, more != "" && last is > 0 and < 100 ? $"and {UpToThousand(last)}" : UpToThousand(last));
    }

    private static string Counted(long count, string what) => count == 0 ? "" : $"{UpToThousand(count)} {what}";

    private static string UpToThousand(long number)
    {
        var (hundreds, rest) = Math.DivRem(number, 100);
        if (hundreds == 0) return UpToHundred(rest);
        return rest == 0 ? $"{Small[hundreds]} hundred" : $"{Small[hundreds]} hundred and {UpToHundred(rest)}";
    }

    private static string UpToHundred(long number)
    {
        if (number < Small.Length) return Small[number];
        var (tens, units) = Math.DivRem(number, 10);
        return units == 0 ? Tens[tens] : $"{Tens[tens]}-{Small[units]}";
    }
}
