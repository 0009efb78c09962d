using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Works out a whole schedule from agreement, members and pack, in memory and without writing.</summary>
internal static class SchedulePlan
{
    public static Outcome<IReadOnlyList<PlannedObligation>> Of(ScheduleFacts known)
    {
        if (Unfit(known) is { } unfit) return unfit;
        var planned = new List<PlannedObligation>();
        foreach (var member in known.Members)
        {
            var own = new MemberPlan(known, member);
            if (own.Work() is { } fault)
            {
                return fault with { Detail = $"Member {member.MemberNo}: {fault.Detail}", Help = fault.Help ?? "Correct the members file, import it again, and generate the schedule again." };
            }

            planned.AddRange(own.Planned);
        }

        return planned;
    }

    // A newer version of the pack may ask for more than the agreement said when it was taken in.
    private static Refusal? Unfit(ScheduleFacts known)
    {
        var faults = known.Agreement.Agreement.Terms.SelectMany(term => known.PackOf(term).CheckParameters(term.Parameters)).ToList();
        return faults.Count == 0 ? null : faults[0] with { Errors = faults };
    }

    /// <summary>Arithmetic as it is kept with what it gave.</summary>
    internal static string Text(IReadOnlyList<Step> steps) => JsonSerializer.Serialize(steps, Steps);

    private static readonly JsonSerializerOptions Steps = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
