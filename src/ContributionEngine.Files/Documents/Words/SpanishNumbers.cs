namespace ContributionEngine.Files;

/// <summary>Whole numbers in Spanish, standing by themselves: <c>veintiuno</c>, and <c>veintiún mil</c> only before another word.</summary>
internal static class SpanishNumbers
{
    private static readonly string[] Small =
    [
        "", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce", "trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve",
        "veinte", "veintiuno", "veintidós", "veintitrés", "veinticuatro", "veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve",
    ];

    private static readonly string[] Tens = ["", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"];

    private static readonly string[] Hundreds = ["", "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos", "setecientos", "ochocientos", "novecientos"];

    public static string Of(long number)
    {
        if (number == 0) return "cero";
        var (millions, rest) = Math.DivRem(number, 1_000_000);
        return AmountWords.Joined(millions switch { 0 => "", 1 => "un millón", _ => $"{UpToMillion(millions, true)} millones" }, UpToMillion(rest, false));
    }

    private static string UpToMillion(long number, bool beforeWord)
    {
        var (thousands, rest) = Math.DivRem(number, 1_000);
        return AmountWords.Joined(thousands switch { 0 => "", 1 => "mil", _ => $"{UpToThousand(thousands, true)} mil" }, UpToThousand(rest, beforeWord));
    }

    private static string UpToThousand(long number, bool beforeWord)
    {
        if (number == 100) return "cien";
        var (hundreds, rest) = Math.DivRem(number, 100);
        return AmountWords.Joined(Hundreds[hundreds], UpToHundred(rest, beforeWord));
    }

    private static string UpToHundred(long number, bool beforeWord)
    {
        if (beforeWord && number == 21) return "veintiún";
        if (number < Small.Length) return beforeWord && number == 1 ? "un" : Small[number];
        var (tens, units) = Math.DivRem(number, 10);
        return units == 0 ? Tens[tens] : $"{Tens[tens]} y {(beforeWord && units == 1 ? "un" : Small[units])}";
    }
}
