namespace ContributionEngine.FundGateway;

/// <summary>What a line can come to.</summary>
public enum ScriptedOutcome
{
    Accepted,
    AcceptedWithWarning,
    Rejected,
    Pending,
}

/// <summary>What is to be said of some lines.</summary>
public sealed record LineScript
{
    /// <summary>Lines of this person; null: of anybody.</summary>
    public string? NationalId { get; init; }

    /// <summary>Lines of this component; null: of any.</summary>
    public string? Component { get; init; }

    public ScriptedOutcome Outcome { get; init; } = ScriptedOutcome.Rejected;

    public string Code { get; init; } = "";

    public string Text { get; init; } = "";
}

/// <summary>Lines that are given back after they had been accepted.</summary>
public sealed record ReturnScript
{
    /// <summary>So many seconds after the file.</summary>
    public int AfterSeconds { get; init; }

    /// <summary>Lines of this person; null: of anybody.</summary>
    public string? NationalId { get; init; }

    /// <summary>Lines of this component; null: of any.</summary>
    public string? Component { get; init; }

    public string Code { get; init; } = "returned";

    public string Text { get; init; } = "";
}

/// <summary>What is to happen to a file. All optional; what is not said is as without a script.</summary>
public sealed record FileScript
{
    /// <summary>The file of this reference.</summary>
    public string? Reference { get; init; }

    /// <summary>The n-th file that the simulator takes, from 1. Without this and a reference: every file.</summary>
    public int? File { get; init; }

    /// <summary>Of several that fit a line, the first counts; one that none fits is judged by the settings.</summary>
    public IReadOnlyList<LineScript> Lines { get; init; } = [];

    /// <summary>The first answer is there so many seconds after the file; null: as the settings say.</summary>
    public int? AnswerAfterSeconds { get; init; }

    /// <summary>The answer comes in so many parts, each about other lines.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>Between two parts.</summary>
    public int PartEverySeconds { get; init; }

    /// <summary>Each answer stands so many times.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>What is there is given latest first.</summary>
    public bool Reverse { get; init; }

    /// <summary>By so many minor units the answer's total differs from what was sent.</summary>
    public long TotalOff { get; init; }

    /// <summary>By so many the answer's count of lines differs.</summary>
    public long LinesOff { get; init; }

    public ReturnScript? LateReturn { get; init; }

    /// <summary>The file is taken, and then the call hangs until the sender gives up; later calls are answered.</summary>
    public bool HangAfterAccepting { get; init; }

    /// <summary>The fund says that it has other bytes under this reference.</summary>
    public bool OtherBytes { get; init; }

    public bool IsAbout(string reference, int number) => (Reference is null || Reference == reference) && (File is null || File == number);
}
