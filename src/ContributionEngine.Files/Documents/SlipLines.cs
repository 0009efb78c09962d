using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>What a slip says, line by line, the same on paper, on a till roll and on a screen.</summary>
internal sealed class SlipLines(ReceiptSlip slip)
{
    /// <summary>How many parts a slip of a quarter page has room for; the rest stands in one line.</summary>
    public const int PartsMax = 6;

    public DocumentTexts Texts { get; } = DocumentTexts.Of(slip.Language);

    public string Title => $"{Texts.ReceiptTitle} {slip.Number}";

    public string Amount => Texts.Money(Of(slip.Amount));

    public string Member => $"{Texts.Statement.MemberNo} {slip.MemberNo}";

    public string Date => $"{Texts.Date} {StatementTexts.Day(slip.ReceivedOn)}";

    /// <summary>Without the words that a browser adds by itself.</summary>
    public string? Address => slip.Address?.Replace("https://", "", StringComparison.Ordinal);

    /// <summary>What was paid, and what is left of it.</summary>
    public IEnumerable<(string Name, string Value)> Parts()
    {
        var shown = slip.Parts.Count <= PartsMax ? slip.Parts.Count : PartsMax - 1;
        foreach (var part in slip.Parts.Take(shown)) yield return ($"{Texts.Month(part.Period)} · {Texts.Statement.Class(part.Class)} {part.Component}", Major(part.Amount));
        if (shown < slip.Parts.Count) yield return (Texts.Further(slip.Parts.Count - shown), Major(slip.Parts.Skip(shown).Sum(part => part.Amount)));
        if (slip.Credit > 0) yield return (Texts.CreditOf, Major(slip.Credit));
        if (slip.Refunded > 0) yield return (Texts.GivenBack, Major(slip.Refunded));
        if (slip.Parts.Count == 0 && slip.Credit == 0 && slip.Refunded == 0) yield return (Texts.Waiting, Major(slip.Amount));
    }

    public IEnumerable<(string Name, string Value)> Balance() => [(Texts.Year(slip.ReceivedOn.Year), Major(slip.PaidInYear)), (Texts.StillOwed, Major(slip.StillOwed))];

    private string Major(long minor) => Texts.Statement.Amount(minor, slip.Currency);

    private Money Of(long minor) => new(minor, slip.Currency);
}
