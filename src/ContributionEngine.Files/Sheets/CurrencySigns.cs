using System.Collections.Frozen;

namespace ContributionEngine.Files;

/// <summary>
/// What people write beside an amount for its currency. Only the signs of the agreement's own currency are taken off: another
/// sign makes the amount another one.
/// </summary>
internal static class CurrencySigns
{
    private static readonly FrozenDictionary<string, string[]> Signs = new[]
    {
        ("CRC", "₡|¢"), ("EUR", "€"), ("GBP", "£"), ("USD", "US$|U$S|$"), ("MXN", "MX$|$"), ("COP", "COL$|$"), ("CLP", "CLP$|$"), ("ARS", "AR$|$"), ("UYU", "$U|U$|$"), ("DOP", "RD$|$"),
        ("CAD", "C$|$"), ("AUD", "A$|$"), ("JMD", "J$|$"), ("TTD", "TT$|$"), ("BBD", "Bds$|$"), ("BRL", "R$"), ("NIO", "C$"), ("PEN", "S/.|S/"), ("BOB", "Bs.|Bs"), ("GTQ", "Q.|Q"), ("HNL", "L.|L"),
        ("PYG", "₲|Gs.|Gs"), ("VES", "Bs.S|Bs.|Bs"), ("PAB", "B/.|B/"), ("KES", "KSh.|KSh|Sh."), ("UGX", "USh.|USh"), ("TZS", "TSh.|TSh"), ("RWF", "FRw|RF"), ("GHS", "GH₵|GH¢|₵"), ("NGN", "₦"),
        ("XOF", "F CFA|FCFA|CFA|F"), ("XAF", "F CFA|FCFA|CFA|F"), ("MZN", "MTn|MT"), ("AOA", "Kz"), ("CVE", "Esc."), ("ZAR", "R"), ("ZMW", "ZK|K"), ("MAD", "DH"), ("TND", "DT"), ("EGP", "LE"),
        ("PHP", "₱|Php."), ("INR", "₹|Rs.|Rs"), ("PKR", "Rs.|Rs"), ("LKR", "Rs.|Rs"), ("NPR", "Rs.|Rs"), ("BDT", "৳|Tk."), ("IDR", "Rp.|Rp"), ("KRW", "₩"), ("JPY", "¥"), ("CNY", "¥"), ("VND", "₫|đ"),
        ("THB", "฿"), ("TRY", "₺|TL"), ("CHF", "Fr.|SFr."),
    }.ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2.Split('|'));

    /// <summary>The cell without the currency's code or one of its signs, before or behind the figures.</summary>
    public static ReadOnlySpan<char> Without(ReadOnlySpan<char> cell, string code)
    {
        cell = cell.Trim();
        if (Cut(ref cell, code)) return cell;
        foreach (var sign in Signs.GetValueOrDefault(code, []))
        {
            if (Cut(ref cell, sign)) return cell;
        }

        return cell;
    }

    private static bool Cut(ref ReadOnlySpan<char> cell, string sign)
    {
        if (cell.StartsWith(sign, StringComparison.OrdinalIgnoreCase)) cell = cell[sign.Length..].TrimStart();
        else if (cell.EndsWith(sign, StringComparison.OrdinalIgnoreCase)) cell = cell[..^sign.Length].TrimEnd();
        else return false;
        return true;
    }
}
