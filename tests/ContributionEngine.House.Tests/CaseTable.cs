using ContributionEngine.Engine;

namespace ContributionEngine.House.Tests;

/// <summary>Whoever looks a case up finds its reason and what may be done with it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CaseTable
{
    private const string File = "docs/operating.md";
    private const string Heading = "## Cases: what to do, by reason";

    [Test]
    public void Every_reason_and_its_actions_stand_in_the_table()
    {
        var rows = Markdown.Read(File).Table(Heading).Skip(1).Select(cells => $"{cells[0].Trim('`')}: {cells[2].Replace("`", "", StringComparison.Ordinal)}").ToList();
        var reasons = CaseActions.Reasons.Select(reason => $"{reason}: {string.Join(", ", CaseActions.Of(reason))}").ToList();
        Rule.Holds(reasons.Except(rows).Select(row => new Offence(File, row, $"the row «{row}» is missing"))
            .Concat(rows.Except(reasons).Select(row => new Offence(File, row, $"no case has «{row}»"))));
    }
}
