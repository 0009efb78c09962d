using System.Collections.Frozen;

namespace ContributionEngine.Core;

/// <summary>An ISO 4217 currency: its code and how many decimals its minor unit has.</summary>
/// <param name="Code">Three capital letters, such as <c>CRC</c>.</param>
/// <param name="Digits">Decimals of the minor unit: CRC 2, XOF 0, TND 3.</param>
public readonly record struct Currency(string Code, int Digits)
{
    // ISO 4217 lists two decimals for every currency but these.
    private static readonly FrozenDictionary<string, int> NotTwo = new Dictionary<string, int>
    {
        ["BIF"] = 0, ["CLP"] = 0, ["DJF"] = 0, ["GNF"] = 0, ["ISK"] = 0, ["JPY"] = 0, ["KMF"] = 0, ["KRW"] = 0, ["PYG"] = 0,
        ["RWF"] = 0, ["UGX"] = 0, ["UYI"] = 0, ["VND"] = 0, ["VUV"] = 0, ["XAF"] = 0, ["XOF"] = 0, ["XPF"] = 0,
        ["BHD"] = 3, ["IQD"] = 3, ["JOD"] = 3, ["KWD"] = 3, ["LYD"] = 3, ["OMR"] = 3, ["TND"] = 3,
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Two = (
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC " +
        "CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES " +
        "KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR " +
        "NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT " +
        "TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW").Split(' ').ToFrozenSet();

    /// <summary>How many minor units make one major unit: CRC 100, XOF 1.</summary>
    public long MinorPerMajor => Digits switch { 0 => 1, 2 => 100, _ => 1000 };

    /// <summary>The currency of that code, or a refusal with code <c>currency_unknown</c>.</summary>
    public static Outcome<Currency> Of(string code) =>
        NotTwo.TryGetValue(code, out var digits) ? new Currency(code, digits)
        : Two.Contains(code) ? new Currency(code, 2)
        : Refusal.Input("currency_unknown", $"«{code}» is not an ISO 4217 currency code.");

    public override string ToString() => Code;
}
