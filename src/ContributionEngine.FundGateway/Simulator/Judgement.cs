using ContributionEngine.Core;
using ContributionEngine.Files;

namespace ContributionEngine.FundGateway;

/// <summary>What the fund thinks of a declaration: rejected lines by rule, the others accepted.</summary>
internal static class Judgement
{
    /// <param name="declaration">Null: of a form that is not read, so only the whole is answered.</param>
    public static string Of(string reference, ReadDeclaration? declaration, SimulatorSettings settings) => declaration is null
        ? AnswerJson.Write(new FundAnswer($"A-{reference}", reference, new LevelOutcomes("accepted", ["accepted"]), [], null, null))
        : Of(declaration, settings);

    private static string Of(ReadDeclaration declaration, SimulatorSettings settings)
    {
        var currency = declaration.Header.Currency;
        var rejected = declaration.Lines.Select(line => (line, Code: Code(line, settings, currency))).Where(item => item.Code is not null).ToList();
        var outcome = rejected.Count == 0 ? "accepted" : rejected.Count == declaration.Lines.Count ? "rejected" : "partly_accepted";
        var total = declaration.Lines.Sum(line => line.AmountMinor) + (settings.AnswerWithOtherTotal ? 1 : 0);
        return AnswerJson.Write(
            new FundAnswer(
                $"A-{declaration.Header.Reference}",
                declaration.Header.Reference,
                new LevelOutcomes(outcome, [outcome]),
                [.. rejected.Select(item => new LineAnswer(item.line.Line, "rejected", item.Code!, Words(item.Code!), Money.ToMajor(item.line.AmountMinor, currency.Digits)))],
                declaration.Lines.Count,
                Money.ToMajor(total, currency.Digits)));
    }

    private static string? Code(DeclarationLine line, SimulatorSettings settings, Currency currency)
    {
        if (settings.RejectNationalIds.Contains(line.NationalId) || settings.KnownNationalIds?.Contains(line.NationalId) == false) return "unknown_national_id";
        return settings.RejectAmountsAbove is { } most && line.AmountMinor > Money.Parse(most, currency).Value.Minor ? "wrong_amount" : null;
    }

    private static string Words(string code) => code == "wrong_amount" ? "The amount is not the one on record." : "No insured person has this identity number.";
}
