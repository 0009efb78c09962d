using ContributionEngine.Engine;

namespace ContributionEngine.Web.Pages;

/// <summary>What speaks for a match, and what does not quite fit.</summary>
public sealed record CuesShown(IReadOnlyList<string> Cues, ReportedDifference Difference)
{
    private static readonly string[] Near = ["reference_repaired", "name_near"];

    public static string Look(string cue) => Near.Contains(cue) ? "near" : "ok";
}
