using ContributionEngine.Core;

namespace ContributionEngine.Web.Pages;

/// <summary>What must be said for good with every decision.</summary>
internal static class Reasons
{
    private const int CharactersMax = 200;

    /// <summary>Refusals: <c>reason_missing</c>, <c>reason_too_long</c>.</summary>
    public static Refusal? Missing(string? reason)
    {
        if (string.IsNullOrWhiteSpace(reason)) return Refusal.Input("reason_missing", "Say why.") with { Field = "reason" };
        return reason.Length > CharactersMax ? Refusal.Input("reason_too_long", $"A reason has at most {CharactersMax} characters.") with { Field = "reason", Value = $"{CharactersMax}" } : null;
    }
}
