using System.Text;
using System.Text.RegularExpressions;

namespace ContributionEngine.Core;

/// <summary>What of a told payment is seen on bank money.</summary>
public enum ToldCue
{
    Slip,
    Amount,
    Reference,
}

/// <summary>A payment that a treasurer has told of, as far as a bank can show it. It points to bank money and decides nothing.</summary>
/// <param name="Reference">ISO 11649 of the remittance that it pays, without blanks.</param>
/// <param name="Minor">Minor units, above zero.</param>
/// <param name="Slip">Number of the slip, as she wrote it.</param>
public sealed record ToldPayment(string Reference, string Currency, long Minor, string Slip)
{
    /// <summary>What of it this money shows; nothing for money that comes back, or of another currency.</summary>
    public IReadOnlyList<ToldCue> CuesOn(BankMoney money)
    {
        if (money.Minor <= 0 || money.Currency != Currency) return [];
        var cues = new List<ToldCue>();
        if (SlipPattern() is { } slip && money.Texts.Any(text => Regex.IsMatch(text, slip, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant))) cues.Add(ToldCue.Slip);
        if (money.Minor == Minor) cues.Add(ToldCue.Amount);
        if (ReferenceTexts.Whole(money.Texts).Contains(Reference)) cues.Add(ToldCue.Reference);
        return cues;
    }

    // Banks leave out blanks and signs or put others in; a number that runs on is another.
    private string? SlipPattern()
    {
        var signs = Slip.Where(char.IsLetterOrDigit).ToList();
        if (signs.Count == 0) return null;
        var pattern = new StringBuilder(char.IsDigit(signs[0]) ? @"(?<!\d)" : @"(?<!\p{L})");
        for (var i = 0; i < signs.Count; i++) pattern.Append(i == 0 ? "" : @"[^\p{L}\p{N}]*").Append(signs[i]);
        return pattern.Append(char.IsDigit(signs[^1]) ? @"(?!\d)" : @"(?!\p{L})").ToString();
    }
}
