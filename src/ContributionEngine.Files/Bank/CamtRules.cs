using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ContributionEngine.Files;

/// <summary>
/// What the schemas of camt.052, .053 and .054 ask in all their versions, as far as it concerns what is read. ISO's own
/// schemas are not shipped: a bank's file that breaks them is read all the same, and says so in one warning.
/// </summary>
internal static partial class CamtRules
{
    private static readonly Dictionary<string, string[]> Needed = new()
    {
        ["GrpHdr"] = ["MsgId", "CreDtTm"],
        ["Bal"] = ["Tp", "Amt", "CdtDbtInd", "Dt"],
        ["Ntry"] = ["Amt", "CdtDbtInd", "Sts", "BkTxCd"],
        ["Acct"] = ["Id"],
    };

    private static readonly Dictionary<string, string[]> Order = new()
    {
        ["Ntry"] = ["NtryRef", "Amt", "CdtDbtInd", "RvslInd", "Sts", "BookgDt", "ValDt", "AcctSvcrRef", "BkTxCd", "NtryDtls", "AddtlNtryInf"],
        ["Btch"] = ["MsgId", "PmtInfId", "NbOfTxs", "TtlAmt", "CdtDbtInd"],
        ["Refs"] = ["MsgId", "AcctSvcrRef", "PmtInfId", "InstrId", "EndToEndId", "UETR", "TxId", "MndtId", "ChqNb", "ClrSysRef"],
    };

    private static readonly Dictionary<string, Regex> Patterns = new()
    {
        ["IBAN"] = Iban(), ["BIC"] = Bic(), ["BICFI"] = Bic(), ["AnyBIC"] = Bic(), ["BICOrBEI"] = Bic(), ["Ctry"] = Country(), ["UETR"] = Version4(), ["CdtDbtInd"] = Sides(), ["RvslInd"] = Truth(),
    };

    private static readonly Dictionary<string, int> Longest = new()
    {
        ["Ustrd"] = 140, ["EndToEndId"] = 35, ["MsgId"] = 35, ["InstrId"] = 35, ["TxId"] = 35, ["PmtInfId"] = 35, ["AcctSvcrRef"] = 35, ["NtryRef"] = 35, ["Nm"] = 140, ["AddtlNtryInf"] = 500, ["AddtlTxInf"] = 500,
    };

    /// <summary>What is wrong with an element, or null.</summary>
    public static string? Fault(XElement element)
    {
        var name = element.Name.LocalName;
        if (Needed.TryGetValue(name, out var needed) && needed.FirstOrDefault(child => element.Element(child) is null) is { } missing) return $"{name} without {missing}";
        if (Order.TryGetValue(name, out var order) && !IsInOrder(element, order)) return $"{name} does not have its parts in order";
        if (element.HasElements) return null;
        var text = element.Value.Trim();
        if (Patterns.TryGetValue(name, out var pattern) && !pattern.IsMatch(text)) return $"{name} “{(text.Length > 40 ? text[..40] : text)}” is not in the form of one";
        return Longest.TryGetValue(name, out var max) && text.Length > max ? $"{name} is longer than {max} letters" : null;
    }

    private static bool IsInOrder(XElement element, string[] order)
    {
        var places = element.Elements().Select(child => Array.IndexOf(order, child.Name.LocalName)).Where(place => place >= 0).ToList();
        return places.Zip(places.Skip(1)).All(pair => pair.First <= pair.Second);
    }

    [GeneratedRegex("^[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{1,30}$")]
    private static partial Regex Iban();

    [GeneratedRegex("^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$")]
    private static partial Regex Bic();

    [GeneratedRegex("^[A-Z]{2}$")]
    private static partial Regex Country();

    [GeneratedRegex("^[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[89ab][a-f0-9]{3}-[a-f0-9]{12}$")]
    private static partial Regex Version4();

    [GeneratedRegex("^(CRDT|DBIT)$")]
    private static partial Regex Sides();

    [GeneratedRegex("^(true|false|0|1)$")]
    private static partial Regex Truth();
}
