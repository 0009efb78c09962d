using System.Collections.Frozen;
using System.Globalization;
using ContributionEngine.Core;

namespace ContributionEngine.Web;

/// <summary>How a place writes numbers and days. A table of our own, since a machine may come without culture data.</summary>
/// <param name="Decimal">Between units and their parts.</param>
/// <param name="Group">Between thousands.</param>
/// <param name="DayOrder"><c>dmy</c>, <c>mdy</c> or <c>ymd</c>.</param>
public sealed record Numerals(string Decimal, string Group, string DayOrder)
{
    private const string NarrowSpace = "\u202f";
    private const string Space = "\u00a0";

    // By region where a region differs from its language; the language alone otherwise.
    private static readonly FrozenDictionary<string, Numerals> Known = new Dictionary<string, Numerals>
    {
        ["en"] = new(".", ",", "dmy"), ["en-US"] = new(".", ",", "mdy"), ["en-PH"] = new(".", ",", "mdy"), ["en-IN"] = new(".", ",", "dmy"),
        ["es"] = new(",", ".", "dmy"), ["es-CR"] = new(",", Space, "dmy"), ["es-MX"] = new(".", ",", "dmy"), ["es-PE"] = new(".", ",", "dmy"), ["es-DO"] = new(".", ",", "dmy"),
        ["es-GT"] = new(".", ",", "dmy"), ["es-HN"] = new(".", ",", "dmy"), ["es-NI"] = new(".", ",", "dmy"), ["es-PA"] = new(".", ",", "dmy"), ["es-SV"] = new(".", ",", "dmy"),
        ["fr"] = new(",", NarrowSpace, "dmy"), ["pt"] = new(",", Space, "dmy"), ["pt-BR"] = new(",", ".", "dmy"),
    }.ToFrozenDictionary();

    public static Numerals Of(string language, string? region) => Known.GetValueOrDefault($"{language}-{region}") ?? Known.GetValueOrDefault(language) ?? Known["en"];

    public string Write(Money amount) => Write(amount.ToMajor());

    /// <summary>A number with as many decimals as it has.</summary>
    public string Write(Ratio number) => Write(number.ToString());

    public string Write(long number) => Write(number.ToString(CultureInfo.InvariantCulture));

    public string Write(DateOnly day) => DayOrder switch
    {
        "mdy" => day.ToString("MM'/'dd'/'yyyy", CultureInfo.InvariantCulture),
        "ymd" => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => day.ToString("dd'/'MM'/'yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary>A plain decimal in, with its thousands grouped out.</summary>
    public string Write(string plain)
    {
        var sign = plain.StartsWith('-') ? "−" : "";
        var parts = plain.TrimStart('-').Split('.');
        var whole = parts[0];
        for (var at = whole.Length - 3; at > 0; at -= 3) whole = whole.Insert(at, Group);
        return sign + (parts.Length == 1 ? whole : whole + Decimal + parts[1]);
    }
}
