namespace ContributionEngine.Files;

/// <summary>Whole numbers in Portuguese. Brazil says <c>dezesseis</c> and <c>um bilhão</c> where Portugal, Angola and Mozambique say <c>dezasseis</c> and <c>mil milhões</c>.</summary>
internal sealed class PortugueseNumbers(bool isBrazil)
{
    private static readonly string[] Tens = ["", "", "vinte", "trinta", "quarenta", "cinquenta", "sessenta", "setenta", "oitenta", "noventa"];

    private static readonly string[] Hundreds = ["", "cento", "duzentos", "trezentos", "quatrocentos", "quinhentos", "seiscentos", "setecentos", "oitocentos", "novecentos"];

    private readonly string[] small =
    [
        "", "um", "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez", "onze", "doze", "treze", "catorze", "quinze",
        isBrazil ? "dezesseis" : "dezasseis", isBrazil ? "dezessete" : "dezassete", "dezoito", isBrazil ? "dezenove" : "dezanove",
    ];

    public string Of(long number)
    {
        if (number == 0) return "zero";
        var (millions, rest) = Math.DivRem(number, 1_000_000);
        var (thousands, last) = Math.DivRem(rest, 1_000);
        var (billions, below) = isBrazil ? Math.DivRem(millions, 1_000) : (0, millions);
        return Linked((billions, Counted(billions, "bilhão", "bilhões")), (below, Counted(below, "milhão", "milhões")), (thousands, Thousand(thousands)), (last, UpToThousand(last)));
    }

    private string Counted(long count, string one, string many) => count switch { 0 => "", 1 => $"um {one}", _ => $"{UpToMillion(count)} {many}" };

    private string Thousand(long count) => count switch { 0 => "", 1 => "mil", _ => $"{UpToThousand(count)} mil" };

    private string UpToMillion(long number)
    {
        var (thousands, rest) = Math.DivRem(number, 1_000);
        return Linked((thousands, Thousand(thousands)), (rest, UpToThousand(rest)));
    }

    // "e" stands before the last group when that is below a hundred, or whole hundreds.
    private static string Linked(params IEnumerable<(long Count, string Words)> groups) => groups.Where(group => group.Count > 0).ToList() switch
    {
        [.. var before, var last] when before.Count > 0 && (last.Count < 100 || last.Count % 100 == 0) => $"{AmountWords.Joined(before.Select(group => group.Words))} e {last.Words}",
        var all => AmountWords.Joined(all.Select(group => group.Words)),
    };

    private string UpToThousand(long number)
    {
        if (number == 100) return "cem";
        var (hundreds, rest) = Math.DivRem(number, 100);
        return hundreds == 0 ? UpToHundred(rest) : rest == 0 ? Hundreds[hundreds] : $"{Hundreds[hundreds]} e {UpToHundred(rest)}";
    }

    private string UpToHundred(long number)
    {
        if (number < small.Length) return small[number];
        var (tens, units) = Math.DivRem(number, 10);
        return units == 0 ? Tens[tens] : $"{Tens[tens]} e {small[units]}";
    }
}
