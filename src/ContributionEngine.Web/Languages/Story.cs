using System.Collections.Frozen;
using System.Globalization;
using ContributionEngine.Engine;

namespace ContributionEngine.Web;

/// <summary>The steps of a receipt's way, in the reader's words.</summary>
internal static class Story
{
    /// <summary>Everything that takes money back is told in the same sentence.</summary>
    private const string Taken = "taken";

    private static readonly FrozenSet<string> TakenBack = FrozenSet.Create("reversed", "moved", "undone", "corrected", "returned");

    /// <summary>What kind of step it is.</summary>
    public static string Title(this Tongue tongue, ExplainedStep step) => Particular.Key(tongue, $"step.{Name(step)}", step.Particulars) is { } key ? tongue[key] : step.Step;

    /// <summary>Where its subject can be looked at; null: nowhere in the portal.</summary>
    public static string? Place(ExplainedStep step) => step.Step switch
    {
        "agreement" => $"/agreements/{step.Subject}",
        "uploaded" => $"/uploads/{step.Subject}",
        "remitted" when step.Particulars?.Values["remittance"] is { } remittance => $"/remittances/{remittance}",
        "moved" when step.Particulars?.Values.GetValueOrDefault("next") is { } next => $"/receipts/{next}",
        _ => null,
    };

    /// <summary>What happened.</summary>
    public static string Told(this Tongue tongue, ExplainedStep step) => Said(tongue, "story", step) ?? step.Detail;

    /// <summary>By which rule.</summary>
    public static string Rule(this Tongue tongue, ExplainedStep step) => Said(tongue, "story_rule", step) ?? step.Rule;

    private static string? Said(Tongue tongue, string area, ExplainedStep step)
    {
        if (step.Particulars is not { } told) return null;
        var name = TakenBack.Contains(step.Step) ? Taken : Name(step);
        return Particular.Key(tongue, $"{area}.{name}", told) is { } key ? tongue.Said(key, told.Values.ToDictionary(pair => pair.Key, pair => Written(tongue, pair, told.Values["currency"]))) : null;
    }

    private static string Name(ExplainedStep step) => step.Step.Replace(' ', '_');

    private static string Written(Tongue tongue, KeyValuePair<string, string> told, string currency) => told.Key switch
    {
        "amount" or "suspense" or "credit" or "refunded" or "reversed" => $"{currency}\u00a0{tongue.Decimal(told.Value)}",
        "date" or "due" => tongue.Day(DateOnly.ParseExact(told.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture)),
        "period" => tongue.Month(told.Value),
        "outcome" or "debtor" or "source" or "state" => tongue.Word(told.Key, told.Value),
        _ => told.Value,
    };
}
