using ContributionEngine.Core;

namespace ContributionEngine.Engine;

/// <summary>Above which amount a second person decides.</summary>
/// <param name="Above">Major units, in the currency of whatever agreement it is about.</param>
public sealed record FourEyes(Ratio Above)
{
    public const string Default = "1000000.00";

    private const int DecimalsMax = 4;

    /// <summary>Reads a plain amount in major units. Refusals: <c>setting_invalid</c>.</summary>
    public static Outcome<FourEyes> Read(string text) => Ratio.TryParse(text, DecimalsMax, out var above) && above >= Ratio.Zero
        ? new FourEyes(above)
        : Refusal.Usage("setting_invalid", $"four_eyes_above: «{text}» is not an amount.") with { Help = $"Write major units as a plain decimal, such as {Default}." };

    public bool Ask(Money amount) => Ratio.Of(amount.Minor, amount.Currency.MinorPerMajor) > Above;
}
