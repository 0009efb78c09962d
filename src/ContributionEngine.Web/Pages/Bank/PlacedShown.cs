using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Web.Pages;

/// <summary>What a choice made by hand would book, with the reason that a difference must carry.</summary>
public sealed record PlacedShown(ReportedMatch? Match, string? Difference, Refusal? Refused)
{
    public bool NeedsReason => Match?.Difference.Name is "short" or "over";
}
