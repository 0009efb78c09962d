using ContributionEngine.Core;
using ContributionEngine.Files;

namespace ContributionEngine.FundGateway;

/// <summary>What the fund thinks of a line.</summary>
internal sealed record Judgement(DeclarationLine Line, ScriptedOutcome Outcome, string Code, string Text)
{
    /// <summary>By the script, else by the settings, else accepted.</summary>
    public static Judgement Of(DeclarationLine line, FileScript script, SimulatorSettings settings, Currency currency)
    {
        var scripted = script.Lines.FirstOrDefault(rule => Fits(line, rule.NationalId, rule.Component));
        if (scripted is not null) return new Judgement(line, scripted.Outcome, scripted.Code, scripted.Text);
        if (settings.RejectNationalIds.Contains(line.NationalId) || settings.KnownNationalIds?.Contains(line.NationalId) == false) return new Judgement(line, ScriptedOutcome.Rejected, "unknown_national_id", "No insured person has this identity number.");
        if (settings.RejectAmountsAbove is { } most && line.AmountMinor > Money.Parse(most, currency).Value.Minor) return new Judgement(line, ScriptedOutcome.Rejected, "wrong_amount", "The amount is not the one on record.");
        return new Judgement(line, ScriptedOutcome.Accepted, "", "");
    }

    public static bool Fits(DeclarationLine line, string? nationalId, string? component) =>
        (nationalId is null || nationalId == line.NationalId) && (component is null || component == line.Component);
}
