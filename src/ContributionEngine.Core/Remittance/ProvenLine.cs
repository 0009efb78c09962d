using System.Globalization;

namespace ContributionEngine.Core;

/// <summary>One line of a remittance as a proof spells it: the same for ever, whatever the formats of declarations become.</summary>
/// <param name="Reference">The remittance reference (ISO 11649), so that no line of another remittance has this form.</param>
/// <param name="AmountMinor">Minor units of the currency.</param>
public sealed record ProvenLine(string Reference, long Line, string MemberNo, string NationalId, string Period, string Component, string Class, long AmountMinor, Currency Currency)
{
    /// <summary>
    /// The nine fields in the order above, the amount in major units and the currency by its code, with | between them. A field's own | and \ have a \ before them,
    /// so that two different lines never have one text. Hashed as UTF-8.
    /// </summary>
    public string Text => string.Join('|', Reference, Line.ToString(CultureInfo.InvariantCulture), Plain(MemberNo), Plain(NationalId), Plain(Period), Plain(Component), Plain(Class), Money.ToMajor(AmountMinor, Currency.Digits), Currency.Code);

    private static string Plain(string field) => field.AsSpan().ContainsAny('|', '\\')
        ? field.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("|", @"\|", StringComparison.Ordinal)
        : field;
}
