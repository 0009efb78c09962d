
namespace ContributionEngine.Core;

/// <summary>What an agreement on the pack must say, and what nobody knows.</summary>
internal static class AgreementRows
{
    public static IReadOnlyList<PackRow> Of(PackFile file)
    {
        var rule = file.Agreement;
        var head = PackRow.Of("agreement", rule.Liability is { } liability ? $"liability {Pack.Word(liability)}" : "liability is the agreement's own to say", (rule.Source, rule.Confidence));
        var rows = new List<PackRow> { head, head.Further("figures", rule.PinnedMonths is { } pinned ? $"those of the start of the current term of {pinned} months" : "those of the period") };
        if (rule.UsesPresumptiveIncome) rows.Add(head.Further("income", "one agreed for all members takes the place of the declared one"));
        if (rule.NoticeMonths is { } notice) rows.Add(head.Further("notice", $"{notice} months"));
        if (rule.Shortfall is { } shortfall) rows.Add(head.Further("shortfall", Pack.Word(shortfall)));
        if (rule.LeastMembers is { } least) rows.Add(head.Further("members", $"at least {least}"));
        if (rule.MostMembers is { } most) rows.Add(head.Further("members", $"at most {most}"));
        rows.AddRange(rule.Notes.Select(note => head.Further("note", note)));
        rows.AddRange(file.Parameters.Select(Parameter));
        return rows;
    }

    public static IReadOnlyList<PackRow> Unknown(PackFile file) => [.. file.Unknown.Select(fact => new PackRow("unknown", fact) { Mark = "?" })];

    private static PackRow Parameter(ParameterRule rule) =>
        new("parameter", $"{rule.Name}, {(rule.Required ? "required" : "optional")} {rule.Kind}{(rule.Choices.Count > 0 ? $" ({string.Join(", ", rule.Choices)})" : "")}: {rule.Meaning}");
}
