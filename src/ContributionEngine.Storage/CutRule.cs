namespace ContributionEngine.Storage;

/// <summary>What a cut-off would take: how many lines and how much.</summary>
public sealed record Takable
{
    public long Lines { get; init; }

    /// <summary>How many of the lines are differences to what has been remitted.</summary>
    public long Revised { get; init; }

    public long Total { get; init; }
}

/// <summary>What a settlement takes: rule 4 of the domain, as a set.</summary>
/// <param name="On">The day of the cut-off in the agreement's time zone.</param>
/// <param name="WholeOnly">0: each paid part goes. 1: a member's period goes when its principal is paid in full. 2: a period goes when that of every member is, or as a person has decided.</param>
/// <param name="Revised">1: only differences to what has been remitted; 0: only what is no difference.</param>
public sealed record CutRule(long AgreementId, DateOnly On, long WholeOnly, long Revised = 0)
{
    /// <summary>Only lines of this period; null: of any.</summary>
    public string? Period { get; init; }

    /// <summary>How many lines at most, from the first: what they leave is there for the next remittance.</summary>
    public long Take { get; init; } = long.MaxValue;

    /// <summary>Numbers of members whose lines stay in custody.</summary>
    public IReadOnlyCollection<string> Without { get; init; } = [];

    /// <summary>The day of which a line tells what is known of its member; null: it does not.</summary>
    public DateOnly? KnownOn { get; init; }

    /// <summary>Only money that came back from this remittance, differences or not; null: any.</summary>
    public long? Supplements { get; init; }

    /// <summary>The quote under which the lines go, all of one period and exactly its amount; null: the fund takes any amount.</summary>
    public StoredNotice? Notice { get; init; }

    internal object Parameters(Dialect dialect, long first = 0, long id = 0) => new
    {
        first, id, AgreementId, On, WholeOnly, Revised, Take, Period, KnownOn, Supplements, Without = dialect.Array(Without),
    };
}

/// <summary>Money of a member's period that stands on no live line, in minor units.</summary>
public sealed record FreeSum
{
    public long EnrolmentId { get; init; }

    public string Period { get; init; } = "";

    public long Amount { get; init; }
}
