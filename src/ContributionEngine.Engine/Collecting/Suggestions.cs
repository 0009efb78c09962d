namespace ContributionEngine.Engine;

/// <summary>Whom the unknown members of a file may be: asked row by row, answered for the problems that are shown.</summary>
internal sealed class Suggestions(MemberDirectory members)
{
    private readonly Dictionary<long, Sought> asked = [];

    public void Ask(long row, Sought sought)
    {
        if (asked.Count < UploadReport.ProblemsShown) asked.Add(row, sought);
    }

    /// <summary>Adds to the problems of unknown members those who look like them.</summary>
    public void Answer(List<FoundProblem> problems)
    {
        var answers = LookAlikes.Of(members.All, [.. asked.Values]);
        var byRow = asked.Keys.Zip(answers).ToDictionary(pair => pair.First, pair => pair.Second);
        for (var i = 0; i < problems.Count; i++)
        {
            if (problems[i].Code == "R02" && byRow.GetValueOrDefault(problems[i].Row) is { Count: > 0 } alike) problems[i] = problems[i] with { Suggestions = alike };
        }
    }
}
