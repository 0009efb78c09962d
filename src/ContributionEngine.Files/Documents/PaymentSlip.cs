using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>What a bank or an agent needs to pay a remittance.</summary>
public sealed record PaymentSlip
{
    public required string Remittance { get; init; }

    public required string Agreement { get; init; }

    public required string Reference { get; init; }

    /// <summary>The fund's own reference of what it is paid for; null: none.</summary>
    public required string? FundReference { get; init; }

    public required DateOnly Cutoff { get; init; }

    public required DateOnly PayBy { get; init; }

    /// <summary>What is payable and not paid yet.</summary>
    public required Money Amount { get; init; }

    public required PaymentParty Payer { get; init; }

    public required PaymentParty Payee { get; init; }

    /// <summary>The language of whoever asks, such as <c>es</c>; null: English.</summary>
    public string? Language { get; init; }
}

/// <summary>Writes a payment slip in the form that is asked for.</summary>
public static class PaymentSlipFile
{
    public static readonly IReadOnlyList<string> Formats = ["pdf", "html"];

    /// <param name="format">One of <see cref="Formats"/>.</param>
    public static void Write(PaymentSlip slip, string format, Stream target) => PaperFile.Write(PaperOf(slip), format, target);

    private static Paper PaperOf(PaymentSlip of)
    {
        var (texts, says) = (DocumentTexts.Of(of.Language), DocumentTexts.Of(of.Language).Statement);
        return new Paper
        {
            Language = texts.Language, Title = texts.SlipTitle, From = of.Payer.Name, For = of.Payee.Name, Number = of.Remittance, Foot = texts.Page,
            Blocks =
            [
                new Large(texts.ToPay, texts.Money(of.Amount)),
                .. AmountWords.Of(of.Amount, of.Language) is { } words ? new Block[] { new Facts((texts.InWords, words)) } : [],
                new Large(texts.Quote, of.Reference),
                new Code(of.Reference,
                [
                    (texts.PayBy, StatementTexts.Day(of.PayBy)), (texts.Payee, of.Payee.Name), (texts.PayeeAccount, Account(of.Payee) ?? texts.Unknown),
                    (texts.Payer, of.Payer.Name), .. Account(of.Payer) is { } own ? new[] { (texts.PayerAccount, own) } : [], .. of.FundReference is { } fund ? new[] { (texts.FundReference, fund) } : [],
                ]),
                new Facts((says.Reference, of.Remittance), (says.Agreement, of.Agreement), (texts.CutOff, StatementTexts.Day(of.Cutoff))),
            ],
        };
    }

    private static string? Account(PaymentParty party) => party.Account is null ? null : party.Bic is null ? party.Account : $"{party.Account} ({party.Bic})";
}
