using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A member's dated attributes as cases: the same attributes are the same case, so that what was worked once is not worked again.</summary>
internal sealed class MemberCases(Pack pack, IReadOnlyList<EnrolmentFact> dated)
{
    private readonly Dictionary<(string? Document, Term Term, string? Flag), MemberCase> known = [];

    public SteadyCalculation Calculation { get; } = new(pack, explain: true);

    /// <summary>What holds on a day of a term, with one more flag or none.</summary>
    public MemberCase On(DateOnly day, Term term, string? flag)
    {
        var document = MemberAttributes.DocumentAt(dated, day);
        if (known.TryGetValue((document, term, flag), out var found)) return found;
        var facts = document is null ? new MemberFacts() : MemberAttributes.Read(document);
        if (flag is not null) facts = facts with { Flags = [.. facts.Flags, flag] };
        return known[(document, term, flag)] = new MemberCase(pack, facts, term);
    }
}
